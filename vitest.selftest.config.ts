import { defineConfig } from 'vitest/config';
import { MatrixReporter } from './proofs/matrix-reporter.ts';
import { ProgressReporter } from './proofs/progress-reporter.ts';

export default defineConfig({
  test: {
    include: ['proofs/**/*.test.ts'],
    reporters: [['default', { summary: true }], new ProgressReporter(), new MatrixReporter()],
    pool: 'threads',
    isolate: false,
    // The wire proofs mostly wait.
    maxWorkers: 3,
    // A whole run of the suite on a busy machine; no proof is about time.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
