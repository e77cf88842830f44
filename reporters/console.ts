import { styleText } from 'node:util';
import { type Level, levels } from '../harness/contract/level.ts';
import type { Standing } from '../harness/gating/gate.ts';
import type { ConformanceReport, ReportedRequirement } from '../harness/results/report.ts';
import { failureLines, headline, reasonText } from './failure-text.ts';
import { fitted } from './fitted.ts';
import type { ReportPlaces } from './report-files.ts';
import { counted, editionLines, shortList, verdictText } from './verdict-text.ts';

type Style = Parameters<typeof styleText>[0];
/** styleText knows NO_COLOR and FORCE_COLOR, and that a pipe has no colours: of Node 20's for one style at a time only. */
const paint = (style: Style, text: string) =>
  [style].flat().reduce((painted: string, each) => styleText(each, painted, { stream: process.stdout }), text);

const titles = { target: 'Target', embedded: 'Embedded reference target', file: 'Recorded' } as const;

/**
 * The console's text on a run: each failure so that it can be acted on, then what the run did and did not show.
 * @param places where the reports lie; null where there are none
 */
export function consoleText(report: ConformanceReport, places: ReportPlaces | null): string {
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
    ...verdictTable(requirements),
    '',
    ...closing(report),
    '',
    ...verdict(report, places),
  ]
    .flatMap(shown)
    .join('\n');
}

/** On a terminal nothing is wider than it; in a pipe a line stays one line. */
function shown(line: string): readonly string[] {
  const { columns, isTTY } = process.stdout;
  return isTTY ? fitted(line, columns) : [line];
}

function failureText(requirement: ReportedRequirement, { errata }: ConformanceReport, mark: string): string[] {
  const { id, level, title, verdict } = requirement;
  const advice = verdict === 'violation' ? '' : '  (advice: does not fail the run)';
  return [
    '',
    `${mark} ${paint('bold', id)}  ${level}  ${title}${advice}`,
    ...failureLines(requirement, errata).map((line) => `    ${coloured(line)}`),
  ];
}

/** The verdict of a run, and the places of its reports. */
function verdict(report: ConformanceReport, places: ReportPlaces | null): string[] {
  const { headline, failing } = verdictText(report);
  const { exitCode } = report.outcome;
  const style: Style = exitCode === 0 ? ['green', 'bold'] : exitCode === 1 ? ['red', 'bold'] : ['yellow', 'bold'];
  return [
    paint(style, headline),
    ...failing.map((id) => `  ${id}`),
    ...(places === null ? [] : [`Reports: ${[...places.files, places.allure].join(', ')}`]),
  ];
}

/** A line in colour: the expected in green, the found in red, the marked line of a frame in bold. */
function coloured(line: string): string {
  const [, label, rest] = /^((?:expected|actual) +)(.*)$/.exec(line) ?? [];
  if (label !== undefined && rest !== undefined) {
    return label + paint(label.startsWith('expected') ? 'green' : 'red', rest);
  }
  const [, blanks, marked] = /^( +)(> \|.*)$/.exec(line) ?? [];
  return blanks === undefined || marked === undefined ? line : blanks + paint('bold', marked);
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
  const byReason = new Map<string, ReportedRequirement[]>();
  for (const each of inconclusive) {
    const reason = reasonText(each);
    byReason.set(reason, [...(byReason.get(reason) ?? []), each]);
  }
  return [
    '',
    'Inconclusive: nothing was seen for or against',
    ...[...byReason].flatMap(([reason, those]) => [`  ? ${shortList(those)}`, `      ${reason}`]),
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

function verdictTable(requirements: readonly ReportedRequirement[]): string[] {
  const shown = columns.filter(
    ({ standing, always }) => always || requirements.some(({ verdict }) => verdict === standing),
  );
  const row = (label: string, cells: readonly string[]) =>
    label.padEnd(8) + cells.map((cell, index) => cell.padStart((shown[index]?.head.length ?? 0) + 3)).join('');
  const figure = (level: Level, standing: Standing) =>
    String(requirements.filter((each) => each.level === level && each.verdict === standing).length);
  const heads = shown.map(({ head }) => head);
  const figures = (level: Level) => shown.map(({ standing }) => figure(level, standing));
  return [row('', heads), ...levels.map((level) => row(level, figures(level)))];
}

function closing(report: ConformanceReport): string[] {
  const { requirements, run, coverage, settings, remarks = [] } = report;
  const { requests, retries, freshConnections, observingMilliseconds, waitedMilliseconds, renewed } = run;
  const { waitLimitMilliseconds: waitLimit = null } = run;
  const { connections, paged, undocumented, capture } = coverage;
  const seconds = (span: number) => `${(span / 1000).toFixed(1)} s`;
  const trouble = [
    ...(retries > 0 ? [`${retries} retried after 429 or 503, ${seconds(waitedMilliseconds)} waited`] : []),
    ...(freshConnections > 0 ? [`${freshConnections} retried on a fresh connection`] : []),
  ];
  return [
    `${counted(requirements.length, 'requirement')}, ${connections === null ? 'no connections' : counted(connections, 'connection')}, ` +
      `${counted(requests, 'request')} in ${seconds(observingMilliseconds)}` +
      `${trouble.map((part) => `, ${part}`).join('')}; seed ${settings.seed}, gate ${settings.gate}`,
    ...(waitLimit === null
      ? []
      : [`Waiting ended at the limit of ${seconds(waitLimit)} for a whole run: some 429 and 503 were not retried.`]),
    ...(renewed === null ? [] : [`The token expired and was renewed once; retried: ${renewed}.`]),
    ...(capture === 'single' ? ['A single connection was captured: it is judged as the only element of a list.'] : []),
    ...remarks,
    ...editionLines(report),
    ...(paged ? ['The list is paged: only its first page was judged.'] : []),
    ...(undocumented.length > 0 ? [`Undocumented members, which are allowed: ${undocumented.join(', ')}`] : []),
  ];
}
