import { expect, test } from 'vitest';
import { createApi } from '../reference/api.ts';
import { living } from '../reference/controls/living.ts';
import type { Api } from '../reference/http.ts';
import { makeFaker } from '../reference/inventory.ts';
import { ofFirstProject } from '../reference/variants/stored.ts';
import { failureSummary } from './failure-summary.ts';
import { freshWorld, idsWith, judgeAll, observeApi } from './observe-fault.ts';

const seeds = Array.from({ length: 200 }, (_, index) => index + 1);

test.for(seeds)('no false alarm while the inventory changes at random, seed %i', async (seed) => {
  const world = freshWorld();
  const { wrap } = living(seed);
  expect(failureSummary(judgeAll(await observeApi(wrap(createApi(world), world))))).toBe('');
});

// Where equal requests are compared with each other, clause `living-inventory` holds: a status that departs twice is a
// departure.
test.for(seeds.slice(0, 20))(
  'statuses that are others at each read are no change of the inventory, seed %i',
  async (seed) => {
    const world = freshWorld();
    const faker = makeFaker(seed);
    const api = createApi(world);
    const restless: Api = (request) => {
      for (const element of ofFirstProject(world)) element.status = faker.helpers.arrayElement(['ACTIVE', 'DOWN']);
      return api(request);
    };
    const failed = idsWith('fail', judgeAll(await observeApi(restless)));
    const compared = ['consistency.repeatable', 'consistency.parallel'];
    expect(failed.filter((id) => id.startsWith('consistency.') && !compared.includes(id))).toEqual([]);
  },
);
