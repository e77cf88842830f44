import { defineConfig } from 'vitest/config';

// What any run of vitest costs that Allure is told of: the same pool as the suite's own.
export default defineConfig({
  test: {
    include: ['proofs/bench/empty/nothing.ts'],
    setupFiles: ['allure-vitest/setup'],
    reporters: ['default', 'allure-vitest/reporter'],
    pool: 'threads',
    isolate: false,
    maxWorkers: 1,
  },
});
