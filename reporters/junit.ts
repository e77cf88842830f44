import { type Standing, showsViolation } from '../harness/gating/gate.ts';
import { type ConformanceReport, type ReportedRequirement, suiteOf } from '../harness/results/report.ts';
import { failureLines, headline } from './failure-text.ts';

/** Each standing in JUnit's terms. */
const elements: Readonly<Record<Standing, 'failure' | 'skipped' | 'error' | null>> = {
  pass: null,
  violation: 'failure',
  waived: 'skipped',
  advice: 'skipped',
  inconclusive: 'skipped',
  'not-applicable': 'skipped',
  broken: 'error',
};

/** A report as JUnit XML: one testcase for each requirement, and the reason of each skip. */
export function junitXml(report: ConformanceReport): string {
  const { requirements, target } = report;
  const suites = [...new Set(requirements.map(suiteOf))];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${xmlText(target.url)}" ${figures(requirements)} time="${toSeconds(report.run.observingMilliseconds)}">`,
    ...suites.flatMap((suite) => suiteXml(suite, report)),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteXml(suite: string, report: ConformanceReport): string[] {
  const { requirements, run, errata } = report;
  const own = requirements.filter((requirement) => suiteOf(requirement) === suite);
  const time = own.reduce((sum, { milliseconds = 0 }) => sum + milliseconds, 0);
  return [
    `  <testsuite name="${suite}" ${figures(own)} time="${toSeconds(time)}" timestamp="${run.startedAt}">`,
    '    <properties>',
    ...Object.entries(propertiesOf(report)).map(
      ([name, value]) => `      <property name="${name}" value="${xmlText(value)}"/>`,
    ),
    '    </properties>',
    ...own.flatMap((requirement) => caseXml(requirement, errata)),
    '  </testsuite>',
  ];
}

function caseXml(requirement: ReportedRequirement, errata: ConformanceReport['errata']): string[] {
  const { id, title, level, verdict, milliseconds = 0 } = requirement;
  const head = `    <testcase classname="${suiteOf(requirement)}" name="${xmlText(`${id}: ${title}`)}" time="${toSeconds(milliseconds)}"`;
  const element = elements[verdict];
  if (element === null) return [`${head}/>`];
  const { message, lines } = told(requirement, errata);
  const type = element === 'skipped' ? '' : ` type="${level}"`;
  return [
    `${head}>`,
    `      <${element} message="${xmlText(message)}"${type}>${xmlText(lines.join('\n'))}</${element}>`,
    '    </testcase>',
  ];
}

/** The target and the settings of the run. */
function propertiesOf({ target, settings, contract, suite }: ConformanceReport): Readonly<Record<string, string>> {
  return {
    target: target.url,
    gate: settings.gate,
    seed: String(settings.seed),
    edition: contract.edition ?? '',
    version: suite.version,
  };
}

function toSeconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

/** The attribute and the text of what is no pass. */
function told(requirement: ReportedRequirement, errata: ConformanceReport['errata']) {
  const { verdict, reason = '', remedy } = requirement;
  if (showsViolation(verdict)) return { message: headline(requirement), lines: failureLines(requirement, errata) };
  return { message: `${verdict}: ${reason}`, lines: remedy === undefined ? [] : [`to see it: ${remedy}`] };
}

function figures(requirements: readonly ReportedRequirement[]): string {
  const count = (wanted: 'failure' | 'skipped' | 'error') =>
    requirements.filter(({ verdict }) => elements[verdict] === wanted).length;
  return `tests="${requirements.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML 1.0 text: what it has no way to write is left out (section 2.2, Char). */
function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
    .replace(/[&<>"]/g, (character) => entities[character] as string)
    .replace(/\n/g, '&#10;');
}
