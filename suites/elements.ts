import type { Observations } from '../harness/observations.ts';
import { pointer } from '../harness/pointer.ts';
import { isObject, wrapper } from '../harness/reading.ts';
import type { Actual, Verdict, Violation } from '../harness/verdict.ts';
import { blockerOfElements } from './envelope.ts';
import { blockedBy, type Nothing, overLists } from './tally.ts';

/** What one element says about a rule that relates its members. */
export type ElementJudgement =
  | 'conforms'
  | 'silent'
  | { at: readonly string[]; expected: string; actual: Actual; hint?: string };

/** The verdict of a rule that relates the members of one element, over every element of every list answer. */
export function overElements(
  observations: Observations,
  nothing: Nothing,
  judge: (element: Record<string, unknown>) => ElementJudgement,
): Verdict {
  return overLists(observations, 'elements', nothing, (reading) => {
    const blocker = blockerOfElements(reading);
    if (blocker !== undefined) return blockedBy(blocker);
    let judged = 0;
    const violations: Violation[] = [];
    (reading.elements ?? []).forEach((element, index) => {
      const judgement = isObject(element) ? judge(element) : 'silent';
      if (judgement === 'silent') return;
      judged += 1;
      if (judgement === 'conforms') return;
      const { at, ...departure } = judgement;
      violations.push({ observation: reading.observation, pointer: pointer([wrapper, index, ...at]), ...departure });
    });
    return { judged, failed: violations.length, violations };
  });
}
