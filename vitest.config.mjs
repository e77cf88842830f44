import { defineConfig } from 'vitest/config';
import { bundle } from './build.mjs';

/** The console's text on a run is written where no other reporter is asked for (commands/run/tell.ts). */
const conformance = {
  name: 'conformance',
  // vitest itself would end with 1 here, without a word.
  onTestRunEnd(modules) {
    if (modules.length > 0) return;
    process.stderr.write("no file is named like that: npm test -- -t 'envelope' runs requirements by name (exit 2)\n");
    process.exit(2);
  },
};

export default defineConfig({
  test: {
    include: ['suites/conformance.test.ts'],
    globalSetup: [await bundle('commands/run/setup.ts')],
    reporters: [conformance],
    // One file that has nothing to wait for: a worker in this process is the fastest.
    pool: 'threads',
    isolate: false,
    maxWorkers: 1,
    testTimeout: 0,
    hookTimeout: 0,
  },
});
