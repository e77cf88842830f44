import { dpdMembers, topLevelNames } from '../harness/contract.ts';
import { isConventionRefused, type Observations } from '../harness/observations.ts';
import { pointer } from '../harness/pointer.ts';
import { isObject, type Reading, wrapper } from '../harness/reading.ts';
import { type Actual, keptPlaces, type Violation, value, words } from '../harness/verdict.ts';
import { blockerOfElements } from './envelope.ts';
import { besideList, surplusMembers } from './surplus.ts';
import type { Nothing } from './tally.ts';

type Element = Readonly<Record<string, unknown>>;

/** Which members of an answer are compared: some names, or whole elements. */
export type Compared = {
  names: readonly string[] | 'all';
  /** Whether members beyond the names are a departure. */
  exact: boolean;
};

/** What an answer says against the full lists read before and after it. */
export type Comparison =
  | { kind: 'equal'; elements: number; leftOut: number }
  /** `again`: it departs only in the number of elements or in status, which a busy target explains once. */
  | { kind: 'departs'; violations: readonly Violation[]; count: number; of: number; again: boolean }
  | { kind: 'blocked'; by: string }
  | { kind: 'nothing'; nothing: Nothing };

/**
 * Compares an answer with the full lists around it, for a target that is in use (contract clause 13). Elements that
 * are equal in both lists, for the members compared, are stable; those that came, went or changed are moving. By id
 * where `id` is compared, otherwise as multisets, never by position.
 */
export function compareWithLists(observations: Observations, reading: Reading, compared: Compared): Comparison {
  const { observation } = reading;
  if (observation.kind === 'answer' && isConventionRefused(observation)) {
    if (!answersPlainly(observations, namesOf(compared))) return { kind: 'blocked', by: 'envelope.status' };
    const refused = {
      observation,
      pointer: '',
      expected: 'the list, with status 200',
      actual: value(observation.status),
    };
    return departure([refused], 1, false);
  }
  const blocker = blockerOfElements(reading);
  if (blocker !== undefined) return { kind: 'blocked', by: blocker };
  const bracket = bracketOf(observations, reading);
  if (bracket.kind !== 'bracket') return bracket;
  const { before, after } = bracket;
  const known = equalsOf(reading.elements ?? [], bracket);
  const comparedKey = JSON.stringify(compared);
  const equal = known.get(comparedKey);
  if (equal) return equal;
  const elements = (reading.elements ?? []).filter(isObject);
  if (elements.length < (reading.elements ?? []).length) return { kind: 'blocked', by: 'envelope.elements' };
  const names = namesOf(compared);
  const surplus = compared.exact && names ? surplusMembers(observations, reading, names, bracket.beside) : [];
  if (names && [...before, ...after].length > 0) {
    const absent = names.find((name) => ![...before, ...after].some((element) => Object.hasOwn(element, name)));
    if (absent !== undefined && surplus.length > 0) return departure(surplus, elements.length, false);
    if (absent !== undefined) return { kind: 'blocked', by: `parameters.presence.${absent}` };
  }
  const identified = [before, after].every(haveOwnIds);
  const parts = identified ? partition(before, after, names) : partitionAsMultisets(before, after, names);
  const departures =
    identified && (names === null || names.includes('id'))
      ? byId(reading, elements, parts, names)
      : asMultisets(reading, elements, parts, names);
  // All of them, though one is enough to fail: a waiver for one kind must not hide another.
  const violations = [...surplus, ...departures.violations];
  if (violations.length > 0) {
    const again = departures.again && surplus.length === 0;
    // Pages may be cut by size: another number of elements, or other ones, is no departure (clause 15).
    if (again && (bracket.paged || reading.paged)) {
      return { kind: 'nothing', nothing: { reason: 'the list is paged, and its pages hold other elements' } };
    }
    return departure(violations, Math.max(elements.length, parts.stable.length), again);
  }
  if (parts.stable.length === 0) {
    const reason = before.length === 0 ? 'the list is empty' : 'no element stayed the same while it was compared';
    return { kind: 'nothing', nothing: { reason, remedy: 'create a connection, and leave it alone during the run' } };
  }
  const found: Equal = { kind: 'equal', elements: parts.stable.length, leftOut: parts.moving.length };
  // What stands beside the list is held to more than the lists around it.
  if (Object.keys(besideList(reading)).length === 0) known.set(comparedKey, found);
  return found;
}

type Equal = Extract<Comparison, { kind: 'equal' }>;
type Bracket = { before: readonly unknown[]; after: readonly unknown[] };

