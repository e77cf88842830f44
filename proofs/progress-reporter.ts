import type { Reporter, TestSpecification } from 'vitest/node';

/** After so many proofs, a line tells how far the run is. */
const stride = 250;

/** A progress line for where no terminal shows vitest's own. */
export class ProgressReporter implements Reporter {
  private files = 0;
  private filesDone = 0;
  private done = 0;

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    this.files = specifications.length;
  }

  onTestCaseResult(): void {
    this.done += 1;
    if (this.done % stride > 0 || process.stdout.isTTY) return;
    process.stdout.write(`selftest: ${this.done} proofs so far, ${this.filesDone} of ${this.files} files done\n`);
  }

  onTestModuleEnd(): void {
    this.filesDone += 1;
  }
}
