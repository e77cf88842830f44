import { type Label, LabelName, type Link, LinkType, Severity, Status, type StatusDetails } from 'allure-js-commons';
import type { Parameter } from '../harness/contract/contract.ts';
import type { Level } from '../harness/contract/level.ts';
import type { Result } from '../harness/results/result.ts';
import { rowsOf, storyOf } from './allure-story.ts';
import { failureLines, waivedText } from './failure-text.ts';

const severities: Readonly<Record<Level, Severity>> = {
  MUST: Severity.CRITICAL,
  SHOULD: Severity.NORMAL,
  MAY: Severity.MINOR,
};

/** What earns each level. */
const grounds: Readonly<Record<Level, string>> = {
  MUST: 'the page itself says so',
  SHOULD: 'what the page builds on says so',
  MAY: 'only the example or usual practice suggests it',
};

/** The operation under test, as Allure's epic. */
const operation = 'Querying IPsec VPN Connections';

/** What Allure is told of one requirement. */
export type AllureTest = {
  status: Status;
  statusDetails: StatusDetails;
  testCaseId: string;
  fullName: string;
  titlePath: string[];
  labels: Label[];
  links: Link[];
  description: string;
};

/** A result in Allure's terms: where it stands in the behaviours tree, what came of it, what it says and why. */
export function allureTest(result: Result): AllureTest {
  const story = storyOf(result);
  const { status, message } = allureStatus(result);
  return {
    status,
    // The whole text is the message: Allure folds a trace away, and a person should see at once what is wrong.
    statusDetails: message === undefined ? {} : { message },
    // Nothing of the target or of the machine: the history of a requirement spans targets and machines.
    testCaseId: result.id,
    fullName: result.id,
    titlePath: [operation, result.suite, story],
    labels: [
      { name: LabelName.EPIC, value: operation },
      { name: LabelName.FEATURE, value: result.suite },
      { name: LabelName.STORY, value: story },
      { name: LabelName.SEVERITY, value: severities[result.level] },
      { name: LabelName.TAG, value: result.level },
    ],
    links: [...sourceLinks(result.source), ...waiverLinks(result)],
    description: describe(result),
  };
}

/** What Allure is told of a requirement that was not judged because the run broke before it came to that. */
export function unjudgedTest(name: string, errors: readonly string[]): AllureTest {
  const [id = name] = name.split(':');
  const suite = id.split('.')[0] as string;
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
    description: `In the catalogue: \`${id}\` in docs/requirements.md, section ${suite}.`,
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
function waiverLinks({ waiving }: Result): Link[] {
  const waivers = waiving.kind === 'waived' ? waiving.waivers : waiving.kind === 'counts' ? [waiving.waiver] : [];
  return waivers.flatMap(({ link }) => (link === undefined ? [] : [{ type: LinkType.ISSUE, name: link, url: link }]));
}

/** The beginning of the message is what the categories go by. */
function allureStatus(result: Result): { status: Status; message?: string } {
  switch (result.verdict) {
    case 'pass':
      return { status: Status.PASSED };
    case 'fail': {
      const headline = headlineOf(result);
      return { status: Status.FAILED, message: [headline, '', ...failureLines(result)].join('\n') };
    }
    case 'broken':
      return { status: Status.BROKEN, message: brokenMessage(result.reason ?? '') };
    default: {
      const remedy = result.remedy === undefined ? '' : `; to see it: ${result.remedy}`;
      return { status: Status.SKIPPED, message: `${result.verdict}: ${result.reason}${remedy}` };
    }
  }
}

function headlineOf({ gated, title, waiving }: Result): string {
  if (waiving.kind === 'waived') return waivedText(waiving);
  if (waiving.kind === 'counts' && waiving.why === 'expired') return `expired waiver: ${title}`;
  return `${gated ? 'violation' : 'advice'}: ${title}`;
}

/** What the message does not say already. */
function describe(result: Result): string {
  const { level, source, errata, evidence, verdict } = result;
  const told = verdict === 'fail';
  return [
    `**${level}**: ${grounds[level]}.`,
    `Source: ${source}.`,
    ...rowsOf(result).map(describeRow),
    ...(told ? [] : errata.map(({ id, decision }) => `Erratum *${id}*: ${decision}`)),
    ...(evidence
      ? [`Judged: ${evidence.judged} ${evidence.of} in ${evidence.answers} answers.`, ...evidence.notes]
      : []),
    ...(told ? [] : [`Again: \`${result.rerun}\``]),
    `In the catalogue: \`${result.id}\` in docs/requirements.md, section ${result.suite}.`,
  ].join('\n\n');
}

function describeRow({ row, path, schema }: Parameter): string {
  const values = schema.enum === undefined ? '' : `; one of ${schema.enum.map((each) => `\`${each}\``).join(', ')}`;
  const standard = schema.default === undefined ? '' : `; default \`${schema.default}\``;
  return `> Table ${row.table}, row ${row.row}: \`${path.join('.')}\`, ${schema.type}${values}${standard}. ${schema.description}`;
}
