import type { Reporter, TestModule } from 'vitest/node';
import type { ExitCode } from '../../harness/gating/gate.ts';
import type { FinishedRun } from '../../harness/results/finished-run.ts';
import { consoleText } from '../../reporters/console.ts';
import { writeReports } from '../../reporters/report-files.ts';

const reasons: Readonly<Record<ExitCode, string | undefined>> = {
  0: undefined,
  1: undefined,
  2: 'the suite broke, not the target (exit 2)',
  3: 'nothing was judged, or a MUST has no evidence though REQUIRE_EVIDENCE=1 (exit 3)',
};

/** What the reporter is told. */
export type RunReporterOptions = {
  run: FinishedRun;
  /** Whether the console is this reporter's own: another one may want it for itself. */
  tellsConsole: boolean;
  environment: NodeJS.ProcessEnv;
};

/** Tells a finished run: on the console, in files, by its exit code. */
export class RunReporter implements Reporter {
  /** The exit code of the run; 2 until it ends. */
  code: ExitCode = 2;
  private readonly options: RunReporterOptions;

  constructor(options: RunReporterOptions) {
    this.options = options;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const { run, tellsConsole, environment } = this.options;
    const errors = [...run.errors, ...modules.flatMap((module) => module.errors().map(({ message }) => message))];
    const isBroken = errors.length > 0 || unhandled.length > 0;
    this.code = isBroken ? 2 : (run.report?.outcome.exitCode ?? 2);
    const report = run.report && { ...run.report, outcome: { ...run.report.outcome, exitCode: this.code } };
    if (report && tellsConsole) process.stdout.write(`${consoleText(report)}\n`);
    for (const error of errors) process.stderr.write(`the suite broke: ${error}\n`);
    const reason = reasons[this.code];
    if (reason !== undefined) process.stderr.write(`${reason}\n`);
    if (report) writeReports(report, environment);
  }
}
