import { isFailure, type Standing } from '../harness/gating/gate.ts';
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
    `<testsuites name="${xmlText(target.url)}" ${figures(requirements)}>`,
    ...suites.flatMap((suite) => suiteXml(suite, report)),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteXml(suite: string, { requirements, run, errata }: ConformanceReport): string[] {
  const own = requirements.filter((requirement) => suiteOf(requirement) === suite);
  return [
    `  <testsuite name="${suite}" ${figures(own)} timestamp="${run.startedAt}">`,
    ...own.flatMap((requirement) => caseXml(requirement, errata)),
    '  </testsuite>',
  ];
}

function caseXml(requirement: ReportedRequirement, errata: ConformanceReport['errata']): string[] {
  const { id, title, level, verdict } = requirement;
  // What was observed is shared: no requirement has a time of its own.
  const head = `    <testcase classname="${suiteOf(requirement)}" name="${xmlText(`${id}: ${title}`)}" time="0"`;
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

/** The attribute and the text of what is no pass. */
function told(requirement: ReportedRequirement, errata: ConformanceReport['errata']) {
  const { verdict, reason = '', remedy } = requirement;
  if (isFailure(verdict)) return { message: headline(requirement), lines: failureLines(requirement, errata) };
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
