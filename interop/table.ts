import type { KeptReport } from './report.ts';

/** How each verdict is told in a cell, in this order. */
const marks = [
  { verdict: 'pass', mark: '✓' },
  { verdict: 'fail', mark: '✗' },
  { verdict: 'inconclusive', mark: '?' },
  { verdict: 'not-applicable', mark: '–' },
  { verdict: 'broken', mark: '⚠' },
] as const;

/**
 * The table of implementations against suites, as Markdown, the suites in the order of a run, with what fails and the
 * versions below it.
 * @param catalogue how many requirements each suite has today: what a kept report lacks is told as not run
 */
export function interopTable(reports: readonly KeptReport[], catalogue: ReadonlyMap<string, number>): string {
  const head = ['', ...reports.map(({ implementation }) => implementation)];
  const suites = [...new Set([...reports.flatMap((report) => Object.keys(report.suites)), ...catalogue.keys()])];
  const rows = suites.map((suite) => [
    suite,
    ...reports.map((report) => cell(report.suites[suite] ?? {}, catalogue.get(suite) ?? 0)),
  ]);
  const isBehind = rows.some((cells) => cells.some((text) => text.includes('not run')));
  return [
    row(head),
    row(head.map(() => '---')),
    ...rows.map(row),
    '',
    '✓ pass, ✗ fail, ? inconclusive, – not applicable; each figure counts requirements.',
    ...(isBehind ? ['not run: added since the last `npm run interop:neutron`.'] : []),
    '',
    ...failures(reports),
    '',
    ...reports.map(versionLine),
  ].join('\n');
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

function cell(counts: Record<string, number>, today: number): string {
  const ran = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const figures = marks.flatMap(({ verdict, mark }) => (counts[verdict] ? `${counts[verdict]} ${mark}` : []));
  return [...figures, ...(today > ran ? [`${today - ran} not run`] : [])].join(', ');
}

/** One line for each requirement that fails somewhere. */
function failures(reports: readonly KeptReport[]): string[] {
  const ids = [...new Set(reports.flatMap(({ failing }) => Object.keys(failing)))].sort();
  return ids.map((id) => {
    const where = reports.filter(({ failing }) => failing[id]);
    const observed = [...new Set(where.flatMap(({ failing }) => failing[id] ?? []))].map((value) => `\`${value}\``);
    return `- \`${id}\` fails (${observed.join(', ')}): ${where.map(({ implementation }) => implementation).join(' and ')}.`;
  });
}

function versionLine({ implementation, versions }: KeptReport): string {
  const named = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `- ${implementation}: ${named.join(', ')}.`;
}

const start = '<!-- interop:start -->';
const end = '<!-- interop:end -->';

/**
 * Puts a table between the markers of a document.
 * @returns undefined where the markers are missing, or in the wrong order
 */
export function withTable(document: string, table: string): string | undefined {
  const from = document.indexOf(start);
  const to = document.indexOf(end, from);
  if (from < 0 || to < 0) return undefined;
  return `${document.slice(0, from + start.length)}\n\n${table}\n\n${document.slice(to)}`;
}
