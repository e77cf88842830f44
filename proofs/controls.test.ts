import { describe, expect, test } from 'vitest';
import { readTarget } from '../harness/configuration/configuration.ts';
import { createClient } from '../harness/http/client.ts';
import { createApi } from '../reference/api.ts';
import { controls, wireControls } from '../reference/controls/controls.ts';
import { serve } from '../reference/server.ts';
import { failureSummary } from './failure-summary.ts';
import { credentials, freshWorld, idsWith, judgeAll, observeApi, observeWith, settings } from './observe-fault.ts';

describe('an unusual target that conforms fails nothing', () => {
  for (const { name, describes, wrap } of controls) {
    test(`${name}: ${describes}`, async () => {
      const world = freshWorld();
      const observations = await observeApi(wrap(createApi(world), world));
      const verdicts = judgeAll(observations);
      expect(idsWith('broken', verdicts)).toEqual([]);
      expect(failureSummary(verdicts)).toBe('');
    });
  }
});

describe('an unusual way to the wire that conforms fails nothing', () => {
  for (const { name, describes, respond } of wireControls) {
    // They mostly wait.
    test.concurrent(`${name}: ${describes}`, async () => {
      const { url, close } = await serve(createApi(freshWorld()), { respond });
      const target = readTarget(url);
      const client = createClient({
        ...target,
        credentials,
        timeoutMilliseconds: 10_000,
        bodyLimit: settings.bodyLimit,
      });
      try {
        const verdicts = judgeAll(await observeWith(client.transport, { ...settings, origin: target.origin }));
        expect(failureSummary(verdicts)).toBe('');
      } finally {
        await client.close();
        await close();
      }
    });
  }
});
