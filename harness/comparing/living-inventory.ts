import type { Observation } from '../answers/observation.ts';
import { keptPlaces } from '../base/kept.ts';
import { pointer } from '../base/pointer.ts';
import { wrapper } from '../contract/wrapper.ts';
import { headerValues } from '../http/answer.ts';
import { type Collection, collect, emptyCollection, joined } from '../judging/departure-groups.ts';
import { blockerOfElements, isListOfObjects } from '../judging/frame.ts';
import { isConventionRefused, type Observations } from '../judging/observations.ts';
import type { Nothing } from '../judging/tally.ts';
import { type Actual, type Violation, value, words } from '../judging/verdict.ts';
import { type ListFacts, valueNumberAt } from '../lists/list-facts.ts';
import {
  differenceAsMultisets,
  indicesOf,
  isSameInOrder,
  type Lists,
  memberNames,
  type Parts,
  partition,
  partitionAsMultisets,
  picked,
} from './list-rows.ts';
import { surplusMembers } from './surplus.ts';

/** Which members of an answer are compared: some names, or whole elements. */
export type Compared = {
  names: readonly string[] | 'all';
  /** Whether members beyond the names are a departure. */
  exact: boolean;
};

/** The result of holding an answer to the full lists read before and after it. */
export type Comparison =
  | { kind: 'equal'; elements: number; leftOut: number }
  /** `again`: it departs only in the number of elements or in status, which a busy target explains once. */
  | { kind: 'departs'; departures: Collection; of: number; again: boolean }
  | { kind: 'blocked'; by: string }
  | { kind: 'nothing'; nothing: Nothing };

/** An answer that is compared, with what it is compared with. */
type Task = { observations: Observations; observation: Observation; list: ListFacts; lists: Lists };

/**
 * Compares an answer with the full lists around it, for a target that is in use (clause `living-inventory`). Elements
 * that are equal in both lists, for the members compared, are stable; those that came, went or changed are moving. By
 * id where `id` is compared, otherwise as multisets, never by position.
 */
export function compareWithLists(observations: Observations, observation: Observation, compared: Compared): Comparison {
  if (observation.kind === 'answer' && isConventionRefused(observation)) {
    if (!answersPlainly(observations, comparedNames(compared))) return { kind: 'blocked', by: 'envelope.status' };
    const refused = emptyCollection();
    const expected = 'the list, with status 200';
    collect(refused, { observation, pointer: '', expected, actual: value(observation.status) });
    return departure(refused, 1, false);
  }
  const { list } = observation.facts;
  const blocker = blockerOfElements(observation);
  if (blocker !== undefined || !list) return { kind: 'blocked', by: blocker ?? 'envelope.wrapper' };
  const bracket = bracketOf(observations, observation);
  if (bracket.kind !== 'bracket') return bracket;
  if (!isListOfObjects(observation)) return { kind: 'blocked', by: 'envelope.elements' };
  return compareLists({ observations, observation, list, lists: bracket.lists }, bracket, compared);
}

function compareLists(task: Task, bracket: Bracket, compared: Compared): Comparison {
  const { observations, observation, list, lists } = task;
  const { before, after } = lists;
  const names = comparedNames(compared);
  const surplus =
    compared.exact && names ? surplusMembers(observations, observation, names, bracket.beside) : emptyCollection();
  if (names && before.length + after.length > 0) {
    const absent = names.find((name) => !before.compared.has(name) && !after.compared.has(name));
    if (absent !== undefined && surplus.count > 0) return departure(surplus, list.length, false);
    if (absent !== undefined) return { kind: 'blocked', by: `parameters.presence.${absent}` };
  }
  const isAsBefore = before === after && isSameInOrder(list, before, names ?? memberNames(before));
  if (surplus.count === 0 && before.length > 0 && isAsBefore) {
    return { kind: 'equal', elements: before.length, leftOut: 0 };
  }
  const identified = before.hasOwnIds && after.hasOwnIds;
  const partitioned = identified ? partition : partitionAsMultisets;
  const parts = partitioned(lists, names ?? memberNames(before, after));
  const isById = identified && (names === null || names.includes('id'));
  const departures = isById ? byId(task, parts, names) : asMultisets(task, parts, names);
  // All of them, though one is enough to fail: a waiver for one kind must not hide another.
  const all = joined(surplus, departures.found);
  if (all.count > 0) {
    const again = departures.again && surplus.count === 0;
    // Pages may be cut by size: another number of elements, or other ones, is no departure (clause `paging`).
    if (again && (bracket.isPaged || isPaged(observation))) {
      return { kind: 'nothing', nothing: { reason: 'the list is paged, and its pages hold other elements' } };
    }
    return departure(all, Math.max(list.length, parts.stable.length), again);
  }
  if (parts.stable.length === 0) {
    const reason = before.length === 0 ? 'the list is empty' : 'no element stayed the same while it was compared';
    return { kind: 'nothing', nothing: { reason, remedy: 'create a connection, and leave it alone during the run' } };
  }
  return { kind: 'equal', elements: parts.stable.length, leftOut: parts.moving.length };
}

