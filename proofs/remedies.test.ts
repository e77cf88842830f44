import { expect, test } from 'vitest';
import { editions } from '../harness/contract/editions.ts';
import { requirementsOf } from '../suites/requirements.ts';
import { remedies, remedyOf } from './remedies.ts';

test('each remedy is that of a requirement', () => {
  const used = new Set(editions.flatMap(requirementsOf).map(({ id }) => remedyOf(id)));
  expect(remedies.map(([, remedy]) => remedy).filter((remedy) => !used.has(remedy))).toEqual([]);
});
