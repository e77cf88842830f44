import { defineConfig } from 'vitest/config';
import { MatrixReporter } from './proofs/matrix-reporter.ts';

export default defineConfig({
  test: {
    include: ['proofs/**/*.test.ts'],
    reporters: [['default', { summary: true }], new MatrixReporter()],
    pool: 'threads',
    isolate: false,
    // The wire proofs mostly wait.
    maxWorkers: 3,
    testTimeout: 60_000,
  },
});
