import type { Observation } from '../answers/observation.ts';
import type { AnswerTally } from '../judging/answer-tally.ts';
import { type Observations, saysNothing, whyNothing } from '../judging/observations.ts';
import { blockedBy, type Nothing, silent, verdictOf, withoutAnswers } from '../judging/tally.ts';
import type { Verdict } from '../judging/verdict.ts';
import { againKey, type Probe } from '../probes/probe.ts';
import { type Compared, type Comparison, compareWithLists } from './living-inventory.ts';

/** Which members a probe's answer is compared by. */
type ComparedOf = (probe: Probe) => Compared;

/** Exactly the names that a probe asked for; where it asked for the list as it is, all members, and none is surplus. */
export const exactly: ComparedOf = ({ asks }) => {
  const names = asks.kind === 'list' ? asks.names : null;
  return names === null ? { names: 'all', exact: false } : { names, exact: true };
};

/** The probes whose answers depart only in a way that a busy target explains: clause `living-inventory`. */
export function probesToAskAgain(
  observations: Observations,
  probes: readonly Probe[],
  comparedOf: ComparedOf,
): readonly Probe[] {
  return probes.filter((probe) => {
    if (observations.of(againKey(probe.key))) return false;
    const comparison = compareAnswer(observations, probe.key, comparedOf(probe));
    return comparison?.kind === 'departs' && comparison.again;
  });
}

/**
 * The verdict on the answers of some probes, each held to the full lists around it.
 * @param beside tallies of further answers, which have no elements to compare
 */
export function judgeProbes(
  observations: Observations,
  probes: readonly Probe[],
  comparedOf: ComparedOf,
  beside: readonly AnswerTally[] = [],
): Verdict {
  let nothing: Nothing = { reason: observations.stopped ?? 'it was not asked' };
  let leftOut = 0;
  const tallies = probes.map((probe): AnswerTally => {
    const comparison = finalComparison(observations, probe, comparedOf(probe));
    if (comparison?.kind === 'nothing') nothing = comparison.nothing;
    if (comparison?.kind === 'equal') leftOut = Math.max(leftOut, comparison.leftOut);
    return comparison ? comparisonTally(comparison) : silent;
  });
  const notes = leftOut > 0 ? [`${leftOut} elements left out: they came, went or changed meanwhile`] : [];
  return verdictOf([...beside, ...tallies], 'elements', withoutAnswers(observations, nothing), notes, leftOut);
}

/**
 * The comparison that counts: the second one where the probe was asked again. A first departure stands where no busy
 * target explains it.
 */
function finalComparison(observations: Observations, probe: Probe, compared: Compared): Comparison | undefined {
  const first = compareAnswer(observations, probe.key, compared);
  if (first?.kind === 'departs' && !first.again) return first;
  return compareAnswer(observations, againKey(probe.key), compared) ?? first;
}

/** The comparison of one probe's answer with the full lists around it; undefined where it was not asked. */
export function compareProbe(observations: Observations, probe: Probe): Comparison | undefined {
  return compareAnswer(observations, probe.key, exactly(probe));
}

function compareAnswer(observations: Observations, key: string, compared: Compared): Comparison | undefined {
  const observation: Observation | undefined = observations.of(key);
  if (!observation) return undefined;
  if (saysNothing(observation)) return { kind: 'nothing', nothing: { reason: whyNothing([observation], null) } };
  return compareWithLists(observations, observation, compared);
}

function comparisonTally(comparison: Comparison): AnswerTally {
  switch (comparison.kind) {
    case 'equal':
      return { judged: comparison.elements };
    case 'departs':
      return { judged: comparison.of, departures: comparison.departures };
    case 'blocked':
      return blockedBy(comparison.by);
    case 'nothing':
      return silent;
  }
}
