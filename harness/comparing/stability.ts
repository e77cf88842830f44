import type { Observation } from '../answers/observation.ts';
import { pointer } from '../base/pointer.ts';
import { wrapper } from '../contract/wrapper.ts';
import type { AnswerTally } from '../judging/answer-tally.ts';
import { type Collection, collect, emptyCollection } from '../judging/departure-groups.ts';
import { blockerOfElements, isListOfObjects } from '../judging/frame.ts';
import type { Observations } from '../judging/observations.ts';
import { blockedBy, conforms, departs, silent, verdictOf, withoutAnswers } from '../judging/tally.ts';
import { type Verdict, type Violation, value, words } from '../judging/verdict.ts';
import { type ListFacts, valueNumberAt } from '../lists/list-facts.ts';
import { fullList, type Probe, phases } from '../probes/probe.ts';
import { indexById } from './list-rows.ts';
import { isPaged } from './living-inventory.ts';

/** Full lists in a row: with those that other requirements need, enough to tell a pattern from an accident. */
export const readings: readonly Probe[] = ['1', '2', '3', '4'].map((turn) =>
  fullList(`repeats-list-${turn}`, 'repeats'),
);

/** Fewer readings than this show no pattern. */
const enoughReadings = 4;

/** A full list, by the numbers of its ids. */
type List = { observation: Observation; list: ListFacts; byId: ReadonlyMap<number, number> };

/**
 * Judges the full lists together.
 * @param lists in the order of their reading
 * @param sideBySide those that were asked side by side, and so have no order among each other
 */
export type JudgeLists = (
  observations: Observations,
  lists: readonly List[],
  sideBySide: readonly List[],
) => AnswerTally;

/**
 * The verdict over all full lists of a run in the order of their reading (clause `reading-changes-nothing`). What a
 * busy target may do once, it does not do at every read.
 */
export function judgeReadings(observations: Observations, judgeLists: JudgeLists): Verdict {
  const { fullLists } = observations;
  const isTogether = togetherIn(observations);
  const alone = fullLists.filter((each) => !isTogether(each));
  const listsOf = listReader();
  const blocker = alone.map(blockerOfElements).find((id) => id !== undefined);
  const lists = listsOf(alone);
  const sideBySide = listsOf(fullLists.filter(isTogether));
  const nothing = (reason: string) => withoutAnswers(observations, { reason });
  if (observations.isWritten) return verdictOf([], 'full lists', nothing('the file has requests that write'));
  if (fullLists.some(isPaged)) return verdictOf([], 'full lists', nothing('the list is paged'));
  if (blocker !== undefined && lists.length < enoughReadings)
    return verdictOf([blockedBy(blocker)], 'full lists', nothing(''));
  if (lists.length < enoughReadings) return verdictOf([], 'full lists', nothing('too few full lists to compare'));
  const tally = judgeLists(observations, lists, sideBySide);
  const counted = tally.judged > 0 ? { ...tally, judged: lists.length } : tally;
  return verdictOf([counted], 'full lists', nothing('every list is empty'));
}

/** Tells the answers that came side by side with others, and so have no order among these. */
function togetherIn({ all }: Observations): (observation: Observation) => boolean {
  const counts = new Map<number, number>();
  for (const { step } of all) counts.set(step, (counts.get(step) ?? 0) + 1);
  return ({ step, probe }) => phases[probe.phase].parallel || (counts.get(step) ?? 0) > 1;
}

/** Makes a filter for the lists in which each element has an id of its own; equal lists are indexed once. */
function listReader(): (answers: readonly Observation[]) => readonly List[] {
  const known = new Map<ListFacts, ReadonlyMap<number, number>>();
  return (answers) =>
    answers.flatMap((observation): List[] => {
      const { list } = observation.facts;
      if (!list?.hasOwnIds) return [];
      const byId = known.get(list) ?? indexById(list);
      known.set(list, byId);
      return [{ observation, list, byId }];
    });
}

