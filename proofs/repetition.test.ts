import { expect, test } from 'vitest';
import { createApi } from '../reference/api.ts';
import { consistency } from '../suites/consistency.ts';
import { freshWorld, judgeAll, observeApi } from './observe-fault.ts';

const own = consistency.filter(({ id }) => id === 'consistency.repeatable' || id === 'consistency.parallel');

test.for(own)('$id judges every answer that it asks for, the full lists too', async (requirement) => {
  const observations = await observeApi(createApi(freshWorld()));
  const verdict = judgeAll(observations, [requirement]).get(requirement.id);
  const asked = observations.all.filter(
    ({ probe }) => probe.phase === (requirement.id.endsWith('parallel') ? 'parallel' : 'repeats'),
  );
  expect(asked.length).toBeGreaterThanOrEqual(16);
  expect(verdict).toMatchObject({ kind: 'pass', evidence: { answers: 16 } });
});
