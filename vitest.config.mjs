import { defineConfig } from 'vitest/config';
import { bundle } from './build.mjs';

export default defineConfig({
  test: {
    include: ['suites/conformance.test.ts'],
    globalSetup: [await bundle('commands/run/setup.ts')],
    // What the run says on the console is told where no other reporter is asked for.
    reporters: [{ name: 'conformance' }],
    // One file that has nothing to wait for: a worker in this process is the fastest.
    pool: 'threads',
    isolate: false,
    maxWorkers: 1,
    testTimeout: 0,
    hookTimeout: 0,
  },
});
