import { levels } from '../harness/contract/level.ts';
import { type Standing, standings } from '../harness/gating/gate.ts';
import type { ConformanceReport, ReportedRequirement } from '../harness/results/report.ts';
import { coverageMarkdown } from './coverage-markdown.ts';
import { failureLines, reasonText } from './failure-text.ts';
import { cell, table } from './markdown.ts';
import { editionLines } from './verdict-text.ts';

const verdicts: Readonly<Record<number, string>> = {
  0: 'conforms under the gate',
  1: 'does not conform',
  2: 'the suite broke',
  3: 'shows too little',
};

/** A report as Markdown: the verdict, what failed and how to see it again, then what the run saw and did not see. */
export function conformanceMarkdown(report: ConformanceReport): string {
  const { target, outcome, run, settings, contract, suite, requirements, staleWaivers, errata } = report;
  const failing = (verdict: Standing) => requirements.filter((each) => each.verdict === verdict);
  return [
    `# ${contract.operation}: ${verdicts[outcome.exitCode]} (exit ${outcome.exitCode})`,
    '',
    `${cell(target.url)}, ${run.startedAt}; gate ${settings.gate}, seed ${settings.seed}; ${run.requests} requests, ` +
      `${run.retries} of them after 429 or 503; ${suite.name} ${suite.version}; contract "${contract.page}", ` +
      `${contract.revision}, \`${contract.schemas.slice(0, 19)}…\``,
    '',
    ...table(
      ['', ...standings],
      levels.map((level) => [level, ...standings.map((each) => `${outcome.counts[level][each]}`)]),
    ),
    ...section(
      'Violations',
      failing('violation').flatMap((each) => failure(each, errata)),
    ),
    ...section('Broken: the suite, not the target', failing('broken').flatMap(broken)),
    ...section(
      'Waivers that match nothing',
      staleWaivers.map((line) => `- ${cell(line)}`),
    ),
    ...section('Known failures, waived', failing('waived').map(waived)),
    ...section(
      'Advice',
      failing('advice').flatMap((each) => failure(each, errata)),
    ),
    ...section('Inconclusive', inconclusive(failing('inconclusive'))),
    ...section(
      'Other editions',
      editionLines(report).map((line) => `- ${line}`),
    ),
    ...section('What the run saw', coverageMarkdown(report.coverage, run)),
    '',
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];
}

function failure(requirement: ReportedRequirement, errata: ConformanceReport['errata']): string[] {
  const { id, level, title } = requirement;
  return [`### \`${id}\` (${level})`, '', cell(title), '', ...fence(failureLines(requirement, errata)), ''];
}

function broken({ id, level, title, reason = '' }: ReportedRequirement): string[] {
  return [`### \`${id}\` (${level})`, '', cell(title), '', ...fence(reason.split('\n')), ''];
}

/** A fence that is longer than any run of backquotes in it. */
function fence(lines: readonly string[]): string[] {
  const longest = Math.max(2, ...[...lines.join('\n').matchAll(/`+/g)].map(([run]) => run.length));
  const mark = '`'.repeat(longest + 1);
  return [`${mark}text`, ...lines, mark];
}

function waived({ id, level, waivers = [] }: ReportedRequirement): string {
  const reasons = waivers.map(({ reason, expires, file, line }) => {
    const until = expires === undefined ? '' : `, until ${expires}`;
    return `${cell(reason)} (${cell(file)}:${line}${until})`;
  });
  return `- \`${id}\` (${level}): ${reasons.join('; ')}`;
}

function inconclusive(requirements: readonly ReportedRequirement[]): string[] {
  const reasons = [...new Set(requirements.map(reasonText))];
  return reasons.map((reason) => {
    const ids = requirements.filter((each) => reasonText(each) === reason).map(({ id }) => `\`${id}\``);
    return `- ${cell(reason)}: ${ids.join(', ')}`;
  });
}
