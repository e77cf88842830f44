import type { FinishedRun } from '../results/finished-run.ts';
import { judgeRun } from './judge-run.ts';
import { observeRun } from './observe-run.ts';
import { probesOfOthers } from './other-editions.ts';
import type { RunOptions } from './run-options.ts';

/** A run as a whole: observes the target, judges what was observed, and makes of it what may be shown. */
export async function runConformance(options: RunOptions): Promise<FinishedRun> {
  const { requirements, contract, configuration, target, progress, others = [] } = options;
  const startedAt = Date.now();
  const observed = await observeRun(requirements, contract, configuration, target, {
    progress,
    more: (settings) => probesOfOthers(requirements, others, settings),
  });
  return judgeRun(observed, startedAt, options);
}
