import type { Reporter, TestModule } from 'vitest/node';
import { faults } from '../reference/faults/all.ts';
import { requirements } from '../suites/requirements.ts';
import { gapsOf, type KillMatrix } from './kill-matrix.ts';

/** Computes the kill matrix from a whole run of the proofs, and fails the run where it has a gap. */
export class MatrixReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const matrix: KillMatrix = tests.flatMap((test) => test.meta().kill ?? []);
    if (matrix.length === 0) return;
    if (matrix.length < faults.length) {
      // A part of the proofs, or one that failed, shows no whole matrix.
      process.stdout.write(`kill matrix: ${matrix.length} of ${faults.length} faults proven, not complete\n`);
      return;
    }
    const gaps = gapsOf(
      matrix,
      requirements.map(({ id }) => id),
    );
    const kills = matrix.reduce((sum, { failed }) => sum + failed.length, 0);
    process.stdout.write(`kill matrix: ${requirements.length} requirements, ${matrix.length} faults, ${kills} kills\n`);
    for (const gap of gaps) process.stderr.write(`kill matrix: ${gap}\n`);
    if (gaps.length === 0) return;
    process.stderr.write('kill matrix: what a requirement needs stands in docs/adding-a-requirement.md\n');
    process.exitCode = 1;
  }
}
