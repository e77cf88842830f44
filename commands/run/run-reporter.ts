import type { Reporter, TestModule } from 'vitest/node';
import { exitCode } from '../../harness/gating/gate.ts';
import type { FinishedRun } from '../../harness/results/finished-run.ts';
import { consoleText } from '../../reporters/console.ts';
import { writeReports } from '../../reporters/report-files.ts';

const reasons = {
  0: undefined,
  1: undefined,
  2: 'the suite broke, not the target (exit 2)',
  3: 'nothing was judged, or a MUST has no evidence though REQUIRE_EVIDENCE=1 (exit 3)',
} as const;

/** What the reporter is told. */
export type RunReporterOptions = {
  run: FinishedRun;
  requireEvidence: boolean;
  /** Whether a waiver that matches nothing fails the run. */
  staleFails: boolean;
  /** Whether the console is this reporter's own: another one may want it for itself. */
  tellsConsole: boolean;
  environment: NodeJS.ProcessEnv;
};

/** Tells a finished run: on the console, in files, by its exit code. */
export class RunReporter implements Reporter {
  /** The exit code of the run; 2 until it ends. */
  code: 0 | 1 | 2 | 3 = 2;
  private readonly options: RunReporterOptions;

  constructor(options: RunReporterOptions) {
    this.options = options;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const { run, requireEvidence, staleFails, tellsConsole, environment } = this.options;
    const { results, summary } = run;
    const errors = [...run.errors, ...modules.flatMap((module) => module.errors().map(({ message }) => message))];
    const isBroken = errors.length > 0 || unhandled.length > 0;
    const stale = staleFails && (summary?.staleWaivers.length ?? 0) > 0;
    this.code = isBroken ? 2 : exitCode(results, { requireEvidence, stale });
    if (summary && tellsConsole) process.stdout.write(`${consoleText(run, summary)}\n`);
    for (const error of errors) process.stderr.write(`the suite broke: ${error}\n`);
    const reason = reasons[this.code];
    if (reason !== undefined) process.stderr.write(`${reason}\n`);
    if (summary) writeReports(run, summary, this.code, environment);
  }
}
