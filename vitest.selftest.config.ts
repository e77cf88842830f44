import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['proofs/**/*.test.ts'],
    pool: 'threads',
    maxWorkers: 2,
    testTimeout: 60_000,
  },
});
