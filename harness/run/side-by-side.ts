import type { Observation } from '../answers/observation.ts';
import { judge } from '../judging/judge.ts';
import type { Observations } from '../judging/observations.ts';
import type { Requirement } from '../judging/requirement.ts';
import { type Phase, phases, sideBySideKey } from '../probes/probe.ts';
import type { Segment, Step } from './plan.ts';

/** An answer that takes longer makes it worth while to ask several at once. Milliseconds. */
export const slowAnswer = 50;

/**
 * The phases whose requests are independent of each other: between two full lists, their order says nothing. Whatever
 * departs side by side is asked again one after the other.
 */
const independent: ReadonlySet<Phase> = new Set([
  'single',
  'pairs',
  'combinations',
  'undefined',
  'repeats',
  'accept',
  'errors',
  'odd',
  'isolation',
  'credentials',
]);

/** As many rounds of requests are asked side by side between two lists, or between odd input and what follows it. */
const rounds = { bracketed: 7, odd: 3 };

/** Requests that are asked side by side. */
export type Batch = {
  /** The steps, independent requests together. */
  together: readonly Step[];
  /** The same requests one after the other, by what is asked again as a whole. */
  oneByOne: readonly (readonly Step[])[];
};

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

/**
 * The first of some segments that can be asked together: bracketed ones may share their full lists.
 * @param concurrency how many requests may be under way at once
 * @returns at least one
 */
export function firstTogether(segments: readonly Segment[], concurrency: number): readonly Segment[] {
  const group: Segment[] = [];
  let requests = 0;
  for (const segment of segments) {
    const { phase, steps } = segment;
    const isJoining = phases[phase].bracketed && independent.has(phase);
    requests += steps.filter((step) => !isList(step)).length;
    if (group.length > 0 && (!isJoining || requests > rounds.bracketed * concurrency)) break;
    group.push(segment);
    if (!isJoining) break;
  }
  return group;
}

/**
 * The batches of segments that are asked together. Full lists stay one after the other, behind the rest: their order
 * is judged.
 * @returns null where the order of the requests matters
 */
export function batchesOf(segments: readonly Segment[], concurrency: number): readonly Batch[] | null {
  const [first] = segments;
  if (!first || !independent.has(first.phase)) return null;
  if (first.phase === 'odd') return oddBatches(first.steps, rounds.odd * concurrency);
  const steps = segments.flatMap((segment) => segment.steps);
  // A list between two segments has nothing to part where these are asked together.
  const closing = segments.flatMap((segment) => segment.steps.slice(-1)).slice(0, -1);
  const opening = first.steps.slice(0, 1).filter(isList);
  const lists = steps.filter((step) => isList(step) && !opening.includes(step) && !closing.includes(step));
  const rest = steps.filter((step) => !isList(step));
  const together = [...opening, inOne(rest), ...lists];
  return [{ together, oneByOne: segments.map((segment) => segment.steps) }];
}

/** Odd input of some kinds, and behind it the ordinary request of each of them. */
function oddBatches(steps: readonly Step[], most: number): readonly Batch[] {
  const groups: Step[][] = [[]];
  for (const [index, step] of steps.entries()) {
    const group = groups.at(-1) as Step[];
    group.push(step);
    const remaining = steps.length - index - 1;
    if (isList(step) && group.length >= most && remaining > most / 2) groups.push([]);
  }
  return groups.map((group) => {
    const parts = [group.filter((step) => !isList(step)), group.filter(isList)];
    return { together: parts.filter((part) => part.length > 0).map(inOne), oneByOne: [group] };
  });
}

function inOne(steps: readonly Step[]): Step {
  return { probes: steps.flatMap(({ probes }) => probes), parallel: true };
}

/** Whether a step asks for the full list. */
function isList({ probes }: Step): boolean {
  return probes.some(({ asks, auth }) => asks.kind === 'list' && asks.names === null && auth.kind === 'first');
}

/**
 * The probes of a batch whose answers depart, or are none: nothing is blamed for them before they were asked one after
 * the other.
 */
export function suspectsIn(
  keys: ReadonlySet<string>,
  observations: Observations,
  requirements: readonly Requirement[],
): ReadonlySet<string> {
  const suspects = new Set<string>();
  for (const requirement of requirements) {
    const own = requirement.probes(observations.settings).filter(({ key }) => keys.has(key));
    if (own.length === 0 || judge(requirement, observations).kind !== 'fail') continue;
    for (const { key } of own) suspects.add(key);
  }
  for (const observation of observations.all) {
    if (keys.has(observation.probe.key) && isTrouble(observation)) suspects.add(observation.probe.key);
  }
  return suspects;
}

function isTrouble(observation: Observation): boolean {
  if (observation.kind === 'failure' || observation.status >= 500 || observation.status === 429) return true;
  return observation.probe.asks.kind === 'list' && observation.status !== 200;
}

/**
 * The copy of an observation that came side by side and departed, kept beside the one that came alone and did not:
 * every list is held to the contract.
 */
export function asSideBySide(observation: Observation): Observation {
  return {
    ...observation,
    probe: { ...observation.probe, key: sideBySideKey(observation.probe.key), phase: 'parallel' },
  };
}
