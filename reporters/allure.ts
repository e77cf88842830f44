import AllureVitestReporter from 'allure-vitest/reporter';
import type { TestModule } from 'vitest/node';
import type { FinishedRun } from '../harness/results/finished-run.ts';
import { AllureResults } from './allure-results.ts';

/** allure-vitest, with each test told from its result. */
export class AllureReporter extends AllureVitestReporter {
  private readonly results: AllureResults;

  /** @param resultsDir the folder that the results are written to */
  constructor(resultsDir: string, environmentInfo: Record<string, string>, run: FinishedRun) {
    super({ resultsDir });
    this.results = new AllureResults(resultsDir, environmentInfo, run);
    // In place of onInit, which would load Allure's runtime into the tests, and writes files of its own.
    Object.assign(this, { allureReporterRuntime: this.results.runtime });
  }

  override onTestRunEnd(modules: readonly TestModule[]): void {
    this.results.addErrors(modules.flatMap((module) => module.errors().map(({ message }) => message)));
    super.onTestRunEnd([...modules]);
    this.results.finish();
  }
}
