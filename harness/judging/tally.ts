import type { Observation } from '../answers/observation.ts';
import type { AnswerTally } from './answer-tally.ts';
import { type Collection, collect, emptyCollection, mergeCollections } from './departure-groups.ts';
import type { Observations } from './observations.ts';
import type { Verdict, Violation } from './verdict.ts';

/** The reason to give when nothing could be judged, and nothing else blocked it. */
export type Nothing = { reason: string; remedy?: string };

/** A tally of an answer that is judged as a whole. */
export const conforms: AnswerTally = { judged: 1 };
export const departs = (violation: Violation): AnswerTally => {
  const departures = emptyCollection();
  collect(departures, violation);
  return { judged: 1, departures };
};
export const blockedBy = (id: string): AnswerTally => ({ judged: 0, blocked: new Map([[id, 1]]) });
/** Nothing in this answer is judged, and nothing is to blame. */
export const silent: AnswerTally = { judged: 0 };

/** Whether an answer departs. */
export function isDeparting({ departures }: AnswerTally): boolean {
  return departures !== undefined && departures.count > 0;
}

/**
 * Adds the tallies of all answers up to a verdict: one departure fails; nothing judged is inconclusive, never passed
 * (clause `vacuity`).
 * @param of what is counted, in the plural
 */
export function verdictOf(
  tallies: readonly AnswerTally[],
  of: string,
  nothing: Nothing,
  notes: readonly string[] = [],
  leftOut = 0,
): Verdict {
  const judging = tallies.filter((tally) => tally.judged > 0);
  const failing = judging.filter(isDeparting);
  const blockers = countBlockers(tallies);
  const evidence = {
    judged: judging.reduce((most, { judged }) => Math.max(most, judged), 0),
    of,
    answers: judging.length,
    leftOut,
    notes: [...notes, ...[...blockers].map(([id, count]) => `${count} not judged: blocked by ${id}`)],
  };
  const [first] = failing;
  if (first) {
    const { violations, count } = first.departures as Collection;
    const departures = {
      violations,
      count,
      of: first.judged,
      answers: failing.length,
      distinct: first.distinct ?? [],
      all: mergeCollections(countEqual(failing.map((tally) => tally.departures as Collection))),
    };
    return { kind: 'fail', departures, evidence };
  }
  if (judging.length > 0) return { kind: 'pass', evidence };
  if (blockers.size > 0) return { kind: 'inconclusive', reason: `blocked by ${[...blockers.keys()].join(', ')}` };
  return { kind: 'inconclusive', ...nothing };
}

/** The verdict over the answers to all defined list requests. */
export function overLists(
  observations: Observations,
  of: string,
  nothing: Nothing,
  judge: (observation: Observation) => AnswerTally,
): Verdict {
  return verdictOf(observations.lists.map(judge), of, withoutAnswers(observations, nothing));
}

/** Where no list answer could be judged at all, that is the reason, whatever else could be said. */
export function withoutAnswers({ unjudged }: Observations, nothing: Nothing): Nothing {
  return unjudged === null ? nothing : { reason: unjudged };
}

/** How often each of some things is there. */
function countEqual<Item>(items: readonly Item[]): ReadonlyMap<Item, number> {
  const counts = new Map<Item, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

function countBlockers(tallies: readonly AnswerTally[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { blocked } of tallies) {
    if (blocked) for (const [id, count] of blocked) counts.set(id, (counts.get(id) ?? 0) + count);
  }
  return counts;
}
