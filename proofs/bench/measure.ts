import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const project = join(here, '../..');
const vitest = join(project, 'node_modules/vitest/vitest.mjs');

/** The cost of a process: seconds of wall and CPU, the peak of its memory in MiB. */
export type Usage = { wall: number; cpu: number; peak: number };

/** A target of the bench, in a process of its own, and its end. */
export type Target = { url: string; stop(): void };

/** Starts a target. @param delay milliseconds that each answer takes */
export async function startTarget(items: number, kind: 'conforming' | 'wrong', delay = 0): Promise<Target> {
  const parameters = ['--import', import.meta.resolve('tsx'), join(here, 'target.ts'), `${items}`, kind, `${delay}`];
  const child = spawn(process.execPath, parameters, { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (line: Buffer) => resolve(String(line).trim()));
    child.once('exit', () => reject(new Error('the target of the bench ended')));
  });
  return { url, stop: () => child.kill() };
}

/** The cost of a run of the suite, as the median of some. @param url none: the embedded target */
export function runSuite(url: string | undefined, times: number): Usage {
  return medianOf(times, ['run', '--root', project], url === undefined ? {} : { TARGET_URL: url });
}

/** The cost of an empty run of vitest with Allure's reporter, as the median of some. */
export function runEmpty(times: number): Usage {
  return medianOf(times, ['run', '--root', project, '--config', join(here, 'empty/vitest.config.mjs')], {});
}

/** The size of a target's list in bytes, and the CPU seconds of one JSON.parse of it. */
export function parseList(url: string): { bytes: number; seconds: number } {
  return JSON.parse(execFileSync(process.execPath, [join(here, 'parse.mjs'), url], { encoding: 'utf8' }));
}

/** The bytes that are held when a target was observed, above those that are held before. */
export function heldBytes(url: string): number {
  const parameters = ['--expose-gc', '--import', import.meta.resolve('tsx'), join(here, 'held.ts'), url];
  return Number(execFileSync(process.execPath, parameters, { encoding: 'utf8' }));
}

function medianOf(times: number, parameters: readonly string[], settings: Record<string, string>): Usage {
  const usages = Array.from({ length: times }, () => usageOf(parameters, settings));
  const median = (pick: (usage: Usage) => number) =>
    usages.map(pick).sort((a, b) => a - b)[Math.floor(times / 2)] as number;
  return { wall: median(({ wall }) => wall), cpu: median(({ cpu }) => cpu), peak: median(({ peak }) => peak) };
}

function usageOf(parameters: readonly string[], settings: Record<string, string>): Usage {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const { PATH = '', HOME = '' } = process.env;
  const usage = join(folder, 'usage.json');
  try {
    const command = ['--import', join(here, 'usage.mjs'), vitest, ...parameters];
    const env = { PATH, HOME, NO_COLOR: '1', USAGE_FILE: usage, ...settings };
    const { status } = spawnSync(process.execPath, command, { cwd: folder, env, stdio: 'ignore' });
    // 1: a list that is wrong.
    if (status !== 0 && status !== 1) throw new Error(`a run of the bench ended with ${status}`);
    return JSON.parse(readFileSync(usage, 'utf8')) as Usage;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
