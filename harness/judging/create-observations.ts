import type { Observation } from '../answers/observation.ts';
import type { Phase } from '../probes/probe.ts';
import { isListOfObjects } from './frame.ts';
import { isConventionRefused, type Observations, type Seen, saysNothing, whyNothing } from './observations.ts';
import { ordinaryOf } from './ordinary.ts';

/** Makes the judges' view of what was observed. */
export function createObservations(seen: Seen): Observations {
  const { all, stopped } = seen;
  const byKey = new Map(all.map((observation) => [observation.probe.key, observation]));
  const isSpoilt = all.some(isUnrecovered);
  const held = all.filter((observation) => isHeldToAll(observation, isSpoilt));
  const lists = held.filter(({ facts }) => facts.overLimit === undefined);
  const overLimit = held.find(({ facts }) => facts.overLimit !== undefined)?.facts.overLimit?.words;
  const fullLists = lists.filter(
    ({ probe }) => probe.asks.kind === 'list' && probe.asks.names === null && probe.auth.kind === 'first',
  );
  return {
    ...seen,
    of: (key) => byKey.get(key),
    lists,
    unjudged: lists.length > 0 ? null : (stopped ?? overLimit ?? whyNothing(all, stopped)),
    fullLists,
    ordinary: ordinaryOf(lists, fullLists),
  };
}

/**
 * Whether an answer is held to every requirement on lists.
 * @param isSpoilt whether ordinary requests got no list any more after odd input: then later answers are not to blame
 */
function isHeldToAll(observation: Observation, isSpoilt: boolean): boolean {
  const { asks, phase } = observation.probe;
  if (asks.kind !== 'list' || saysNothing(observation) || isConventionRefused(observation)) return false;
  if (isSpoilt && afterOddInput.includes(phase)) return false;
  return !isTokenRefused(observation);
}

/** The phases in which lists are asked for after odd input. */
const afterOddInput: readonly Phase[] = ['odd', 'recovery', 'isolation'];

/**
 * Whether the ordinary request after odd input brought no list: robustness.recovery says so. A list that it brings is
 * held to the contract like any other.
 */
export function isUnrecovered(observation: Observation): boolean {
  const { phase, asks } = observation.probe;
  if (asks.kind !== 'list' || (phase !== 'odd' && phase !== 'recovery')) return false;
  if (saysNothing(observation) || observation.facts.overLimit !== undefined) return false;
  return observation.kind === 'failure' || observation.status !== 200 || !isListOfObjects(observation);
}

/** Whether the second project's token was refused: it may have expired, which is no fault of the target's. */
function isTokenRefused(observation: Observation): boolean {
  if (observation.probe.auth.kind !== 'second' || observation.kind === 'failure') return false;
  return observation.status === 401 || observation.status === 403;
}
