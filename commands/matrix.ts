import { ConfigurationError } from '../harness/base/configuration-error.ts';
import { type Standing, showsViolation } from '../harness/gating/gate.ts';
import { readReport } from '../harness/results/read-report.ts';
import type { ConformanceReport } from '../harness/results/report.ts';
import type { Command } from './cli/command.ts';

/** `matrix`: what several targets do with each requirement. */
export const matrix: Command = {
  name: 'matrix',
  summary: 'Prints requirement × target from the conformance.json of several runs; exit 1 where any target fails.',
  usage: 'a.json b.json … [--format markdown|json]',
  options: { format: { type: 'string', default: 'markdown' } },
  help: { format: 'markdown (default) or json' },
  run({ values, positionals }) {
    const write = formats[values.format as keyof typeof formats];
    if (positionals.length < 2 || write === undefined) throw new ConfigurationError('name two reports or more');
    const targets = positionals.map((file): TargetReport => ({ file, report: readReport(file) }));
    process.stdout.write(`${write(matrixRows(targets), targets)}\n`);
    return targets.some(({ report }) => report.outcome.exitCode !== 0) ? 1 : 0;
  },
};

type TargetReport = { file: string; report: ConformanceReport };

/** A requirement, and its standing at each target; null where a run did not have it. */
type MatrixRow = {
  id: string;
  level: string;
  title: string;
  standings: readonly (Standing | null)[];
  differs: boolean;
};

/** The rows that differ first, then those in which something fails, then the rest, each in the order of a report. */
function matrixRows(targets: readonly TargetReport[]): readonly MatrixRow[] {
  const byTarget = targets.map(({ report }) => new Map(report.requirements.map((each) => [each.id, each])));
  const known = new Map(targets.flatMap(({ report }) => report.requirements).map((each) => [each.id, each]));
  const rows = [...known.values()].map(({ id, level, title }): MatrixRow => {
    const standings = byTarget.map((requirements) => requirements.get(id)?.verdict ?? null);
    return { id, level, title, standings, differs: new Set(standings).size > 1 };
  });
  const rank = ({ differs, standings }: MatrixRow) =>
    differs ? 0 : standings.some((each) => each !== null && showsViolation(each)) ? 1 : 2;
  return rows.sort((one, other) => rank(one) - rank(other));
}

const marks: Readonly<Record<Standing, string>> = {
  pass: '✓',
  violation: '✗',
  waived: '~',
  advice: '!',
  inconclusive: '?',
  'not-applicable': '–',
  broken: '⚠',
};

const formats = {
  markdown: (rows: readonly MatrixRow[], targets: readonly TargetReport[]) =>
    [
      line(['requirement', 'level', ...targets.map(({ report }) => escapePipes(report.target.url))]),
      line(['---', '---', ...targets.map(() => '---')]),
      ...rows.map(({ id, level, standings }) =>
        line([`\`${id}\``, level, ...standings.map((each) => (each === null ? '' : marks[each]))]),
      ),
      '',
      '✓ pass, ✗ violation, ~ waived, ! advice, ? inconclusive, – not applicable, ⚠ broken; empty: not run.',
      '',
      ...targets.map(
        ({ file, report }) =>
          `- ${escapePipes(report.target.url)}: exit ${report.outcome.exitCode} (${escapePipes(file)})`,
      ),
    ].join('\n'),
  json: (rows: readonly MatrixRow[], targets: readonly TargetReport[]) =>
    JSON.stringify(
      {
        targets: targets.map(({ file, report }) => ({
          file,
          url: report.target.url,
          exitCode: report.outcome.exitCode,
        })),
        requirements: rows,
      },
      null,
      1,
    ),
} as const;

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function escapePipes(text: string): string {
  return text.replaceAll('|', '\\|');
}
