import type { Configuration, Target } from '../configuration/configuration.ts';
import type { Contract } from '../contract/contract.ts';
import type { Waiver } from '../gating/waivers.ts';
import type { Requirement } from '../judging/requirement.ts';
import type { ConformanceReport } from '../results/report.ts';
import type { EditionRequirements } from './other-editions.ts';
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
