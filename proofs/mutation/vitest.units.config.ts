import { defineConfig } from 'vitest/config';

/** The proofs that run within one process and in seconds: a mutant is not seen by a run that they would start. */
export default defineConfig({
  test: {
    include: [
      'proofs/contract/*.test.ts',
      'proofs/{client,configuration,false-alarms,formats,gate,keystone,leaks,patience,properties}.test.ts',
      'proofs/{recordings,redaction,silence,waivers,clouds-yaml,known-connections,keystone-refusals}.test.ts',
    ],
    testTimeout: 60_000,
  },
});
