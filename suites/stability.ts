import { topLevelNames } from '../harness/contract.ts';
import type { Observations } from '../harness/observations.ts';
import { pointer } from '../harness/pointer.ts';
import { fullList, type Probe } from '../harness/probe.ts';
import { isObject, type Reading, wrapper } from '../harness/reading.ts';
import type { Requirement } from '../harness/requirement.ts';
import { type Verdict, type Violation, value, words } from '../harness/verdict.ts';
import { blockerOfElements } from './envelope.ts';
import { canonicalMember, haveOwnIds } from './living-inventory.ts';
import { type AnswerTally, blockedBy, conforms, departs, silent, verdictOf, withoutAnswers } from './tally.ts';

type Element = Readonly<Record<string, unknown>>;

/** Full lists in a row: with those that other requirements need, enough to tell a pattern from an accident. */
const readings: readonly Probe[] = ['1', '2', '3', '4'].map((turn) => fullList(`repeats-list-${turn}`, 'repeats'));

/** Fewer readings than this show no pattern. */
const enough = 4;

const source = 'RFC 9110 section 9.2.1 (safe methods)';

/** Reading changes nothing: contract clause 16. What a busy target may do once, it does not do at every read. */
export const stability: readonly Requirement[] = [
  requirement('consistency.size', 'the inventory does not grow or shrink at every read', judgeSize),
  requirement('consistency.ids', 'ids are not all new at every read, and none vanishes and comes back', judgeIds),
  requirement(
    'consistency.members',
    'no member but status changes at every read, or changes and changes back',
    judgeMembers,
  ),
];

function requirement(id: string, title: string, judgeLists: JudgeLists): Requirement {
  return { id, level: 'SHOULD', title, source, probes: () => readings, judge: (seen) => judge(seen, judgeLists) };
}

/** A full list, by id. */
type List = { reading: Reading; byId: ReadonlyMap<string, { element: Element; index: number }> };

/**
 * What the full lists say together.
 * @param lists in the order of their reading
 * @param sideBySide those that were asked side by side, and so have no order among each other
 */
type JudgeLists = (lists: readonly List[], sideBySide: readonly List[]) => AnswerTally;

function judge(observations: Observations, judgeLists: JudgeLists): Verdict {
  const isAlone = ({ observation }: Reading) => observation.probe.phase !== 'parallel';
  const alone = observations.fullLists.filter(isAlone);
  const sideBySide = observations.fullLists.filter((reading) => !isAlone(reading)).flatMap(asList);
  const blocker = alone.map(blockerOfElements).find((id) => id !== undefined);
  const lists = alone.flatMap(asList);
  const nothing = (reason: string) => withoutAnswers(observations, { reason });
  if (observations.fullLists.some(({ paged }) => paged))
    return verdictOf([], 'full lists', nothing('the list is paged'));
  if (blocker !== undefined && lists.length < enough) return verdictOf([blockedBy(blocker)], 'full lists', nothing(''));
  if (lists.length < enough) return verdictOf([], 'full lists', nothing('too few full lists to compare'));
  const tally = judgeLists(lists, sideBySide);
  const counted = tally.judged > 0 ? { ...tally, judged: lists.length } : tally;
  return verdictOf([counted], 'full lists', nothing('every list is empty'));
}

function asList(reading: Reading): List[] {
  const elements = reading.elements?.filter(isObject);
  if (!elements || !haveOwnIds(elements)) return [];
  const byId = new Map(elements.map((element, index) => [element.id as string, { element, index }]));
  return [{ reading, byId }];
}

function judgeSize(lists: readonly List[]): AnswerTally {
  const sizes = lists.map(({ byId }) => byId.size);
  const steps = sizes.slice(1).map((size, index) => Math.sign(size - (sizes[index] as number)));
  const [direction] = steps;
  if (sizes.every((size) => size === 0)) return silent;
  if (direction === 0 || !steps.every((step) => step === direction)) return conforms;
  const expected = 'an inventory that does not change by being read';
  return departs(ofList(lists.at(-1) as List, '', expected, value({ sizes })));
}

