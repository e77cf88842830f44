import { defineConfig } from 'vitest/config';
import { ConsoleReporter } from './reporters/console.ts';

export default defineConfig({
  test: {
    include: ['suites/conformance.test.ts'],
    globalSetup: ['suites/global-setup.ts'],
    reporters: [new ConsoleReporter()],
    // One file that observes once: a worker in this process is the fastest.
    pool: 'threads',
    isolate: false,
    maxWorkers: 1,
    // The client is the only limiter.
    testTimeout: 0,
    hookTimeout: 0,
  },
});