/** Bodies that are equal are read as one: what some elements, held to the same lists, were found to be. */
const equals = new WeakMap<readonly unknown[], WeakMap<readonly unknown[], WeakMap<readonly unknown[], Equals>>>();
type Equals = Map<string, Equal>;

function equalsOf(elements: readonly unknown[], { before, after }: Bracket): Equals {
  const ofElements = inner(equals, elements, () => new WeakMap());
  const ofBefore = inner(ofElements, before, () => new WeakMap());
  return inner(ofBefore, after, () => new Map());
}

function inner<Inner>(outer: WeakMap<readonly unknown[], Inner>, key: readonly unknown[], make: () => Inner): Inner {
  const kept = outer.get(key) ?? make();
  outer.set(key, kept);
  return kept;
}

/** The names that are compared; null for whatever the elements of the full lists have. */
function namesOf({ names }: Compared): readonly string[] | null {
  return names === 'all' ? null : names;
}

/** Whether the full list, and each of the names alone, gets status 200: a target that refuses those refuses no convention. */
function answersPlainly({ lists }: Observations, names: readonly string[] | null): boolean {
  return lists.every(({ observation }) => {
    const { asks, auth } = observation.probe;
    const asked = asks.kind === 'list' ? asks.names : null;
    if (auth.kind !== 'first') return true;
    const isPlain = asked === null || (asked.length === 1 && names?.includes(asked[0] as string));
    return !isPlain || (observation.kind === 'answer' && observation.status === 200);
  });
}

/** The full lists read before and after an answer. */
export function bracketOf(
  observations: Observations,
  { observation }: Reading,
):
  | {
      kind: 'bracket';
      before: readonly Element[];
      after: readonly Element[];
      /** The names of what stands beside them. */
      beside: ReadonlySet<string>;
      paged: boolean;
    }
  | Exclude<Comparison, { kind: 'equal' | 'departs' }> {
  const alone = observations.fullLists.filter((list) => list.observation.probe.phase === 'list');
  const before = alone.findLast((list) => list.observation.step < observation.step);
  const after = alone.find((list) => list.observation.step > observation.step);
  if (!before || !after) {
    return { kind: 'nothing', nothing: { reason: 'there is no full list before and after it to compare with' } };
  }
  for (const list of [before, after]) {
    const blocker = blockerOfElements(list);
    if (blocker !== undefined) return { kind: 'blocked', by: blocker };
    if (!list.elements?.every(isObject)) return { kind: 'blocked', by: 'envelope.elements' };
  }
  const elementsOf = (list: Reading) => (list.elements ?? []) as readonly Element[];
  return {
    kind: 'bracket',
    before: elementsOf(before),
    after: elementsOf(after),
    beside: new Set([before, after].flatMap((list) => Object.keys(besideList(list)))),
    paged: before.paged || after.paged,
  };
}

type Moving = { before?: Element; after?: Element };
type Parts = { stable: readonly Element[]; moving: readonly Moving[] };

/** Which elements were equal in both lists for the members compared, and which came, went or changed. */
function partition(before: readonly Element[], after: readonly Element[], names: readonly string[] | null): Parts {
  // Equal bodies are read as one.
  if (before === after) return { stable: before, moving: [] };
  const stable: Element[] = [];
  const moving: Moving[] = [];
  const later = new Map(after.map((element) => [element.id, element]));
  for (const element of before) {
    const same = later.get(element.id);
    if (same && canonical(element, names) === canonical(same, names)) stable.push(element);
    else moving.push({ before: element, ...(same ? { after: same } : {}) });
  }
  const earlier = new Set(before.map(({ id }) => id));
  for (const element of after) if (!earlier.has(element.id)) moving.push({ after: element });
  return { stable, moving };
}

/** The same where ids are missing, no strings or not unique, which other requirements blame. */
function partitionAsMultisets(
  before: readonly Element[],
  after: readonly Element[],
  names: readonly string[] | null,
): Parts {
  const later = groupBy(after, (element) => canonical(element, names));
  const stable = before.filter((element) => later.get(canonical(element, names))?.pop() !== undefined);
  const kept = new Set(stable);
  const gone = before.filter((element) => !kept.has(element)).map((element) => ({ before: element }));
  return { stable, moving: [...gone, ...[...later.values()].flat().map((element) => ({ after: element }))] };
}

/** Whether each element of a list has an id of its own. */
export function haveOwnIds(elements: readonly Element[]): boolean {
  const ids = new Set(elements.map(({ id }) => id));
  return ids.size === elements.length && elements.every(({ id }) => typeof id === 'string' && id !== '');
}

function groupBy(elements: readonly Element[], keyOf: (element: Element) => string): Map<string, Element[]> {
  const groups = new Map<string, Element[]>();
  for (const element of elements) {
    const group = groups.get(keyOf(element));
    if (group) group.push(element);
    else groups.set(keyOf(element), [element]);
  }
  return groups;
}

