import type { Reporter, TestModule } from 'vitest/node';
import type { ExitCode } from '../../harness/gating/gate.ts';
import { AllureReporter } from '../../reporters/allure.ts';
import { writeExecutor } from '../../reporters/allure-executor.ts';
import type { Performed } from './perform.ts';
import { tell } from './tell.ts';

/** The input of the reporter. */
export type RunReporterOptions = {
  performed: Performed;
  /** Whether the console is this reporter's own: another one may want it for itself. */
  tellsConsole: boolean;
  environment: NodeJS.ProcessEnv;
};

/** Tells a performed run when vitest has told its tests: on the console, in files, by its exit code. */
export class RunReporter implements Reporter {
  /** The exit code of the run; 2 until it ends. */
  code: ExitCode = 2;
  private readonly options: RunReporterOptions;

  constructor(options: RunReporterOptions) {
    this.options = options;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const { performed, tellsConsole, environment } = this.options;
    const own = modules.flatMap((module) => module.errors().map(({ message }) => message));
    this.code = tell(performed, {
      tellsConsole,
      environment,
      errors: [...own, ...unhandled.map((error) => String((error as Error)?.message ?? error))],
      writeAllure(folder) {
        new AllureReporter(folder, performed.surroundings, performed.run).onTestRunEnd(modules);
        writeExecutor(folder, environment);
      },
    });
  }
}
