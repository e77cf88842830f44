import type { Configuration, Target } from '../configuration/configuration.ts';
import type { Contract } from '../contract/contract.ts';
import type { Waiver } from '../gating/waivers.ts';
import type { Requirement } from '../judging/requirement.ts';
import type { FinishedRun } from '../results/finished-run.ts';
import type { ConformanceReport } from '../results/report.ts';
import { judgeRun } from './judge-run.ts';
import { observeRun } from './observe-run.ts';
import { type EditionRequirements, probesOfOthers } from './other-editions.ts';
import type { ProgressListener } from './progress.ts';

/** The input of a run: requirements, configuration, target. */
export type RunOptions = {
  /** Those that run. */
  requirements: readonly Requirement[];
  contract: Contract;
  configuration: Configuration;
  target: Target;
  kind: ConformanceReport['target']['kind'];
  waivers: readonly Waiver[];
  suite: ConformanceReport['suite'];
  /** How many requirements there are, of which some may run. */
  catalogue: number;
  progress?: ProgressListener;
  /** The other editions, where the target's standing with them is wanted too. */
  others?: readonly EditionRequirements[];
  /** The command that tests a target; `npm test --` where nothing else is said. */
  program?: string;
};

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
