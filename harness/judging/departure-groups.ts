import { keptGroups, keptPlaces } from '../base/kept.ts';
import { generalise } from '../base/pointer.ts';
import { cutText } from '../json/texts.ts';
import type { Actual, DepartureGroup, DepartureGroups, Violation } from './verdict.ts';

/** Characters that the listed kinds of one requirement take in a report: a report is bounded, however long the list. */
const room = 8 * 1024;

/** The departures of one answer while they are counted. */
export type Collection = {
  /** The first few in full. */
  violations: Violation[];
  count: number;
  byKey: Map<string, Group>;
  complete: boolean;
};

/** A collection with nothing in it. */
export function emptyCollection(): Collection {
  return { violations: [], count: 0, byKey: new Map(), complete: true };
}

/** Counts one departure, or several that are alike. */
export function collect(collection: Collection, violation: Violation, times = 1): void {
  collection.count += times;
  const { text, actual } = kept(violation.actual);
  if (collection.violations.length < keptPlaces) collection.violations.push({ ...violation, actual });
  add(collection, { at: generalise(violation.pointer), actual, count: times }, text);
}

/** Adds one group to a collection of one answer; a group that is there already counts more. */
export function addGroup(collection: Collection, group: Group): void {
  const { text, actual } = kept(group.actual);
  add(collection, { ...group, actual }, text);
}

type Group = { at: string; actual: Actual; count: number };

function add(collection: Collection, group: Group, text: string): void {
  const key = `${group.at} ${group.actual.kind} ${text}`;
  const known = collection.byKey.get(key);
  if (known) known.count += group.count;
  else if (collection.byKey.size < keptGroups) collection.byKey.set(key, group);
  else collection.complete = false;
}

/**
 * Characters of a value's JSON text that are kept: beyond that a departure shows, and a waiver matches, its beginning.
 */
const longestValue = 4096;

/** A finding as it is kept, and its text. */
function kept(actual: Actual): { text: string; actual: Actual } {
  if (actual.kind === 'words') return { text: actual.words, actual };
  const text = JSON.stringify(actual.value) ?? 'nothing';
  if (text.length <= longestValue) return { text, actual };
  const cut = cutText(typeof actual.value === 'string' ? actual.value : text);
  return { text: cut, actual: { kind: 'value', value: cut } };
}

/** Several collections of one answer as one, in their order. */
export function joined(...collections: readonly Collection[]): Collection {
  const all = emptyCollection();
  for (const { violations, count, byKey, complete } of collections) {
    all.violations.push(...violations.slice(0, keptPlaces - all.violations.length));
    all.count += count;
    all.complete &&= complete;
    for (const [key, group] of byKey) {
      const known = all.byKey.get(key);
      if (known) known.count += group.count;
      else if (all.byKey.size < keptGroups) all.byKey.set(key, { ...group });
      else all.complete = false;
    }
  }
  return all;
}

/** The groups of all answers together. @param collections each with the number of answers that have it */
export function mergeCollections(collections: ReadonlyMap<Collection, number>): DepartureGroups {
  const merged = new Map<string, DepartureGroup>();
  let isKept = true;
  for (const [collection, answers] of collections) {
    isKept &&= collection.complete;
    for (const [key, group] of collection.byKey) {
      const known = merged.get(key);
      if (known) {
        known.count = Math.max(known.count, group.count);
        known.answers += answers;
      } else if (merged.size < keptGroups) merged.set(key, { ...group, answers });
      else isKept = false;
    }
  }
  const listed = listedOf(merged);
  const groups = [...merged].filter(([key]) => listed.has(key)).map(([, group]) => group);
  const complete = isKept && groups.length === merged.size;
  return { groups, complete, rest: complete ? { count: 0, answers: 0 } : restOf(collections, listed) };
}

/** The keys of the groups that have room: the first of each place, then the shortest, which tell most. */
function listedOf(groups: ReadonlyMap<string, DepartureGroup>): ReadonlySet<string> {
  const places = new Set<string>();
  const measured = [...groups].map(([key, group]) => {
    const isFirst = !places.has(group.at);
    places.add(group.at);
    return { key, isFirst, length: JSON.stringify(group).length };
  });
  measured.sort((a, b) => Number(b.isFirst) - Number(a.isFirst) || a.length - b.length);
  const listed = new Set<string>();
  let left = room;
  for (const { key, length } of measured) {
    left -= length;
    if (left >= 0) listed.add(key);
  }
  return listed;
}

function restOf(collections: ReadonlyMap<Collection, number>, listed: ReadonlySet<string>): DepartureGroups['rest'] {
  const rest = { count: 0, answers: 0 };
  for (const [{ count, byKey }, answers] of collections) {
    let others = count;
    for (const [key, group] of byKey) if (listed.has(key)) others -= group.count;
    if (others <= 0) continue;
    rest.count = Math.max(rest.count, others);
    rest.answers += answers;
  }
  return rest;
}
