import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runHostile } from './run-hostile.ts';
import { type Hostile, hostile } from './servers.ts';

// npm run hostile: one run against each hostile server, each in a process of its own, and what it took at most.

const file = 'docs/hostile-servers.md';
const mebibyte = 1024;

/** The run of one server, in the process that was started for it: what it says, and the peak of its memory in KiB. */
async function measure(index: number): Promise<void> {
  const server = hostile[index];
  if (!server) throw new Error(`there is no hostile server ${index}`);
  const said = await runHostile(server);
  process.stdout.write(JSON.stringify({ ...said, peak: process.resourceUsage().maxRSS }));
}

function row({ does }: Hostile, index: number): string {
  const [node, ...rest] = [process.execPath, '--import', 'tsx', fileURLToPath(import.meta.url), String(index)];
  const { fails, reason, requests, peak } = JSON.parse(execFileSync(node as string, rest, { encoding: 'utf8' }));
  const failing = (fails as readonly string[]).map((id) => `\`${id}\` fails`);
  const says = failing.length > 0 ? failing.join(', ') : `inconclusive: ${reason}`;
  return `| ${does} | ${says} | ${requests} | ${Math.round(peak / mebibyte)} |`;
}

const [given] = process.argv.slice(2);
if (given !== undefined) await measure(Number(given));
else {
  const table = [
    '# Hostile servers',
    '',
    '<!-- Written by `npm run hostile`. -->',
    '',
    'What a run says of a server that breaks HTTP or abuses it, and the most memory that the process took, with a body limit',
    'of 4 MiB; the server is in the same process. The proofs are in `proofs/hostile/`. Memory differs from machine to machine.',
    '',
    '| the server | the run says | requests | peak, MiB |',
    '|---|---|---|---|',
    ...hostile.map(row),
    '',
  ];
  writeFileSync(file, table.join('\n'));
}
