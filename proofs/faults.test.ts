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
      const failed = idsWith('fail', verdicts);
      const declared = idsOf(fault.fails);
      const differences = [
        ...idsWith('broken', verdicts).map((id) => `${id} broke`),
        ...failed.filter((id) => !declared.has(id)).map((id) => `${id} fails, undeclared`),
        ...[...declared].filter((id) => !failed.includes(id)).map((id) => `${id} is declared, and does not fail`),
      ];
      if (differences.length > 0) expect.fail(`${fault.name}\n${differences.join('\n')}`);
    });
  }
});

/** The ids that a fault's patterns stand for; a pattern that stands for none is a mistake. */
function idsOf(patterns: readonly string[]): ReadonlySet<string> {
  const lost = patterns.find((pattern) => !ids.some((id) => matchesId(pattern, id)));
  if (lost !== undefined) throw new Error(`the fault declares ${lost}, which no requirement is`);
  return new Set(ids.filter((id) => patterns.some((pattern) => matchesId(pattern, id))));
}