type Departures = { violations: readonly Violation[]; again: boolean };
const none: Departures = { violations: [], again: false };

function byId(
  reading: Reading,
  elements: readonly Element[],
  parts: Parts,
  names: readonly string[] | null,
): Departures {
  const { observation } = reading;
  const at = (element: Element, ...rest: string[]) =>
    pointer([wrapper, (reading.elements ?? []).indexOf(element), ...rest]);
  const stable = new Map(parts.stable.map((element) => [element.id, element]));
  const moving = new Set(parts.moving.map(({ before, after }) => (before ?? after)?.id));
  const seen = new Set<unknown>();
  const wrong: Violation[] = [];
  const onlyStatus: Violation[] = [];
  const number: Violation[] = [];
  let nameless = 0;
  for (const element of elements) {
    const { id } = element;
    // Which element it is cannot be said: that it has no id is all that there is to say.
    if (!Object.hasOwn(element, 'id')) {
      nameless += 1;
      wrong.push({
        observation,
        pointer: at(element),
        expected: 'a member id',
        actual: noMember('id'),
        ...namesThatCame(observation, element),
      });
      continue;
    }
    const repeated = seen.has(id);
    seen.add(id);
    const known = stable.get(id);
    if (repeated || !(known || moving.has(id))) {
      const actual = repeated ? words('an element for the second time') : value({ id });
      number.push({
        observation,
        pointer: at(element),
        expected: 'the elements of the full list, and no other',
        actual,
      });
      continue;
    }
    if (!known) continue;
    for (const name of names ?? documented(known)) {
      if (canonicalMember(element, name) === canonicalMember(known, name)) continue;
      (name === 'status' ? onlyStatus : wrong).push(memberDeparture(reading, at(element, name), element, known, name));
    }
  }
  const missing = [...stable.keys()].filter((id) => !seen.has(id));
  // Elements without an id may be those that are missed.
  if (missing.length > nameless) {
    const actual = value({ elements: elements.length, missing: missing.slice(nameless).slice(0, keptPlaces) });
    number.push({ observation, pointer: '', expected: 'every element of the full list', actual });
  }
  return { violations: [...wrong, ...number, ...onlyStatus], again: wrong.length === 0 };
}

function memberDeparture(reading: Reading, place: string, element: Element, known: Element, name: string): Violation {
  const { observation } = reading;
  const expected = 'the value that the full list has';
  if (!Object.hasOwn(element, name)) {
    return {
      observation,
      pointer: place.slice(0, place.lastIndexOf('/')),
      expected: `a member ${name}`,
      actual: noMember(name),
      ...namesThatCame(observation, element),
    };
  }
  return { observation, pointer: place, expected, actual: value({ here: element[name], in_full_list: known[name] }) };
}

/** Which of several names came, and how they were asked for: a target may honour the first, the last, those in order. */
function namesThatCame({ probe }: Reading['observation'], element: Element): { hint?: string } {
  // Only of a defined request is it known that its values decode.
  if (probe.asks.kind !== 'list' || probe.query.length < 2) return {};
  const names = probe.query.map(([, name]) => decodeURIComponent(name));
  const came = names.filter((name) => Object.hasOwn(element, name));
  return { hint: `Asked for, in this order: ${names.join(', ')}. Of these came: ${came.join(', ') || 'none'}.` };
}

/** Which member is missing, where its name is the contract's own word. */
function noMember(name: string): Actual {
  return words(topLevelNames.has(name) ? `no member ${name}` : 'no such member');
}

function asMultisets(
  reading: Reading,
  elements: readonly Element[],
  parts: Parts,
  asked: readonly string[] | null,
): Departures {
  const names = asked ?? [...new Set(parts.stable.flatMap(documented))];
  const full = compareMultisets(elements, parts, names);
  if (full.lost.length === 0 && full.extra.length === 0) return none;
  const rest = names.filter((name) => name !== 'status');
  const still = rest.length < names.length ? compareMultisets(elements, parts, rest) : full;
  // Values both lost and gained are wrong values; one of the two alone is a matter of number.
  const again = still.lost.length === 0 || still.extra.length === 0;
  const { observation } = reading;
  const violations = [
    ...full.extra.map((element): Violation => {
      const place = pointer([wrapper, (reading.elements ?? []).indexOf(element)]);
      const missing = names.find((name) => !Object.hasOwn(element, name));
      const only = names.length === 1 && missing === undefined ? `/${names[0]}` : '';
      const isNormalised = full.lost.some((each) => normalised(each, names) === normalised(element, names));
      return {
        observation,
        pointer: place + only,
        expected: missing === undefined ? 'a value that an element of the full list has' : `a member ${missing}`,
        actual: missing === undefined ? value(only === '' ? element : element[names[0] as string]) : noMember(missing),
        ...(missing === undefined ? {} : namesThatCame(observation, element)),
        ...(isNormalised ? { hint: 'The full list has it in another Unicode normalisation form.' } : {}),
      };
    }),
    // Each value gained stands for one that was lost; what was lost beyond these is a matter of number.
    ...(full.lost.length > full.extra.length ? [lostDeparture(observation, full.lost, names, elements.length)] : []),
  ];
  return { violations, again };
}

