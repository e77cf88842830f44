import type { Observation } from '../answers/observation.ts';
import { fullList, type Phase, type Probe, phases, sideBySideKey } from '../http/probe.ts';
import { judge } from '../judging/judge.ts';
import type { Observations } from '../judging/observations.ts';
import type { Requirement } from '../judging/requirement.ts';
import type { Segment, Step } from './plan.ts';

/** An answer that takes longer makes it worth while to ask several at once. Milliseconds. */
export const slowAnswer = 50;

/** The phases whose requests are independent of each other: between two full lists, their order says nothing. */
const independent: ReadonlySet<Phase> = new Set(['single', 'pairs', 'combinations', 'undefined']);

/**
 * The segments with the one first that shows whether the target keeps requests side by side apart: only then may others
 * be asked so. The first segment stays where it is.
 */
export function parallelFirst(segments: readonly Segment[]): readonly Segment[] {
  const [first, ...rest] = segments;
  const parallel = rest.filter(({ phase }) => phases[phase].parallel);
  if (!first || parallel.length === 0) return segments;
  return [first, ...parallel, ...rest.filter((each) => !parallel.includes(each))];
}

/** The steps of a phase with its independent requests in one. */
export function widened({ phase, steps }: Segment): readonly Step[] {
  if (!independent.has(phase)) return steps;
  const isFullList = ({ asks }: Probe) => asks.kind === 'list' && asks.names === null;
  const wide: Step[] = [];
  for (const step of steps) {
    const last = wide.at(-1);
    if (step.probes.some(isFullList) || !last?.parallel) {
      wide.push(step.probes.some(isFullList) ? step : { probes: step.probes, parallel: true });
    } else wide[wide.length - 1] = { probes: [...last.probes, ...step.probes], parallel: true };
  }
  return wide;
}

/** The probes of a step that must be asked alone before anything is blamed: their answers depart, or are none. */
export function suspectsIn(
  keys: ReadonlySet<string>,
  observations: Observations,
  requirements: readonly Requirement[],
): readonly Probe[] {
  const suspects = new Map<string, Probe>();
  for (const requirement of requirements) {
    const own = requirement.probes(observations.settings).filter(({ key }) => keys.has(key));
    if (own.length === 0 || judge(requirement, observations).kind !== 'fail') continue;
    for (const probe of own) suspects.set(probe.key, probe);
  }
  for (const observation of observations.all) {
    if (keys.has(observation.probe.key) && isTrouble(observation))
      suspects.set(observation.probe.key, observation.probe);
  }
  return [...suspects.values()];
}

function isTrouble(observation: Observation): boolean {
  if (observation.kind === 'failure' || observation.status >= 500) return true;
  return observation.probe.asks.kind === 'list' && observation.status !== 200;
}

/** A probe alone, between two full lists. */
export function aloneSteps(probe: Probe): readonly Step[] {
  const list = (when: string): Step => ({ probes: [fullList(`${when} ${probe.key} (alone)`)], parallel: false });
  return [list('before'), { probes: [probe], parallel: false }, list('after')];
}

/**
 * The copy of an observation that came side by side, kept beside the one that came alone: every list is held to the
 * contract.
 */
export function asSideBySide(observation: Observation): Observation {
  return {
    ...observation,
    probe: { ...observation.probe, key: sideBySideKey(observation.probe.key), phase: 'parallel' },
  };
}
