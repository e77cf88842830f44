import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { large } from './large.ts';
import { runHostile } from './run-hostile.ts';
import { type Hostile, hostile, megabyte } from './servers.ts';

// npm run hostile: one run against each hostile server, each in a process of its own, and what it took at most.

const file = 'docs/hostile-servers.md';
const mebibyte = 1024;

/** The limit for a user who sets no TARGET_BODY_LIMIT_MIB. */
const defaultLimit = 100 * megabyte;

const all: readonly Hostile[] = [...hostile, ...large];

/** The run of one server, in the process that was started for it: what it says, and the peak of its memory in KiB. */
async function measure(index: number): Promise<void> {
  const server = all[index];
  if (!server) throw new Error(`there is no hostile server ${index}`);
  const begun = performance.now();
  const said = await (large.includes(server) ? runHostile(server, 'http', defaultLimit) : runHostile(server));
  const seconds = (performance.now() - begun) / 1000;
  process.stdout.write(JSON.stringify({ ...said, seconds, peak: process.resourceUsage().maxRSS }));
}

function row(server: Hostile): string {
  const index = String(all.indexOf(server));
  const [node, ...rest] = [process.execPath, '--import', 'tsx', fileURLToPath(import.meta.url), index];
  const said = JSON.parse(execFileSync(node as string, rest, { encoding: 'utf8' }));
  const { fails, broken, reason, requests, seconds, peak } = said;
  const failing = (fails as readonly string[]).map((id) => `\`${id}\` fails`);
  const judged = reason === '' ? 'the list is judged' : `inconclusive: ${reason}`;
  const says = failing.length > 0 ? failing.join(', ') : judged;
  const ends = broken.length > 0 ? `the suite broke: ${broken.join(', ')}` : says;
  return `| ${server.does} | ${ends} | ${requests} | ${Math.ceil(seconds)} | ${Math.round(peak / mebibyte)} |`;
}

const head = ['| the server | the run says | requests | seconds | peak, MiB |', '|---|---|---|---|---|'];

const [given] = process.argv.slice(2);
if (given !== undefined) await measure(Number(given));
else {
  const table = [
    '# Hostile servers',
    '',
    '<!-- Written by `npm run hostile`. -->',
    '',
    'What a run says of a server that breaks HTTP or abuses it, and the most memory that the process took, with a body limit',
    'of 4 MiB; the server is in the same process. The proofs are in `proofs/hostile/`. Time and memory differ from machine to',
    'machine.',
    '',
    ...head,
    ...hostile.map(row),
    '',
    '## Large answers',
    '',
    'The same with the limit that a run has where none is set, 100 MiB. The server and the bodies that it makes are in the',
    'same process too.',
    '',
    ...head,
    ...large.map(row),
    '',
  ];
  writeFileSync(file, table.join('\n'));
}
