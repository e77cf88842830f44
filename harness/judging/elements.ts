import { pointer } from '../base/pointer.ts';
import { wrapper } from '../contract/wrapper.ts';
import type { ListFacts } from '../lists/list-facts.ts';
import type { AnswerTally } from './answer-tally.ts';
import { collect, emptyCollection } from './departure-groups.ts';
import { blockerOfElements } from './frame.ts';
import type { Observations } from './observations.ts';
import { blockedBy, type Nothing, overLists } from './tally.ts';
import type { Actual, Verdict } from './verdict.ts';

/** The judgement on one element by a rule that relates its members. */
export type ElementJudgement =
  | 'conforms'
  | 'silent'
  /** The requirement whose failure is the reason why nothing can be said. */
  | { blockedBy: string }
  | { at: readonly string[]; expected: string; actual: Actual; hint?: string };

/**
 * The verdict of a rule that relates the members of one element, over every element of every list answer.
 * @param paths the members that it relates, like `dpd.timeout`
 * @param judge takes their values in that order, undefined where a member is not there
 */
export function overElements(
  observations: Observations,
  nothing: Nothing,
  paths: readonly string[],
  judge: (...values: readonly unknown[]) => ElementJudgement,
): Verdict {
  const { texts } = observations;
  const known = new Map<ListFacts, AnswerTally>();
  return overLists(observations, 'elements', nothing, (observation) => {
    const { list } = observation.facts;
    const blocker = blockerOfElements(observation);
    if (blocker !== undefined || list === undefined) return blockedBy(blocker ?? 'envelope.wrapper');
    const seen = known.get(list);
    if (seen) return seen;
    const columns = paths.map((path) => list.values.get(path));
    // Of a projection that has none of the members, all elements are alike.
    const ofAll = columns.every((column) => column === undefined) ? judge() : undefined;
    const departures = emptyCollection();
    const blocked = new Map<string, number>();
    let judged = 0;
    for (let index = 0; index < list.length; index += 1) {
      const judgement = ofAll ?? judge(...columns.map((column) => texts.value(column?.[index] ?? 0)));
      if (judgement === 'silent') continue;
      if (typeof judgement === 'object' && 'blockedBy' in judgement) {
        blocked.set(judgement.blockedBy, (blocked.get(judgement.blockedBy) ?? 0) + 1);
        continue;
      }
      judged += 1;
      if (judgement === 'conforms') continue;
      const { at, ...departure } = judgement;
      collect(departures, { observation, pointer: pointer([wrapper, index, ...at]), ...departure });
    }
    const tally = { judged, departures, blocked };
    known.set(list, tally);
    return tally;
  });
}