/**
 * Whether the inventory grows or shrinks at every read, of full lists alone or of all list answers in their order. Those
 * that came side by side have no order: they are taken in the one that would show it.
 */
export function judgeSize(observations: Observations, lists: readonly List[]): AnswerTally {
  const sizes = lists.map(({ byId }) => byId.size);
  const answers = observations.lists.filter(isOwnList);
  const isTogether = togetherIn(observations);
  const ofAll = answers.filter((each) => !isTogether(each)).map(sizeOf);
  if (sizes.every((size) => size === 0) && ofAll.every((size) => size === 0)) return silent;
  const found = [sizes, ofAll, falling(answers)].find((each) => isOneWay(each));
  if (!found) return conforms;
  const shown = found.length > mostSizes ? [...found.slice(0, mostSizes), '…'] : found;
  const expected = 'an inventory that does not change by being read';
  return departs(ofList(lists.at(-1) as List, '', expected, value({ sizes: shown })));
}

/** Sizes that are shown. */
const mostSizes = 20;

/** Whether an answer is a list of the first project's objects. */
function isOwnList(observation: Observation): boolean {
  return observation.kind === 'answer' && observation.probe.auth.kind === 'first' && isListOfObjects(observation);
}

function sizeOf({ facts }: Observation): number {
  return facts.list?.length ?? 0;
}

/** The sizes of lists in the order of their steps, within a step from the largest to the smallest. */
function falling(answers: readonly Observation[]): readonly number[] {
  return answers.toSorted((one, another) => one.step - another.step || sizeOf(another) - sizeOf(one)).map(sizeOf);
}

/** Whether each size is larger, or each smaller, than the one before it; what is empty cannot get smaller. */
function isOneWay(sizes: readonly number[]): boolean {
  const end = sizes.indexOf(0);
  const isLeftEmpty = end > 0 && sizes.slice(end).every((size) => size === 0);
  const counted = isLeftEmpty ? sizes.slice(0, end + 1) : sizes;
  if (counted.length < enoughReadings) return false;
  const steps = counted.slice(1).map((size, index) => Math.sign(size - (counted[index] as number)));
  return steps[0] !== 0 && steps.every((step) => step === steps[0]);
}

/** Whether all ids are new at every read, or one vanishes and comes back. */
export function judgeIds(observations: Observations, lists: readonly List[], sideBySide: readonly List[]): AnswerTally {
  const pairs = listPairs(lists);
  const filled = pairs.filter(([before, after]) => before.byId.size > 0 && after.byId.size > 0);
  if (filled.length === 0) return silent;
  const renewed = ([before, after]: readonly [List, List]) => ![...after.byId.keys()].some((id) => before.byId.has(id));
  if (filled.length === pairs.length && pairs.every(renewed)) {
    return departs(ofList(lists.at(-1) as List, '', 'ids that stay', words('at every read, each id is a new one')));
  }
  // Each of those that were asked side by side stands between the lists before and after all of them.
  const orders = sideBySide.map((list) => lists.toSpliced(positionOf(list, lists), 0, list));
  const byId = new Map<number, Violation>();
  for (const order of [lists, ...orders]) {
    for (const [id, violation] of returnedIds(observations, order)) if (!byId.has(id)) byId.set(id, violation);
  }
  const departures = emptyCollection();
  for (const violation of byId.values()) collect(departures, violation);
  return once(departures);
}

function positionOf({ observation }: List, lists: readonly List[]): number {
  const next = lists.findIndex((each) => each.observation.step > observation.step);
  return next < 0 ? lists.length : next;
}

function listPairs(lists: readonly List[]): readonly (readonly [List, List])[] {
  return lists.slice(1).map((list, index) => [lists[index] as List, list] as const);
}

