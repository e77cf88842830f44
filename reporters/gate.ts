import type { Reporter, TestModule } from 'vitest/node';
import { exitCode } from '../harness/judging/gate.ts';
import { collectRun } from './finished-run.ts';

const reasons = {
  0: undefined,
  1: undefined,
  2: 'the suite broke, not the target (exit 2)',
  3: 'nothing was judged, or a MUST has no evidence though REQUIRE_EVIDENCE=1 (exit 3)',
} as const;

/** Turns a finished run into its exit code, whichever other reporters are in use. */
export class GateReporter implements Reporter {
  /** The exit code of the run; 2 until it ends. */
  code: 0 | 1 | 2 | 3 = 2;
  private readonly requireEvidence: boolean;
  private readonly staleFails: boolean;

  /** @param staleFails whether a waiver that matches nothing fails the run */
  constructor(requireEvidence: boolean, staleFails: boolean) {
    this.requireEvidence = requireEvidence;
    this.staleFails = staleFails;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const { results, errors, summary } = collectRun(modules);
    const broken = errors.length > 0 || unhandled.length > 0;
    const stale = this.staleFails && (summary?.staleWaivers.length ?? 0) > 0;
    this.code = broken ? 2 : exitCode(results, { requireEvidence: this.requireEvidence, stale });
    const reason = reasons[this.code];
    if (reason !== undefined) process.stderr.write(`${reason}\n`);
  }
}
