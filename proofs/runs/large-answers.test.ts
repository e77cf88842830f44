import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { large } from '../hostile/large.ts';
import { hostile } from '../hostile/servers.ts';

const table = fileURLToPath(new URL('../hostile/table.ts', import.meta.url));

// A body of the default limit that takes many times its size ends a run without a word.
test.for(['sends 90 MiB of blanks in gzip', 'sends a string of 90 MiB in gzip'])(
  'a run against a server that %s ends in little memory',
  { timeout: 0 },
  (does) => {
    const index = hostile.length + large.findIndex((server) => server.does === does);
    const node = ['--max-old-space-size=1024', '--import', import.meta.resolve('tsx'), table, String(index)];
    const said = JSON.parse(execFileSync(process.execPath, node, { encoding: 'utf8' }));
    expect(said.broken).toEqual([]);
    expect(said.fails).toEqual(large[index - hostile.length]?.fails ?? []);
    expect(said.peak / 1024).toBeLessThan(1_536);
  },
);
