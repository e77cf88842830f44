import { writeFileSync } from 'node:fs';
import { heldBytes, parseList, runEmpty, runSuite, startTarget, type Usage } from './measure.ts';

// npm run bench: what runs take, as ratios of what was measured in the same run. -- --quick leaves out the longest list,
// and measures the one before it once.

const isQuick = process.argv.includes('--quick');
const mebibyte = 1024 * 1024;
const kinds = ['conforming', 'wrong'] as const;
/** Lists of this length and longer are measured once. */
const timedOnce = isQuick ? 10_000 : 100_000;
const sizes = [12, 1_000, 10_000, ...(isQuick ? [] : [100_000])];

type Case = Usage & { items: number; kind: (typeof kinds)[number]; bytes: number; parse: number; held: number };

async function measure(items: number, kind: Case['kind']): Promise<Case> {
  const target = await startTarget(items, kind);
  try {
    const { bytes, seconds } = parseList(target.url);
    const usage = runSuite(target.url, items < timedOnce ? 3 : 1);
    return { ...usage, items, kind, bytes, parse: seconds, held: heldBytes(target.url) };
  } finally {
    target.stop();
  }
}

const cases: Case[] = [];
for (const items of sizes) for (const kind of kinds) cases.push(await measure(items, kind));
const found = (items: number, kind: Case['kind'] = 'conforming') =>
  cases.find((each) => each.items === items && each.kind === kind);
const [small, thousand, many] = [12, 1_000, 10_000].map((items) => found(items));
const largest = found(sizes.at(-1) as number);
if (!small || !thousand || !many || !largest) throw new Error('the bench measured too little');
// What any run takes, whatever the list.
const floor = small;
const empty = runEmpty(3);
const embedded = runSuite(undefined, 3);
const slow = await startTarget(12, 'conforming', 150);
const delayed = runSuite(slow.url, 3);
slow.stop();

const ratio = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)}×`;
const above = ({ cpu, peak }: Usage) => ({ cpu: Math.max(0.01, cpu - floor.cpu), peak: peak - floor.peak });
const figures = (number: number) => number.toLocaleString('en').replaceAll(',', ' ');

function row(each: Case): string {
  const { items, kind, bytes, parse, wall, cpu, peak } = each;
  const own = above(each);
  const cells = [figures(items), kind, (bytes / mebibyte).toFixed(1), wall.toFixed(1), cpu.toFixed(1), peak.toFixed(0)];
  // Of a few elements there is nothing to tell from the floor.
  const ratios = items === 12 ? ['', ''] : [ratio(own.cpu / parse), ratio((own.peak * mebibyte) / bytes)];
  return `| ${[...cells, ...ratios].join(' | ')} |`;
}

/** The worst of the sizes that are large enough to tell. */
const worst = Math.max(...sizes.slice(1).map((items) => (found(items, 'wrong')?.cpu ?? 0) / (found(items)?.cpu ?? 1)));

const aims: readonly (readonly [what: string, aim: string, measured: string])[] = [
  ['CPU of 1 000 elements against 12', '1.5×', ratio(thousand.cpu / small.cpu)],
  ['memory of 1 000 elements', '450 MiB', `${thousand.peak.toFixed(0)} MiB`],
  ['CPU of 10 000 elements', '30 s', `${many.cpu.toFixed(1)} s`],
  ['memory of 10 000 elements', '700 MiB', `${many.peak.toFixed(0)} MiB`],
  ['CPU of 10 000 elements against 1 000, above the floor', '11×', ratio(above(many).cpu / above(thousand).cpu)],
  [
    `memory that ${figures(largest.items)} elements hold once they are observed, against the bytes of the list`,
    '6×',
    ratio((largest.held - small.held) / largest.bytes),
  ],
  ['CPU of a list that is all wrong against one that conforms', '2×', ratio(worst)],
  ['CPU of a run against the embedded target, against an empty run', '2.5×', ratio(embedded.cpu / empty.cpu)],
  ['memory of a run against the embedded target', '250 MiB', `${embedded.peak.toFixed(0)} MiB`],
];

const text = [
  '# Bench',
  '',
  '<!-- Written by `npm run bench`. -->',
  '',
  `What a run takes, measured in one go: medians of three runs, of ${figures(timedOnce)} elements one. The target is another process that`,
  'answers from prepared bytes. The floor is what the run of 12 conforming elements takes; the last two columns tell what is above',
  'it, against the CPU time of one `JSON.parse` of the list, and against its bytes: the peak, with the garbage in it; what is held',
  'is measured in a process of its own. In `wrong` lists each member but the id has a wrong type. Ratios hold from machine',
  'to machine, seconds do not.',
  '',
  '| elements | list | MiB | wall, s | CPU, s | peak, MiB | CPU / JSON.parse | memory / bytes |',
  '|---|---|---|---|---|---|---|---|',
  ...cases.map(row),
  '',
  '| what | aim, at most | measured |',
  '|---|---|---|',
  ...aims.map((cells) => `| ${cells.join(' | ')} |`),
  '',
  `An empty run of vitest with Allure's reporter takes ${empty.cpu.toFixed(1)} s of CPU and ${empty.peak.toFixed(0)} MiB. With`,
  `answers that take 150 ms, a run of 12 elements takes ${delayed.wall.toFixed(1)} s, and ${delayed.cpu.toFixed(1)} s of CPU.`,
  '',
].join('\n');
writeFileSync('docs/bench.md', text);
process.stdout.write(text);
