import type { Observation } from '../answers/observation.ts';
import { lastRecovery, recoveries } from '../probes/recoveries.ts';
import { isUnrecovered } from './create-observations.ts';
import type { Observations } from './observations.ts';

/**
 * Whether a request got no answer because the target answers nothing any more, the next ordinary request included:
 * then envelope.status blames that. The first unanswered one of several that were asked one after the other stays
 * suspect: it may be what silenced the target.
 */
export function isSilenced({ all, fullLists }: Observations, observation: Observation): boolean {
  const next = fullLists.find((list) => list.step > observation.step);
  if (observation.kind === 'answer' || next?.kind !== 'failure') return false;
  const isSuspect = !isOneOfSeveral(all, observation) && all[all.indexOf(observation) - 1]?.kind === 'answer';
  return !isSuspect;
}

/** Whether other requests were under way at the same time: any of them may have ended the target. */
export function isOneOfSeveral(all: readonly Observation[], observation: Observation): boolean {
  return all.some((each) => each.step === observation.step && each !== observation);
}

/**
 * Whether the target answers every list request with a refusal, a redirect or an error, and this answer is one of
 * these: envelope.status blames that, whatever this request carried.
 */
export function isOutOfService({ fullLists }: Observations, observation: Observation): boolean {
  const isBrought = (each: Observation) => each.kind === 'failure' || isSuccess(each.status);
  if (fullLists.length === 0 || fullLists.some(isBrought)) return false;
  return observation.kind === 'answer' && !isSuccess(observation.status);
}

/**
 * Whether the target refuses everything since odd input came, and refuses this request alike: robustness.recovery
 * blames that, whatever this request carried.
 */
export function isBanned({ all, of }: Observations, observation: Observation): boolean {
  const isAlike = (each: Observation) => statusOf(each) === statusOf(observation);
  const unrecovered = recoveries.flatMap(({ probe: { key } }) => of(key) ?? []).filter(isUnrecovered);
  if (isOk(observation) || !unrecovered.some(isAlike)) return false;
  const at = all.indexOf(observation);
  const last = unrecovered.find(({ probe }) => probe.key === lastRecovery.key);
  if (last && isAlike(last) && all.indexOf(last) < at) return true;
  // From the odd input on, nothing but the same refusal came.
  const other = all.slice(0, at).findLast((each) => isOdd(each) || !isAlike(each));
  return other !== undefined && isOdd(other);
}

function isOdd({ probe }: Observation): boolean {
  return probe.phase === 'odd' && probe.asks.kind === 'other';
}

function statusOf(observation: Observation): number | null {
  return observation.kind === 'answer' ? observation.status : null;
}

function isOk(observation: Observation): boolean {
  return observation.kind === 'answer' && isSuccess(observation.status);
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
