import { describe, expect, test } from 'vitest';
import { matchesId } from '../harness/contract.ts';
import { faults } from '../reference/faults/all.ts';
import { requirements } from '../suites/requirements.ts';
import { idsWith, judgeAll, observeFault } from './observe-fault.ts';

const ids = requirements.map(({ id }) => id);

describe('every fault fails exactly the requirements that it declares', () => {
  for (const fault of faults) {
    test.concurrent(`${fault.name}: ${fault.describes}`, async () => {
      const verdicts = judgeAll(await observeFault(fault));
      expect(idsWith('broken', verdicts)).toEqual([]);
      expect(idsWith('fail', verdicts)).toEqual(declared(fault.fails));
    });
  }
});

/** The ids that a fault's patterns stand for; a pattern that stands for none is a mistake. */
function declared(patterns: readonly string[]): readonly string[] {
  for (const pattern of patterns) {
    if (!ids.some((id) => matchesId(pattern, id)))
      throw new Error(`the fault declares ${pattern}, which no requirement is`);
  }
  return ids.filter((id) => patterns.some((pattern) => matchesId(pattern, id)));
}
