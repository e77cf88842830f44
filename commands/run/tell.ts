import type { ExitCode } from '../../harness/gating/gate.ts';
import { consoleText } from '../../reporters/console.ts';
import { writeReports } from '../../reporters/report-files.ts';
import { codeOf } from './output.ts';
import type { Performed } from './perform.ts';

/** How a performed run is told. */
export type TellOptions = {
  /** Whether the console is ours: another reporter may want it for itself. */
  tellsConsole: boolean;
  environment: NodeJS.ProcessEnv;
  /** Errors while the run was reported to a test runner. */
  errors: readonly string[];
  /** Writes Allure's results into a folder. */
  writeAllure(folder: string): void;
};

/**
 * Tells a performed run: on the console, in files, by its exit code. A run that cannot leave its reports ends with 2.
 * @returns the exit code
 */
export function tell({ run, output }: Performed, options: TellOptions): ExitCode {
  const errors = [...run.errors, ...options.errors];
  const code = errors.length > 0 ? 2 : (run.report?.outcome.exitCode ?? 2);
  const report = run.report && { ...run.report, outcome: { ...run.report.outcome, exitCode: code } };
  try {
    options.writeAllure(output.stagedAllure);
    output.publishAllure();
    if (report) writeReports(report, output.places, options.environment);
  } catch (error) {
    if (report && options.tellsConsole) process.stdout.write(`${consoleText(report, null)}\n`);
    process.stderr.write(`the reports cannot be written: ${reasonOf(error)} (exit 2)\n`);
    return 2;
  } finally {
    output.release();
  }
  if (report && options.tellsConsole) process.stdout.write(`${consoleText(report, output.places)}\n`);
  for (const error of errors) process.stderr.write(`the suite broke: ${error}\n`);
  if (errors.length > 0) process.stderr.write('the suite broke, not the target (exit 2)\n');
  return code;
}

function reasonOf(error: unknown): string {
  const { path } = error as NodeJS.ErrnoException;
  return path === undefined ? codeOf(error) : `${path} (${codeOf(error)})`;
}
