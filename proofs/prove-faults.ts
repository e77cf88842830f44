import { expect, test } from 'vitest';
import { matchesId } from '../harness/base/matches-id.ts';
import { judge } from '../harness/judging/judge.ts';
import type { Verdict } from '../harness/judging/verdict.ts';
import type { Fault } from '../reference/faults/fault.ts';
import { requirements } from '../suites/requirements.ts';
import { idsWith, judgeAll, observeFault } from './observe-fault.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** The requirements that failed for a fault: one column of the kill matrix. */
    kill?: { fault: string; failed: readonly string[] };
  }
}

const ids = requirements.map(({ id }) => id);
const hollowed = new Set<string>();

/**
 * A test for each fault: it fails exactly the requirements that it declares. In passing, each of these requirements is
 * made hollow once: with a judge that always passes, the same comparison must find the difference.
 * @param prove test.concurrent for faults that mostly wait
 */
export function proveFaults(faults: readonly Fault[], prove: typeof test | typeof test.concurrent = test): void {
  for (const fault of faults) {
    prove(`${fault.name}: ${fault.describes}`, async ({ task }) => {
      const observations = await observeFault(fault);
      const verdicts = judgeAll(observations);
      const found = differences(fault, verdicts);
      if (found.length > 0) expect.fail(`${fault.name}\n${found.join('\n')}`);
      task.meta.kill = { fault: fault.name, failed: idsWith('fail', verdicts) };
      for (const requirement of requirements) {
        if (hollowed.has(requirement.id) || verdicts.get(requirement.id)?.kind !== 'fail') continue;
        hollowed.add(requirement.id);
        const hollow = { ...requirement, judge: (): Verdict => hollowPass };
        const judged = new Map(verdicts).set(requirement.id, judge(hollow, observations));
        expect(differences(fault, judged)).toEqual([`${requirement.id} is declared, and does not fail`]);
      }
    });
  }
}

const hollowPass: Verdict = { kind: 'pass', evidence: { judged: 1, of: 'answers', answers: 1, leftOut: 0, notes: [] } };

/** How a fault's verdicts depart from what it declares, a line each. */
export function differences(fault: Fault, verdicts: ReadonlyMap<string, Verdict>): readonly string[] {
  const failed = idsWith('fail', verdicts);
  const declared = idsOf(fault.fails);
  return [
    ...idsWith('broken', verdicts).map((id) => `${id} broke`),
    ...failed.filter((id) => !declared.has(id)).map((id) => `${id} fails, undeclared`),
    ...[...declared].filter((id) => !failed.includes(id)).map((id) => `${id} is declared, and does not fail`),
  ];
}

/** The ids that a fault's patterns stand for; a pattern that stands for none is a mistake. */
export function idsOf(patterns: readonly string[]): ReadonlySet<string> {
  const lost = patterns.find((pattern) => !ids.some((id) => matchesId(pattern, id)));
  if (lost !== undefined) throw new Error(`the fault declares ${lost}, which no requirement is`);
  return new Set(ids.filter((id) => patterns.some((pattern) => matchesId(pattern, id))));
}
