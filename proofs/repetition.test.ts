import { expect, test } from 'vitest';
import { createApi } from '../reference/api.ts';
import { isolation, repeatability } from '../suites/repetition.ts';
import { freshWorld, judgeAll, observeApi } from './observe-fault.ts';

test.for([repeatability, isolation])('$id judges every answer that it asks for, the full lists too', async (own) => {
  const observations = await observeApi(createApi(freshWorld()));
  const verdict = judgeAll(observations, [own]).get(own.id);
  const asked = observations.all.filter(({ probe }) => probe.phase === (own === isolation ? 'parallel' : 'repeats'));
  expect(asked.length).toBeGreaterThanOrEqual(16);
  expect(verdict).toMatchObject({ kind: 'pass', evidence: { answers: 16 } });
});
