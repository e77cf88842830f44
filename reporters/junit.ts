import type { ConformanceReport, ReportedRequirement, Standing } from './conformance-report.ts';
import { reportedLines } from './reported-text.ts';

/** What each standing is in JUnit's terms: contract of the exit codes, "Verdicts map once". */
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
export function junitXml({ requirements, run, target }: ConformanceReport): string {
  const suites = [...new Set(requirements.map(suiteOf))];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${xmlText(target.url)}" ${figures(requirements)}>`,
    ...suites.flatMap((suite) => suiteXml(suite, requirements, run.startedAt)),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteXml(suite: string, all: readonly ReportedRequirement[], startedAt: string): string[] {
  const own = all.filter((requirement) => suiteOf(requirement) === suite);
  return [
    `  <testsuite name="${suite}" ${figures(own)} timestamp="${startedAt}">`,
    ...own.flatMap(caseXml),
    '  </testsuite>',
  ];
}

function caseXml(requirement: ReportedRequirement): string[] {
  const { id, title, level, verdict } = requirement;
  // What was observed is shared: no requirement has a time of its own.
  const head = `    <testcase classname="${suiteOf(requirement)}" name="${xmlText(`${id}: ${title}`)}" time="0"`;
  const element = elements[verdict];
  if (element === null) return [`${head}/>`];
  const { message, lines } = reportedLines(requirement);
  const type = element === 'skipped' ? '' : ` type="${level}"`;
  return [
    `${head}>`,
    `      <${element} message="${xmlText(message)}"${type}>${xmlText(lines.join('\n'))}</${element}>`,
    '    </testcase>',
  ];
}

function figures(requirements: readonly ReportedRequirement[]): string {
  const count = (wanted: 'failure' | 'skipped' | 'error') =>
    requirements.filter(({ verdict }) => elements[verdict] === wanted).length;
  return `tests="${requirements.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
}

function suiteOf({ id }: ReportedRequirement): string {
  return id.split('.')[0] as string;
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
