import type { Texts } from '../json/texts.ts';
import { type ListFacts, valueNumberAt } from '../lists/list-facts.ts';

/**
 * Elements of lists as rows of numbers: an element is named by its index in its list, and two members are equal where
 * their numbers are.
 */

/** An element that came, went or changed between two lists, by its index in each. */
export type Moving = { before?: number; after?: number };

/** Which elements of two lists are equal for the members compared, by their index in the first, and which are not. */
export type Parts = { stable: readonly number[]; moving: readonly Moving[] };

/** Two lists, of which the second was read later. */
export type Lists = { before: ListFacts; after: ListFacts };

/** The documented members that elements of some lists have. */
export function memberNames(...lists: readonly ListFacts[]): readonly string[] {
  return [...new Set(lists.flatMap(({ compared }) => [...compared.keys()]))];
}

/** Whether an element of one list has the same values of some members as one of another. */
function isSameRow(one: ListFacts, at: number, other: ListFacts, otherAt: number, names: readonly string[]): boolean {
  return names.every(
    (name) => valueNumberAt(one.compared.get(name), at) === valueNumberAt(other.compared.get(name), otherAt),
  );
}

/** Whether two lists have the same values of some members in the same order. */
export function isSameInOrder(one: ListFacts, other: ListFacts, names: readonly string[]): boolean {
  if (one.length !== other.length) return false;
  return names.every((name) => {
    const [column, same] = [one.compared.get(name), other.compared.get(name)];
    return column === same || (column?.every((id, at) => id === same?.[at]) ?? false);
  });
}

/** A key that is the same for elements with the same values of some members. */
function rowKey(list: ListFacts, at: number, names: readonly string[]): string | number {
  const [name] = names;
  if (names.length === 1 && name !== undefined) return valueNumberAt(list.compared.get(name), at);
  return names.map((each) => valueNumberAt(list.compared.get(each), at)).join();
}

/** The elements of a list by key. */
function groupsOf(
  list: ListFacts,
  indices: Iterable<number>,
  names: readonly string[],
): Map<string | number, number[]> {
  const groups = new Map<string | number, number[]>();
  for (const at of indices) {
    const key = rowKey(list, at, names);
    const group = groups.get(key);
    if (group) group.push(at);
    else groups.set(key, [at]);
  }
  return groups;
}

/** The indices of a list. */
export function indicesOf({ length }: ListFacts): readonly number[] {
  return Array.from({ length }, (_, index) => index);
}

/** Which elements of two lists are equal, and which came, went or changed; each has an id of its own. */
export function partition({ before, after }: Lists, names: readonly string[]): Parts {
  if (before === after) return { stable: indicesOf(before), moving: [] };
  const stable: number[] = [];
  const moving: Moving[] = [];
  const later = indexById(after);
  const ids = before.compared.get('id');
  for (const at of indicesOf(before)) {
    const same = later.get(valueNumberAt(ids, at));
    if (same !== undefined && isSameRow(before, at, after, same, names)) stable.push(at);
    else moving.push({ before: at, ...(same === undefined ? {} : { after: same }) });
  }
  const earlier = indexById(before);
  for (const [id, at] of later) if (!earlier.has(id)) moving.push({ after: at });
  return { stable, moving };
}

/** The index of each element by the number of its id. */
export function indexById(list: ListFacts): ReadonlyMap<number, number> {
  const ids = list.compared.get('id');
  const byId = new Map(indicesOf(list).map((at) => [valueNumberAt(ids, at), at]));
  byId.delete(0);
  return byId;
}

/** The same where ids are missing, no strings or not unique, which other requirements blame. */
export function partitionAsMultisets({ before, after }: Lists, names: readonly string[]): Parts {
  const later = groupsOf(after, indicesOf(after), names);
  const stable: number[] = [];
  const moving: Moving[] = [];
  for (const at of indicesOf(before)) {
    if (later.get(rowKey(before, at, names))?.pop() !== undefined) stable.push(at);
    else moving.push({ before: at });
  }
  return { stable, moving: [...moving, ...[...later.values()].flat().map((at) => ({ after: at }))] };
}

