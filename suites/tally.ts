import { type Grouping, groupDepartures, mergeGroupings } from '../harness/departure-groups.ts';
import type { Observations } from '../harness/observations.ts';
import type { Reading } from '../harness/reading.ts';
import { keptPlaces, type Verdict, type Violation } from '../harness/verdict.ts';

/** What one answer says about one requirement. */
export type AnswerTally = {
  /** How much of it could be judged, and how much of that departs. */
  judged: number;
  failed: number;
  /** Its departures; only the first few where `grouping` has them all. */
  violations: readonly Violation[];
  grouping?: Grouping;
  distinct?: readonly { value: unknown; count: number }[];
  /** How much could not be judged, by the id of the requirement whose failure is the reason. */
  blocked?: ReadonlyMap<string, number>;
};

/** What to say when nothing could be judged, and nothing else blocked it. */
export type Nothing = { reason: string; remedy?: string };

/** A tally of an answer that is judged as a whole. */
export const conforms: AnswerTally = { judged: 1, failed: 0, violations: [] };
export const departs = (violation: Violation): AnswerTally => ({ judged: 1, failed: 1, violations: [violation] });
export const blockedBy = (id: string): AnswerTally => ({
  judged: 0,
  failed: 0,
  violations: [],
  blocked: new Map([[id, 1]]),
});
/** Nothing in this answer is judged, and nothing is to blame. */
export const silent: AnswerTally = { judged: 0, failed: 0, violations: [] };

/**
 * Adds the tallies of all answers up to a verdict: one departure fails; nothing judged is inconclusive, never passed
 * (clause 14).
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
  const failing = judging.filter((tally) => tally.failed > 0);
  const blockers = countBlockers(tallies);
  const evidence = {
    judged: Math.max(0, ...judging.map((tally) => tally.judged)),
    of,
    answers: judging.length,
    leftOut,
    notes: [...notes, ...[...blockers].map(([id, count]) => `${count} not judged: blocked by ${id}`)],
  };
  const [first] = failing;
  if (first) {
    const departures = {
      violations: first.violations.slice(0, keptPlaces),
      count: first.failed,
      of: first.judged,
      answers: failing.length,
      distinct: first.distinct ?? [],
      all: mergeGroupings(failing.map(({ grouping, violations }) => grouping ?? groupDepartures(violations))),
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
  judge: (reading: Reading) => AnswerTally,
): Verdict {
  return verdictOf(observations.lists.map(judge), of, withoutAnswers(observations, nothing));
}

/** Where no list answer could be judged at all, that is the reason, whatever else could be said. */
export function withoutAnswers({ unjudged }: Observations, nothing: Nothing): Nothing {
  return unjudged === null ? nothing : { reason: unjudged };
}

function countBlockers(tallies: readonly AnswerTally[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { blocked } of tallies) {
    if (blocked) for (const [id, count] of blocked) counts.set(id, (counts.get(id) ?? 0) + count);
  }
  return counts;
}