/** The names that are compared; null for whatever the elements of the full lists have. */
function comparedNames({ names }: Compared): readonly string[] | null {
  return names === 'all' ? null : names;
}

/**
 * Whether the full list, and each of the names alone, gets status 200. Where they do not, a refusal of several names is
 * not about the convention.
 */
function answersPlainly({ lists }: Observations, names: readonly string[] | null): boolean {
  return lists.every((observation) => {
    const { asks, auth } = observation.probe;
    const asked = asks.kind === 'list' ? asks.names : null;
    if (auth.kind !== 'first') return true;
    const isPlain = asked === null || (asked.length === 1 && names?.includes(asked[0] as string));
    return !isPlain || (observation.kind === 'answer' && observation.status === 200);
  });
}

/** The full lists read before and after an answer. */
type Bracket = {
  kind: 'bracket';
  lists: Lists;
  /** The names of what stands beside them. */
  beside: ReadonlySet<string>;
  isPaged: boolean;
};

function bracketOf(
  { fullLists }: Observations,
  { step }: Observation,
): Bracket | Exclude<Comparison, { kind: 'equal' | 'departs' }> {
  const alone = fullLists.filter(({ probe }) => probe.phase === 'list');
  const before = alone.findLast((list) => list.step < step);
  const after = alone.find((list) => list.step > step);
  if (!before || !after) {
    return { kind: 'nothing', nothing: { reason: 'there is no full list before and after it to compare with' } };
  }
  for (const each of [before, after]) {
    const blocker = blockerOfElements(each);
    if (blocker !== undefined) return { kind: 'blocked', by: blocker };
    if (!isListOfObjects(each)) return { kind: 'blocked', by: 'envelope.elements' };
  }
  const listOf = (each: Observation) => each.facts.list as ListFacts;
  return {
    kind: 'bracket',
    lists: { before: listOf(before), after: listOf(after) },
    beside: new Set([before, after].flatMap(besideNames)),
    isPaged: isPaged(before) || isPaged(after),
  };
}

/** The names of what stands beside the list of an answer. */
function besideNames({ facts: { json } }: Observation): readonly string[] {
  return json?.ok ? json.root.beside.map(({ name }) => name) : [];
}

/** Whether an answer announces more pages, in its body or in a Link header (RFC 8288): clause `paging`. */
export function isPaged(observation: Observation): boolean {
  const { json } = observation.facts;
  if (json?.ok === true && json.root.isPaged) return true;
  const links = observation.kind === 'answer' ? headerValues(observation.rawHeaders, 'link') : [];
  return links.some((text) => /;\s*rel\s*=\s*("([^"]*\s)?next(\s[^"]*)?"|next\b)/i.test(text));
}

type ListDepartures = { found: Collection; again: boolean };

function byId(task: Task, parts: Parts, asked: readonly string[] | null): ListDepartures {
  const { observations, observation, list, lists } = task;
  const { texts } = observations;
  const { before, after } = lists;
  const ids = list.compared.get('id');
  const beforeIds = before.compared.get('id');
  const stable = new Map(parts.stable.map((at) => [valueNumberAt(beforeIds, at), at]));
  const moving = new Set(
    parts.moving.map((moved) =>
      moved.before === undefined
        ? valueNumberAt(after.compared.get('id'), moved.after as number)
        : valueNumberAt(beforeIds, moved.before),
    ),
  );
  const [wrong, number, onlyStatus] = [emptyCollection(), emptyCollection(), emptyCollection()];
  const names = asked ?? memberNames(before);
  const seen = new Set<number>();
  let nameless = 0;
  for (const at of indicesOf(list)) {
    const id = valueNumberAt(ids, at);
    // Which element it is cannot be said: that it has no id is all that there is to say.
    if (id === 0) {
      nameless += 1;
      collect(wrong, missingMember(task, at, 'id'));
      continue;
    }
    const isRepeated = seen.has(id);
    seen.add(id);
    const known = stable.get(id);
    if (isRepeated || (known === undefined && !moving.has(id))) {
      const own = texts.value(valueNumberAt(list.values.get('id'), at));
      const actual = isRepeated ? words('an element for the second time') : value({ id: own });
      const expected = 'the elements of the full list, and no other';
      collect(number, { observation, pointer: pointer([wrapper, at]), expected, actual });
      continue;
    }
    if (known === undefined) continue;
    for (const name of names) {
      const there = valueNumberAt(before.compared.get(name), known);
      // Of whole elements, those members are compared that the full list has.
      if (valueNumberAt(list.compared.get(name), at) === there || (asked === null && there === 0)) continue;
      collect(name === 'status' ? onlyStatus : wrong, memberDeparture(task, at, known, name));
    }
  }
  const missing = [...stable.keys()].filter((id) => !seen.has(id)).slice(nameless);
  // Elements without an id may be those that are missed.
  if (missing.length > 0) {
    const shown = missing.slice(0, keptPlaces).map((id) => texts.value(id));
    const actual = value({ elements: list.length, missing: shown });
    collect(number, { observation, pointer: '', expected: 'every element of the full list', actual });
  }
  return { found: joined(wrong, number, onlyStatus), again: wrong.count === 0 };
}

