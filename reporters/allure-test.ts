import { type Label, LabelName, type Link, LinkType, Severity, Status, type StatusDetails } from 'allure-js-commons';
import { citeRows } from '../harness/contract/citations.ts';
import type { Contract } from '../harness/contract/contract.ts';
import { contract as usual } from '../harness/contract/editions.ts';
import type { Level } from '../harness/contract/level.ts';
import type { Parameter } from '../harness/contract/schema-node.ts';
import { showsViolation } from '../harness/gating/gate.ts';
import { type ConformanceReport, type ReportedRequirement, suiteOf } from '../harness/results/report.ts';
import { rowsOf, storyOf } from './allure-story.ts';
import { failureLines, headline, reasonText } from './failure-text.ts';

const severities: Readonly<Record<Level, Severity>> = {
  MUST: Severity.CRITICAL,
  SHOULD: Severity.NORMAL,
  MAY: Severity.MINOR,
};

/** The ground for each level. */
const grounds: Readonly<Record<Level, string>> = {
  MUST: 'the page itself says so',
  SHOULD: 'what the page builds on says so',
  MAY: 'only the example or usual practice suggests it',
};

/** The operation under test, as Allure's epic. */
const operation = 'Querying IPsec VPN Connections';

/** Allure reads more of a status than its own type says. */
type Details = StatusDetails & { known?: true; muted?: true };

/** The test of one requirement, in Allure's terms. */
export type AllureTest = {
  status: Status;
  statusDetails: Details;
  testCaseId: string;
  fullName: string;
  titlePath: string[];
  labels: Label[];
  links: Link[];
  description: string;
};

/**
 * A requirement in Allure's terms: where it stands in the behaviours tree, what came of it, what it says and why.
 * @param contract the edition that it was held to
 */
export function allureTest(
  requirement: ReportedRequirement,
  errata: ConformanceReport['errata'] = [],
  contract: Contract = usual,
): AllureTest {
  const { id, level, source } = requirement;
  const story = storyOf(requirement, contract);
  const suite = suiteOf(requirement);
  const { status, ...statusDetails } = allureStatus(requirement, errata);
  return {
    status,
    // The whole text is the message: Allure folds a trace away, and a person should see at once what is wrong.
    statusDetails,
    // Nothing of the target or of the machine: the history of a requirement spans targets and machines.
    testCaseId: id,
    fullName: id,
    titlePath: [operation, suite, story],
    labels: [
      { name: LabelName.EPIC, value: operation },
      { name: LabelName.FEATURE, value: suite },
      { name: LabelName.STORY, value: story },
      { name: LabelName.SEVERITY, value: severities[level] },
      { name: LabelName.TAG, value: level },
    ],
    links: [...sourceLinks(source), ...waiverLinks(requirement)],
    description: describe(requirement, errata, contract),
  };
}

/** The test of a requirement that was not judged because the run broke before it came to that. */
export function unjudgedTest(name: string, errors: readonly string[]): AllureTest {
  const [id = name] = name.split(':');
  const suite = suiteOf({ id });
  return {
    status: Status.BROKEN,
    statusDetails: { message: brokenMessage(errors.join('\n')) },
    testCaseId: id,
    fullName: id,
    titlePath: [operation, suite],
    labels: [
      { name: LabelName.EPIC, value: operation },
      { name: LabelName.FEATURE, value: suite },
    ],
    links: [],
    description: aboutText(id),
  };
}

function brokenMessage(reason: string): string {
  return `the suite broke, not the target\n\n${reason}`;
}

/** The public texts that a source names: RFC sections and weaknesses. */
export function sourceLinks(source: string): Link[] {
  const sections = [...source.matchAll(/RFC (\d+)((?: (?:and )?section [\d.]*\d)+)/g)].flatMap(([, rfc, list = '']) =>
    [...list.matchAll(/section ([\d.]*\d)/g)].map(([, section]) => ({
      name: `RFC ${rfc} section ${section}`,
      url: `https://www.rfc-editor.org/rfc/rfc${rfc}#section-${section}`,
    })),
  );
  const weaknesses = [...source.matchAll(/CWE-(\d+)/g)].map(([name, number]) => ({
    name,
    url: `https://cwe.mitre.org/data/definitions/${number}.html`,
  }));
  return [...sections, ...weaknesses];
}

/** Where the waivers of a failure say that it is followed up. */
function waiverLinks({ waivers = [] }: ReportedRequirement): Link[] {
  return waivers.flatMap(({ link }) => (link === undefined ? [] : [{ type: LinkType.ISSUE, name: link, url: link }]));
}

/**
 * The beginning of the message is what the categories go by. A waived failure is one that Allure accepts as known, advice
 * one that it mutes: neither fails its quality gate.
 */
function allureStatus(
  requirement: ReportedRequirement,
  errata: ConformanceReport['errata'],
): { status: Status } & Details {
  const { verdict, reason = '' } = requirement;
  if (verdict === 'pass') return { status: Status.PASSED };
  if (verdict === 'broken') return { status: Status.BROKEN, message: brokenMessage(reason) };
  if (!showsViolation(verdict)) return { status: Status.SKIPPED, message: `${verdict}: ${reasonText(requirement)}` };
  const message = [headline(requirement), '', ...failureLines(requirement, errata)].join('\n');
  return {
    status: Status.FAILED,
    message,
    ...(verdict === 'waived' ? { known: true } : {}),
    ...(verdict === 'advice' ? { muted: true } : {}),
  };
}

/** The description: the parts that the message does not have already. */
function describe(
  requirement: ReportedRequirement,
  errata: NonNullable<ConformanceReport['errata']>,
  contract: Contract,
): string {
  const { id, level, source, evidence, verdict, rerun } = requirement;
  const isTold = showsViolation(verdict);
  const own = errata.filter((erratum) => requirement.errata.includes(erratum.id));
  return [
    `**${level}**: ${grounds[level]}.`,
    `Source: ${source}.`,
    ...rowsOf(requirement, contract).map((parameter) => describeRow(contract, parameter)),
    ...(isTold ? [] : own.map((erratum) => `Erratum *${erratum.id}*: ${erratum.decision}`)),
    ...(evidence
      ? [`Judged: ${evidence.judged} ${evidence.of} in ${evidence.answers} answers.`, ...evidence.notes]
      : []),
    ...(isTold ? [] : [`Again: \`${rerun}\``, aboutText(id)]),
  ].join('\n\n');
}

function aboutText(id: string): string {
  return `What is asked, and what implementations get wrong: \`${id}\` in docs/requirements/${suiteOf({ id })}.md.`;
}

function describeRow(contract: Contract, parameter: Parameter): string {
  const { path, schema } = parameter;
  const place = citeRows(contract, [parameter]).replace(/ \(.*\)$/, '');
  const values = schema.enum === undefined ? '' : `; one of ${schema.enum.map((each) => `\`${each}\``).join(', ')}`;
  const standard = schema.default === undefined ? '' : `; default \`${schema.default}\``;
  return `> ${place}: \`${path.join('.')}\`, ${schema.type}${values}${standard}. ${schema.description}`;
}
