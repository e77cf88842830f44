import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readReport } from '../../harness/results/read-report.ts';
import { type Judged, judgedIn } from '../verdicts.ts';
import type { Run } from './runs.ts';
import { knownConnectionsFile } from './seed.ts';

/** Where the project is. */
const project = join(import.meta.dirname, '..', '..');

/**
 * Runs the suite as its users do, from a directory of its own, so that nobody's .env file and results are touched.
 * @param directory where the run's directory is made
 * @returns the verdicts, and the ids of requests that failures name and that are not in the target's log
 * @throws Error with the end of its output, where the run did not come to verdicts
 */
export async function runSuite(
  run: Run,
  directory: string,
): Promise<{ judged: readonly Judged[]; lost: readonly string[] }> {
  const own = join(directory, run.name);
  mkdirSync(own, { mode: 0o700 });
  const known = join(own, 'known.yaml');
  if (run.known.length > 0) writeFileSync(known, knownConnectionsFile(run.known));
  const output = join(own, 'output.log');
  const code = await ended(
    spawn(process.execPath, [join(project, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--root', project], {
      cwd: own,
      stdio: ['ignore', openSync(output, 'w'), openSync(output, 'a')],
      // Nothing of the caller's settings: proxies and clouds are for other targets.
      env: {
        PATH: process.env.PATH,
        ...run.environment,
        ...(run.known.length > 0 ? { KNOWN_CONNECTIONS: known } : {}),
      },
    }),
  );
  if (!comparable.has(code)) {
    const end = readFileSync(output, 'utf8').split('\n').slice(-20).join('\n');
    throw new Error(`${run.name}: the suite ended with ${code}\n${end}`);
  }
  const report = readReport(join(own, 'results', 'conformance.json'));
  const log = run.log === null ? null : readFileSync(join(directory, 'log', run.log), 'utf8');
  const named = report.requirements.flatMap(({ departures }) => departures?.places ?? []);
  const lost = named.flatMap(({ requestId = 'none' }) => (log === null || log.includes(requestId) ? [] : [requestId]));
  return { judged: judgedIn(report), lost };
}

/** Conforms, a violation, something inconclusive: each with verdicts. */
const comparable: ReadonlySet<number | null> = new Set([0, 1, 3]);

function ended(child: ReturnType<typeof spawn>): Promise<number | null> {
  return new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
}
