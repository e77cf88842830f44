import { expect, test } from 'vitest';
import { createApi } from '../reference/api.ts';
import { living } from '../reference/controls/living.ts';
import { failureSummary } from './failure-summary.ts';
import { freshWorld, judgeAll, observeApi } from './observe-fault.ts';

const seeds = Array.from({ length: 200 }, (_, index) => index + 1);

test.for(seeds)('no false alarm while the inventory changes at random, seed %i', async (seed) => {
  const world = freshWorld();
  const { wrap } = living(seed);
  expect(failureSummary(judgeAll(await observeApi(wrap(createApi(world), world))))).toBe('');
});