/** The ids that are in one list, not in a later one, and in a still later one again. */
function returnedIds({ texts }: Observations, lists: readonly List[]): readonly (readonly [number, Violation])[] {
  const gone = new Map<number, number>();
  const returned: (readonly [number, Violation])[] = [];
  for (const [turn, [before, after]] of listPairs(lists).entries()) {
    if (before.list === after.list) continue;
    for (const [number, index] of after.byId) {
      if (!gone.has(number)) continue;
      const id = texts.value(number);
      const actual = value({ id, missing_in_read: (gone.get(number) as number) + 1, back_in_read: turn + 2 });
      const expected = 'an id that does not vanish and come back';
      returned.push([number, ofList(after, pointer([wrapper, index]), expected, actual)]);
    }
    for (const id of before.byId.keys()) if (!after.byId.has(id)) gone.set(id, turn + 1);
  }
  return returned;
}

/** Whether a member other than status changes at every read, or changes and changes back. */
export function judgeMembers(
  observations: Observations,
  lists: readonly List[],
  sideBySide: readonly List[],
): AnswerTally {
  if (lists.every(({ byId }) => byId.size === 0)) return silent;
  // Requests that are about being side by side answer for themselves: consistency.parallel.
  const between = sideBySide.filter(({ observation }) => observation.probe.phase !== 'parallel');
  const orders = between.map((list) => lists.toSpliced(positionOf(list, lists), 0, list));
  for (const order of [lists, ...orders]) {
    // Where nothing changed there is nothing to look for.
    if (order.every(({ list }) => list === order[0]?.list)) continue;
    const departures = unstableMembers(observations, order);
    if (departures.count > 0) return once(departures);
  }
  return conforms;
}

function unstableMembers({ texts, contract }: Observations, lists: readonly List[]): Collection {
  // Documented members only: an undocumented one may be a counter or a clock.
  const names = [...contract.topLevelNames].filter((name) => name !== 'status');
  const departures = emptyCollection();
  for (const id of new Set(lists.flatMap(({ byId }) => [...byId.keys()]))) {
    const having = lists.filter(({ byId }) => byId.has(id));
    for (const name of names) {
      const numberIn = ({ list, byId }: List, columns: 'compared' | 'values') =>
        valueNumberAt(list[columns].get(name), byId.get(id) as number);
      const numbers = having.map((list) => numberIn(list, 'compared'));
      const turn = unstableTurn(numbers, lists.length);
      if (turn === undefined) continue;
      const [earlier, list] = [having[turn - 1] as List, having[turn] as List];
      const now = texts.value(numberIn(list, 'values'));
      const actual = value({ [name]: now, one_read_before: { [name]: texts.value(numberIn(earlier, 'values')) } });
      const at = pointer([wrapper, list.byId.get(id) as number, name]);
      collect(departures, ofList(list, at, 'a value that stays while it is only read', actual));
    }
  }
  return departures;
}

/** One departure, reported once, in however many places of the list it shows. */
function once(departures: Collection): AnswerTally {
  return departures.count === 0 ? conforms : { judged: 1, departures: { ...departures, count: 1 } };
}

/**
 * The turn at which a value is seen to be unstable: back to what it was, or changed at each of all reads: a connection
 * that came and went meanwhile may have been changed now and then by whoever made it.
 */
function unstableTurn(numbers: readonly number[], reads: number): number | undefined {
  const runs = numbers.filter((number, index) => index === 0 || number !== numbers[index - 1]);
  if (runs.length === 1) return undefined;
  if (new Set(runs).size < runs.length) {
    const seen = new Set<number>();
    return numbers.findIndex((number, index) => {
      const back = number !== numbers[index - 1] && seen.has(number);
      seen.add(number);
      return back;
    });
  }
  return runs.length === numbers.length && numbers.length === reads ? numbers.length - 1 : undefined;
}

function ofList({ observation }: List, at: string, expected: string, actual: Violation['actual']): Violation {
  return { observation, pointer: at, expected, actual };
}