function judgeIds(lists: readonly List[], sideBySide: readonly List[]): AnswerTally {
  const pairs = pairsOf(lists);
  const filled = pairs.filter(([before, after]) => before.byId.size > 0 && after.byId.size > 0);
  if (filled.length === 0) return silent;
  const renewed = ([before, after]: readonly [List, List]) => ![...after.byId.keys()].some((id) => before.byId.has(id));
  if (filled.length === pairs.length && pairs.every(renewed)) {
    return departs(ofList(lists.at(-1) as List, '', 'ids that stay', words('at every read, each id is a new one')));
  }
  // Each of those that were asked side by side stands between the lists before and after all of them.
  const orders = sideBySide.map((list) => lists.toSpliced(placeOf(list, lists), 0, list));
  const byId = new Map<string, Violation>();
  for (const order of [lists, ...orders]) {
    for (const [id, violation] of returnedIds(order)) if (!byId.has(id)) byId.set(id, violation);
  }
  return once([...byId.values()]);
}

function placeOf({ reading }: List, lists: readonly List[]): number {
  const next = lists.findIndex((each) => each.reading.observation.step > reading.observation.step);
  return next < 0 ? lists.length : next;
}

function pairsOf(lists: readonly List[]): readonly (readonly [List, List])[] {
  return lists.slice(1).map((list, index) => [lists[index] as List, list] as const);
}

/** The ids that are in one list, not in a later one, and in a still later one again. */
function returnedIds(lists: readonly List[]): readonly (readonly [string, Violation])[] {
  const gone = new Map<string, number>();
  const returned: (readonly [string, Violation])[] = [];
  for (const [turn, [before, after]] of pairsOf(lists).entries()) {
    for (const [id, { index }] of after.byId) {
      if (!gone.has(id)) continue;
      const actual = value({ id, missing_in_read: (gone.get(id) as number) + 1, back_in_read: turn + 2 });
      const expected = 'an id that does not vanish and come back';
      returned.push([id, ofList(after, pointer([wrapper, index]), expected, actual)]);
    }
    for (const id of before.byId.keys()) if (!after.byId.has(id)) gone.set(id, turn + 1);
  }
  return returned;
}

/** Documented members only: an undocumented one may be a counter or a clock. */
const judgedMembers = [...topLevelNames].filter((name) => name !== 'status');

function judgeMembers(lists: readonly List[]): AnswerTally {
  const ids = new Set(lists.flatMap(({ byId }) => [...byId.keys()]));
  if (ids.size === 0) return silent;
  const violations: Violation[] = [];
  for (const id of ids) {
    const having = lists.filter(({ byId }) => byId.has(id));
    for (const name of judgedMembers) {
      const texts = having.map(({ byId }) => canonicalMember(byId.get(id)?.element as Element, name));
      const turn = unstableTurn(texts, lists.length);
      if (turn === undefined) continue;
      const list = having[turn] as List;
      const { element, index } = list.byId.get(id) as { element: Element; index: number };
      const earlier = having[turn - 1]?.byId.get(id)?.element[name];
      const actual = value({ [name]: element[name], one_read_before: { [name]: earlier } });
      violations.push(
        ofList(list, pointer([wrapper, index, name]), 'a value that stays while it is only read', actual),
      );
    }
  }
  return once(violations);
}

/** One departure of the inventory, in however many places it shows. */
function once(violations: readonly Violation[]): AnswerTally {
  return violations.length === 0 ? conforms : { judged: 1, failed: 1, violations };
}

/**
 * The turn at which a value is seen to be unstable: back to what it was, or changed at each of all reads: a connection
 * that came and went meanwhile may have been changed now and then by whoever made it.
 */
function unstableTurn(texts: readonly string[], reads: number): number | undefined {
  const runs = texts.filter((text, index) => index === 0 || text !== texts[index - 1]);
  if (new Set(runs).size < runs.length) {
    const seen = new Set<string>();
    return texts.findIndex((text, index) => {
      const back = text !== texts[index - 1] && seen.has(text);
      seen.add(text);
      return back;
    });
  }
  return runs.length === texts.length && texts.length === reads ? texts.length - 1 : undefined;
}

function ofList({ reading }: List, at: string, expected: string, actual: Violation['actual']): Violation {
  return { observation: reading.observation, pointer: at, expected, actual };
}
