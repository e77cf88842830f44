import { ConfigurationError } from '../harness/base/configuration-error.ts';
import { type Change, compareReports, type ReportComparison } from '../harness/results/comparison.ts';
import { readReport } from '../harness/results/read-report.ts';
import { type Command, usageOf } from './cli/command.ts';

/** `compare`: what the second run says that the first did not; exit 1 when something newly fails. */
export const compare: Command = {
  name: 'compare',
  summary: 'Says what a second conformance.json has that a first has not; exit 1 when something newly fails.',
  usage: 'before.json after.json [--format text|markdown|json]',
  options: { format: { type: 'string', default: 'text' } },
  help: { format: 'text (default), markdown or json' },
  run({ values, positionals }) {
    const [before, after] = positionals;
    const write = formats[values.format as keyof typeof formats];
    if (before === undefined || after === undefined || positionals.length > 2 || write === undefined) {
      throw new ConfigurationError(usageOf(compare));
    }
    const comparison = compareReports(readReport(before), readReport(after));
    process.stdout.write(`${write(comparison)}\n`);
    return comparison.newlyFailing.length > 0 ? 1 : 0;
  },
};

const formats = {
  text: (comparison: ReportComparison) => lines(comparison, { title: (text) => text, code: (text) => text }),
  markdown: (comparison: ReportComparison) =>
    lines(comparison, { title: (text) => `## ${text}\n`, code: (text) => `\`${text.replaceAll('`', "'")}\`` }),
  json: (comparison: ReportComparison) => JSON.stringify(comparison, null, 2),
} as const;

type Markup = { title(text: string): string; code(text: string): string };

function lines(comparison: ReportComparison, { title, code }: Markup): string {
  const change = ({ id, level, before, after }: Change) => `- ${code(id)} (${level}): ${code(before)} → ${code(after)}`;
  const member = (name: string) => `- ${code(name)}`;
  const parts: readonly (readonly [string, readonly string[]])[] = [
    ['Newly failing', comparison.newlyFailing.map(change)],
    ['Fixed', comparison.fixed.map(change)],
    ['Other verdicts that changed', comparison.changed.map(change)],
    [
      'Evidence that changed',
      comparison.evidence.map(({ what, before, after }) => `- ${code(what)}: ${code(before)} → ${code(after)}`),
    ],
    ['Undocumented members that are new', comparison.newDrift.map(member)],
    ['Undocumented members that are gone', comparison.goneDrift.map(member)],
    ['Mind', comparison.remarks.map((remark) => `- ${remark}`)],
  ];
  const shown = parts.filter(([, rows]) => rows.length > 0);
  const head = `${comparison.before} → ${comparison.after}`;
  if (shown.length === 0) return `${head}\nno difference`;
  return [head, ...shown.flatMap(([name, rows]) => ['', title(name), ...rows])].join('\n');
}