function lostDeparture(
  observation: Reading['observation'],
  lost: readonly Element[],
  names: readonly string[],
  found: number,
): Violation {
  return {
    observation,
    pointer: '',
    expected: 'an element for each of the full list',
    actual: value({ elements: found, missing: lost.slice(0, keptPlaces).map((element) => pick(element, names)) }),
  };
}

function compareMultisets(
  elements: readonly Element[],
  parts: Parts,
  names: readonly string[],
): { lost: readonly Element[]; extra: readonly Element[] } {
  const waiting = groupBy(parts.stable, (element) => canonical(element, names));
  const unmatched = elements.filter((element) => waiting.get(canonical(element, names))?.pop() === undefined);
  const moving = [...parts.moving];
  const explain = (explains: (element: Element, moved: Moving) => boolean) => (element: Element) => {
    const match = moving.findIndex((moved) => explains(element, moved));
    if (match >= 0) moving.splice(match, 1);
    return match < 0;
  };
  // Each moving element explains one answer element: as it was before or after, or else as it was in between.
  const extra = unmatched
    .filter(explain((element, moved) => isVersion(element, moved, names)))
    .filter(explain((element, moved) => isBetween(element, moved, names)));
  return { lost: [...waiting.values()].flat(), extra };
}

function isVersion(element: Element, { before, after }: Moving, names: readonly string[]): boolean {
  const key = canonical(element, names);
  return [before, after].some((version) => version && canonical(version, names) === key);
}

/** What changed between the two lists may have been something else meanwhile; the status of one that came or went too. */
function isBetween(element: Element, { before, after }: Moving, names: readonly string[]): boolean {
  const version = (before ?? after) as Element;
  const fixed = names.filter((name) =>
    before && after ? canonicalMember(before, name) === canonicalMember(after, name) : name !== 'status',
  );
  return canonical(element, fixed) === canonical(version, fixed);
}

function departure(violations: readonly Violation[], of: number, again: boolean): Comparison {
  return { kind: 'departs', violations, count: violations.length, of: Math.max(of, violations.length), again };
}

function pick(element: Element, names: readonly string[]): Element {
  return Object.fromEntries(names.filter((name) => Object.hasOwn(element, name)).map((name) => [name, element[name]]));
}

/** An undocumented member may be a counter or a clock: what is compared is what the contract knows. */
function documented(element: Element): readonly string[] {
  return Object.keys(element).filter((name) => topLevelNames.has(name));
}

const canonicals = new WeakMap<Element, Map<string, string>>();

/** A member's value as text that is equal where the value is: member order means nothing, nor does that of peer_cidrs. */
export function canonicalMember(element: Element, name: string): string {
  const known = canonicals.get(element) ?? new Map<string, string>();
  canonicals.set(element, known);
  const text = known.get(name) ?? (Object.hasOwn(element, name) ? memberText(name, element[name]) : 'absent');
  known.set(name, text);
  return text;
}

/** Equal where elements differ in the normalisation form of their texts alone. */
function normalised(element: Element, names: readonly string[]): string {
  return canonical(element, names).normalize('NFC');
}

function canonical(element: Element, names: readonly string[] | null): string {
  const members = names ?? documented(element).toSorted();
  return members.map((name) => `${JSON.stringify(name)}:${canonicalMember(element, name)}`).join(',');
}

/** Whether two values of a member are the same one. */
export function sameValue(name: string, one: unknown, other: unknown): boolean {
  return memberText(name, one) === memberText(name, other);
}

function memberText(name: string, found: unknown): string {
  if (name === 'dpd' && isObject(found)) return canonicalText(pick(found, dpdMembers));
  if (name === 'peer_cidrs' && Array.isArray(found))
    return JSON.stringify(found.map((item) => canonicalText(item)).sort());
  return canonicalText(found);
}

function canonicalText(found: unknown): string {
  return JSON.stringify(found, (_name, item: unknown) =>
    isObject(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item,
  );
}