/** An element as an object of some of its members, as they were sent. */
export function picked(texts: Texts, list: ListFacts, at: number, names: readonly string[]): Record<string, unknown> {
  const sent = [...list.values].filter(([name, column]) => names.includes(name) && valueNumberAt(column, at) !== 0);
  return Object.fromEntries(sent.map(([name, column]) => [name, texts.value(valueNumberAt(column, at))]));
}

/** The elements that a list lacks, by index in the list before it, and those that it has too many, by its own. */
export type Difference = { lost: readonly number[]; extra: readonly number[] };

/** Compares the elements of a list with those around it as multisets, for some members. */
export function differenceAsMultisets(
  list: ListFacts,
  lists: Lists,
  { stable, moving }: Parts,
  names: readonly string[],
): Difference {
  const waiting = groupsOf(lists.before, stable, names);
  const unmatched = indicesOf(list).filter((at) => waiting.get(rowKey(list, at, names))?.pop() === undefined);
  // Each moving element explains one of the list: as it was before or after, or else as it was in between.
  const isSpent = new Set<number>();
  const unexplained = (indices: readonly number[], explains: (at: number) => number | undefined) =>
    indices.filter((at) => {
      const by = explains(at);
      if (by !== undefined) isSpent.add(by);
      return by === undefined;
    });
  const rest = unmatched.length === 0 ? [] : unexplained(unmatched, versions(list, lists, moving, names, isSpent));
  const extra = rest.length === 0 ? [] : unexplained(rest, inBetween(list, lists, moving, names, isSpent));
  return { lost: [...waiting.values()].flat(), extra };
}

/** Finds a moving element that was equal to one of the list, before or after. */
function versions(
  list: ListFacts,
  { before, after }: Lists,
  moving: readonly Moving[],
  names: readonly string[],
  isSpent: ReadonlySet<number>,
): (at: number) => number | undefined {
  const byKey = new Map<string | number, number[]>();
  for (const [index, moved] of moving.entries()) {
    if (moved.before !== undefined) push(byKey, rowKey(before, moved.before, names), index);
    if (moved.after !== undefined) push(byKey, rowKey(after, moved.after, names), index);
  }
  return (at) => unspent(byKey.get(rowKey(list, at, names)), isSpent);
}

/**
 * Finds a moving element that an element of the list may have been at the time between the two lists: a changed member
 * may have had a third value then, and so may the status of an element that came or went.
 */
function inBetween(
  list: ListFacts,
  { before, after }: Lists,
  moving: readonly Moving[],
  names: readonly string[],
  isSpent: ReadonlySet<number>,
): (at: number) => number | undefined {
  const byFixed = new Map<string, { fixed: readonly string[]; byKey: Map<string | number, number[]> }>();
  for (const [index, moved] of moving.entries()) {
    const fixed = names.filter((name) =>
      moved.before !== undefined && moved.after !== undefined
        ? isSameRow(before, moved.before, after, moved.after, [name])
        : name !== 'status',
    );
    const kind = byFixed.get(fixed.join()) ?? { fixed, byKey: new Map() };
    byFixed.set(fixed.join(), kind);
    const [version, at] = moved.before === undefined ? [after, moved.after as number] : [before, moved.before];
    push(kind.byKey, rowKey(version, at, fixed), index);
  }
  return (at) => {
    let first: number | undefined;
    for (const { fixed, byKey } of byFixed.values()) {
      const found = unspent(byKey.get(rowKey(list, at, fixed)), isSpent);
      if (found !== undefined && (first === undefined || found < first)) first = found;
    }
    return first;
  };
}

/** The first of some indices that is not spent. Those before it are spent, and are not looked at again. */
function unspent(indices: number[] | undefined, isSpent: ReadonlySet<number>): number | undefined {
  while (indices?.[0] !== undefined && isSpent.has(indices[0])) indices.shift();
  return indices?.[0];
}

function push(byKey: Map<string | number, number[]>, key: string | number, index: number): void {
  const group = byKey.get(key);
  if (group) group.push(index);
  else byKey.set(key, [index]);
}

/** The names of all members that elements of a list have, documented or not. */
export function sentNames({ shapes, shapeNames }: ListFacts): ReadonlySet<string> {
  return new Set([...new Set(shapes)].flatMap((shape) => shapeNames[shape]?.names ?? []));
}
