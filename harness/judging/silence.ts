import type { Observation } from '../answers/observation.ts';
import { phases } from '../http/probe.ts';
import { isUnrecovered, type Observations } from './observations.ts';

/**
 * Whether a request got no answer because the target answers nothing any more, the next ordinary request included:
 * then envelope.status blames that. The first unanswered one of several that were asked one after the other stays
 * suspect: it may be what silenced the target.
 */
export function isSilenced({ all, fullLists }: Observations, observation: Observation): boolean {
  const next = fullLists.find((list) => list.step > observation.step);
  if (observation.kind === 'answer' || next?.kind !== 'failure') return false;
  const isSuspect = !phases[observation.probe.phase].parallel && all[all.indexOf(observation) - 1]?.kind === 'answer';
  return !isSuspect;
}

/**
 * Whether a target brings no ordinary list at all but refusals, redirects and errors, and this answer is one of them:
 * envelope.status blames that, and the request had no part in it.
 */
export function isOutOfService({ fullLists }: Observations, observation: Observation): boolean {
  const isBrought = (each: Observation) => each.kind === 'failure' || isSuccess(each.status);
  if (fullLists.length === 0 || fullLists.some(isBrought)) return false;
  return observation.kind === 'answer' && !isSuccess(observation.status);
}

/**
 * Whether a target that odd input made refuse everything from then on refuses this request alike: robustness.recovery
 * blames that, and what the request carried had no part in it.
 */
export function isBanned({ all, of }: Observations, observation: Observation): boolean {
  const after = of('robustness.recovery');
  if (!after || !isUnrecovered(after) || all.indexOf(observation) <= all.indexOf(after)) return false;
  if (after.kind === 'failure') return observation.kind === 'failure';
  return observation.kind === 'answer' && observation.status === after.status;
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