function memberDeparture(task: Task, at: number, known: number, name: string): Violation {
  const { observations, observation, list, lists } = task;
  const id = valueNumberAt(list.values.get(name), at);
  if (id === 0) return missingMember(task, at, name);
  const { texts } = observations;
  const full = texts.value(valueNumberAt(lists.before.values.get(name), known));
  return {
    observation,
    pointer: pointer([wrapper, at, name]),
    expected: 'the value that the full list has',
    actual: value({ here: texts.value(id), ...(full === undefined ? {} : { in_full_list: full }) }),
  };
}

function missingMember({ observation, list }: Task, at: number, name: string): Violation {
  return {
    observation,
    pointer: pointer([wrapper, at]),
    expected: `a member ${name}`,
    // The name is the contract's own word.
    actual: words(`no member ${name}`),
    ...namesThatCame(observation, list, at),
  };
}

/**
 * Which of several names came, and how they were asked for: a target may honour the first name alone, or the last, or
 * all in their order.
 */
function namesThatCame({ probe }: Observation, list: ListFacts, at: number): { hint?: string } {
  // Only of a defined request is it known that its values decode.
  if (probe.asks.kind !== 'list' || probe.query.length < 2) return {};
  const names = probe.query.map(([, name]) => decodeURIComponent(name ?? ''));
  const came = names.filter((name) => valueNumberAt(list.values.get(name), at) !== 0);
  return { hint: `Asked for, in this order: ${names.join(', ')}. Of these came: ${came.join(', ') || 'none'}.` };
}

function asMultisets(task: Task, parts: Parts, asked: readonly string[] | null): ListDepartures {
  const { observations, observation, list, lists } = task;
  const { texts } = observations;
  const names = asked ?? memberNames(lists.before);
  const full = differenceAsMultisets(list, lists, parts, names);
  const found = emptyCollection();
  if (full.lost.length === 0 && full.extra.length === 0) return { found, again: false };
  const rest = names.filter((name) => name !== 'status');
  const still = rest.length < names.length ? differenceAsMultisets(list, lists, parts, rest) : full;
  // Values both lost and gained are wrong values; one of the two alone is a matter of number.
  const again = still.lost.length === 0 || still.extra.length === 0;
  const lostTexts = new Set(full.lost.map((at) => normalised(task, lists.before, at, names)));
  for (const at of full.extra) {
    const missing = names.find((name) => valueNumberAt(list.values.get(name), at) === 0);
    if (missing !== undefined) {
      collect(found, missingMember(task, at, missing));
      continue;
    }
    const [only] = names.length === 1 ? names : [];
    const shown = picked(texts, list, at, names);
    const isNormalised = lostTexts.has(normalised(task, list, at, names));
    collect(found, {
      observation,
      pointer: pointer([wrapper, at, ...(only === undefined ? [] : [only])]),
      expected: 'a value that an element of the full list has',
      actual: value(only === undefined ? shown : shown[only]),
      ...(isNormalised ? { hint: 'The full list has it in another Unicode normalisation form.' } : {}),
    });
  }
  // Each value gained stands for one that was lost; what was lost beyond these is a matter of number.
  if (full.lost.length > full.extra.length) {
    const missing = full.lost.slice(0, keptPlaces).map((at) => picked(texts, lists.before, at, names));
    const actual: Actual = value({ elements: list.length, missing });
    collect(found, { observation, pointer: '', expected: 'an element for each of the full list', actual });
  }
  return { found, again };
}

/** A text that is the same for elements that differ in the Unicode normalisation form alone. */
function normalised({ observations: { texts } }: Task, list: ListFacts, at: number, names: readonly string[]): string {
  const values = names.map((name) => texts.value(valueNumberAt(list.compared.get(name), at)));
  return JSON.stringify(values).normalize('NFC');
}

function departure(departures: Collection, of: number, again: boolean): Comparison {
  return { kind: 'departs', departures, of: Math.max(of, departures.count), again };
}
