import { styleText } from 'node:util';
import type { Level } from '../harness/contract/level.ts';
import type { Standing } from '../harness/gating/gate.ts';
import type { ConformanceReport, ReportedRequirement } from '../harness/results/report.ts';
import { failureLines, headline, reasonText } from './failure-text.ts';

type Style = Parameters<typeof styleText>[0];
// hasColors knows NO_COLOR and FORCE_COLOR; a pipe has none.
const paint = (style: Style, text: string) => (process.stdout.hasColors?.() ? styleText(style, text) : text);

const titles = { target: 'Target', embedded: 'Embedded reference target', file: 'Recorded' } as const;

/** What a person sees of a run: each failure so that it can be acted on, then what the run did and did not show. */
export function consoleText(report: ConformanceReport): string {
  const { requirements, target } = report;
  const those = (verdict: Standing) => requirements.filter((each) => each.verdict === verdict);
  return [
    '',
    `${titles[target.kind]}  ${target.url}`,
    ...those('broken').flatMap(brokenText),
    ...those('violation').flatMap((each) => failureText(each, report, paint(['red', 'bold'], '✗'))),
    ...those('advice').flatMap((each) => failureText(each, report, paint('yellow', '!'))),
    ...waivedTexts(those('waived')),
    ...staleText(report),
    ...inconclusiveText(those('inconclusive')),
    '',
    ...table(requirements),
    '',
    ...closing(report),
  ].join('\n');
}

function failureText(requirement: ReportedRequirement, { errata }: ConformanceReport, mark: string): string[] {
  const { id, level, title, verdict } = requirement;
  const advice = verdict === 'violation' ? '' : '  (advice: does not fail the run)';
  return [
    '',
    `${mark} ${paint('bold', id)}  ${level}  ${title}${advice}`,
    ...failureLines(requirement, errata).map((line) => `    ${line}`),
  ];
}

/** A known failure takes one line: what it is stands in the waiver. */
function waivedTexts(waived: readonly ReportedRequirement[]): string[] {
  if (waived.length === 0) return [];
  const lines = waived.map((each) => `  ~ ${each.id}  ${each.level}  ${headline(each)}`);
  return ['', 'Known failures, waived', ...lines];
}

function staleText({ staleWaivers, settings }: ConformanceReport): string[] {
  if (staleWaivers.length === 0) return [];
  const staleFails = settings.staleWaivers !== 'warn';
  const mark = staleFails ? paint(['red', 'bold'], '✗') : paint('yellow', '!');
  const remedy = staleFails ? 'take them out, or set STALE_WAIVERS=warn' : 'take them out';
  return ['', `${mark} Waivers that match nothing: ${remedy}`, ...staleWaivers.map((line) => `    ${line}`)];
}

function brokenText({ id, reason = '' }: ReportedRequirement): string[] {
  return ['', `${paint('magenta', '⚠')} ${id}: the suite broke, not the target`, `    ${reason}`];
}

/** Inconclusive requirements, those with the same reason together. */
function inconclusiveText(inconclusive: readonly ReportedRequirement[]): string[] {
  if (inconclusive.length === 0) return [];
  const byReason = new Map<string, string[]>();
  for (const each of inconclusive) {
    const reason = reasonText(each);
    byReason.set(reason, [...(byReason.get(reason) ?? []), each.id]);
  }
  return [
    '',
    'Inconclusive: nothing was seen for or against',
    ...[...byReason].map(([reason, ids]) => `  ? ${ids.join(', ')}\n      ${reason}`),
  ];
}

/** How each standing is headed; those with `always` have a column even where nothing stands so. */
const columns: readonly { head: string; standing: Standing; always?: true }[] = [
  { head: 'pass', standing: 'pass', always: true },
  { head: 'fail', standing: 'violation', always: true },
  { head: 'waived', standing: 'waived' },
  { head: 'advice', standing: 'advice' },
  { head: 'inconclusive', standing: 'inconclusive' },
  { head: 'not applicable', standing: 'not-applicable' },
  { head: 'broken', standing: 'broken' },
];

function table(requirements: readonly ReportedRequirement[]): string[] {
  const shown = columns.filter(
    ({ standing, always }) => always || requirements.some(({ verdict }) => verdict === standing),
  );
  const row = (label: string, cells: readonly string[]) =>
    label.padEnd(8) + cells.map((cell, index) => cell.padStart((shown[index]?.head.length ?? 0) + 3)).join('');
  const levels: readonly Level[] = ['MUST', 'SHOULD', 'MAY'];
  const figure = (level: Level, standing: Standing) =>
    String(requirements.filter((each) => each.level === level && each.verdict === standing).length);
  const heads = shown.map(({ head }) => head);
  const figures = (level: Level) => shown.map(({ standing }) => figure(level, standing));
  return [row('', heads), ...levels.map((level) => row(level, figures(level)))];
}

function closing({ requirements, run, coverage, settings }: ConformanceReport): string[] {
  const { requests, retries, freshConnections, observingMilliseconds, waitedMilliseconds, renewed } = run;
  const { waitLimitMilliseconds: waitLimit = null } = run;
  const { connections, paged, undocumented, capture } = coverage;
  const seconds = (span: number) => `${(span / 1000).toFixed(1)} s`;
  const trouble = [
    ...(retries > 0 ? [`${retries} retried after 429 or 503, ${seconds(waitedMilliseconds)} waited`] : []),
    ...(freshConnections > 0 ? [`${freshConnections} asked again on a fresh connection`] : []),
  ];
  return [
    `${requirements.length} requirements, ${connections ?? 'no'} connections, ` +
      `${requests} requests in ${seconds(observingMilliseconds)}` +
      `${trouble.map((part) => `, ${part}`).join('')}; seed ${settings.seed}, gate ${settings.gate}`,
    ...(waitLimit === null
      ? []
      : [
          `Waiting ended at the limit of ${seconds(waitLimit)} for a whole run: some 429 and 503 were not asked again.`,
        ]),
    ...(renewed === null ? [] : [`The token expired and was renewed once; asked again: ${renewed}.`]),
    ...(capture === 'single' ? ['A single connection was captured: it is judged as the only element of a list.'] : []),
    ...(paged ? ['The list is paged: only its first page was judged.'] : []),
    ...(undocumented.length > 0 ? [`Undocumented members, which are allowed: ${undocumented.join(', ')}`] : []),
  ];
}
