import { styleText } from 'node:util';
import type { Level } from '../harness/contract/level.ts';
import { describeStale } from '../harness/gating/waivers.ts';
import type { FinishedRun } from '../harness/results/finished-run.ts';
import type { Result } from '../harness/results/result.ts';
import type { RunSummary } from '../harness/results/run-summary.ts';
import { failureLines, waivedText } from './failure-text.ts';

type Style = Parameters<typeof styleText>[0];
// hasColors knows NO_COLOR and FORCE_COLOR; a pipe has none.
const paint = (style: Style, text: string) => (process.stdout.hasColors?.() ? styleText(style, text) : text);

const titles = { target: 'Target', embedded: 'Embedded reference target', file: 'Recorded' } as const;

/**
 * What a person sees of a finished run: each failure so that it can be acted on, then what the run did and did not
 * show.
 */
export function consoleText({ results }: FinishedRun, summary: RunSummary): string {
  const violations = results.filter(({ verdict, gated }) => verdict === 'fail' && gated);
  const advice = results.filter(isAdvice);
  return [
    '',
    `${titles[summary.kind]}  ${summary.target}`,
    ...results.filter(({ verdict }) => verdict === 'broken').flatMap(brokenText),
    ...violations.flatMap((result) => failureText(result, paint(['red', 'bold'], '✗'))),
    ...advice.flatMap((result) => failureText(result, paint('yellow', '!'))),
    ...waivedTexts(results),
    ...staleText(summary),
    ...inconclusiveText(results),
    '',
    ...table(results),
    '',
    ...closing(results, summary),
  ].join('\n');
}

function failureText(result: Result, mark: string): string[] {
  const advice = result.gated ? '' : '  (advice: does not fail the run)';
  return [
    '',
    `${mark} ${paint('bold', result.id)}  ${result.level}  ${result.title}${advice}`,
    ...failureLines(result).map((line) => `    ${line}`),
  ];
}

function isAdvice({ verdict, gated, waiving }: Result): boolean {
  return verdict === 'fail' && !gated && waiving.kind !== 'waived';
}

/** A known failure takes one line: what it is stands in the waiver. */
function waivedTexts(results: readonly Result[]): string[] {
  const waived = results.flatMap(({ id, level, waiving }) =>
    waiving.kind === 'waived' ? [`  ~ ${id}  ${level}  ${waivedText(waiving)}`] : [],
  );
  return waived.length === 0 ? [] : ['', 'Known failures, waived', ...waived];
}

function staleText({ staleWaivers, staleFails }: RunSummary): string[] {
  if (staleWaivers.length === 0) return [];
  const mark = staleFails ? paint(['red', 'bold'], '✗') : paint('yellow', '!');
  const remedy = staleFails ? 'take them out, or set STALE_WAIVERS=warn' : 'take them out';
  return [
    '',
    `${mark} Waivers that match nothing: ${remedy}`,
    ...staleWaivers.map((stale) => `    ${describeStale(stale)}`),
  ];
}

function brokenText(result: Result): string[] {
  return ['', `${paint('magenta', '⚠')} ${result.id}: the suite broke, not the target`, `    ${result.reason ?? ''}`];
}

/** Inconclusive requirements, those with the same reason together. */
function inconclusiveText(results: readonly Result[]): string[] {
  const byReason = new Map<string, Result[]>();
  for (const result of results) {
    if (result.verdict !== 'inconclusive') continue;
    const reason = [result.reason, ...(result.remedy === undefined ? [] : [`to see it: ${result.remedy}`])].join('; ');
    byReason.set(reason, [...(byReason.get(reason) ?? []), result]);
  }
  if (byReason.size === 0) return [];
  return [
    '',
    'Inconclusive: nothing was seen for or against',
    ...[...byReason].map(([reason, group]) => `  ? ${group.map(({ id }) => id).join(', ')}\n      ${reason}`),
  ];
}

const columns = [
  { head: 'pass', has: (result: Result) => result.verdict === 'pass' },
  { head: 'fail', has: (result: Result) => result.verdict === 'fail' && result.gated },
  { head: 'waived', has: (result: Result) => result.waiving.kind === 'waived' },
  { head: 'advice', has: isAdvice },
  { head: 'inconclusive', has: (result: Result) => result.verdict === 'inconclusive' },
  { head: 'not applicable', has: (result: Result) => result.verdict === 'not-applicable' },
  { head: 'broken', has: (result: Result) => result.verdict === 'broken' },
] as const;

function table(results: readonly Result[]): string[] {
  const shown = columns.filter(({ head, has }) => head === 'pass' || head === 'fail' || results.some(has));
  const row = (label: string, cells: readonly string[]) =>
    label.padEnd(8) + cells.map((cell, index) => cell.padStart((shown[index]?.head.length ?? 0) + 3)).join('');
  const levels: readonly Level[] = ['MUST', 'SHOULD', 'MAY'];
  return [
    row(
      '',
      shown.map(({ head }) => head),
    ),
    ...levels.map((level) =>
      row(
        level,
        shown.map(({ has }) => String(results.filter((result) => result.level === level && has(result)).length)),
      ),
    ),
  ];
}

function closing(results: readonly Result[], summary: RunSummary): string[] {
  const { requests, retries, freshConnections, milliseconds, waited, waitBound, renewed } = summary;
  const { connections, paged, undocumented } = summary;
  const seconds = (span: number) => `${(span / 1000).toFixed(1)} s`;
  const trouble = [
    ...(retries > 0 ? [`${retries} retried after 429 or 503, ${seconds(waited)} waited`] : []),
    ...(freshConnections > 0 ? [`${freshConnections} asked again on a fresh connection`] : []),
  ];
  return [
    `${results.length} requirements, ${connections ?? 'no'} connections, ${requests} requests in ${seconds(milliseconds)}` +
      `${trouble.map((part) => `, ${part}`).join('')}; seed ${summary.settings.seed}, gate ${summary.settings.gate}`,
    ...(waitBound === null
      ? []
      : [
          `Waiting ended at the limit of ${seconds(waitBound)} for a whole run: some 429 and 503 were not asked again.`,
        ]),
    ...(renewed === null ? [] : [`The token expired and was renewed once; asked again: ${renewed}.`]),
    ...(summary.capture === 'single'
      ? ['A single connection was captured: it is judged as the only element of a list.']
      : []),
    ...(paged ? ['The list is paged: only its first page was judged.'] : []),
    ...(undocumented.length > 0 ? [`Undocumented members, which are allowed: ${undocumented.join(', ')}`] : []),
  ];
}
