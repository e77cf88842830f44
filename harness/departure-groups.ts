import type { Actual } from './verdict.ts';

/** Departures alike: in the same member of any element, and found the same way. */
export type DepartureGroup = {
  /** JSON pointer with `*` for every array index. */
  at: string;
  actual: Actual;
  /** The most of them in one answer, and how many answers have one. */
  count: number;
  answers: number;
};

/** All departures of a requirement by likeness; `complete` is false where there are more kinds than are kept. */
export type DepartureGroups = { groups: readonly DepartureGroup[]; complete: boolean };

/** Groups while they are counted. */
export type Grouping = { byKey: Map<string, DepartureGroup>; complete: boolean };

/** How many kinds are kept: more than anybody would list by hand, and little enough to hold. */
export const keptGroups = 1_000;

/** A grouping with nothing in it. */
export function emptyGrouping(): Grouping {
  return { byKey: new Map(), complete: true };
}

/** Counts one departure of one answer. Its cost is that of the JSON text of the value. */
export function addDeparture(grouping: Grouping, place: string, actual: Actual): void {
  addGroup(grouping, { at: generalise(place), actual, count: 1, answers: 1 }, (known) => {
    known.count += 1;
  });
}

/** The groups of the departures of one answer. */
export function groupDepartures(departures: readonly { pointer: string; actual: Actual }[]): Grouping {
  const grouping = emptyGrouping();
  for (const { pointer, actual } of departures) addDeparture(grouping, pointer, actual);
  return grouping;
}

/** The groups of all answers together. */
export function mergeGroupings(groupings: readonly Grouping[]): DepartureGroups {
  const merged = emptyGrouping();
  for (const { byKey, complete } of groupings) {
    merged.complete &&= complete;
    for (const group of byKey.values()) {
      addGroup(merged, { ...group }, (known) => {
        known.count = Math.max(known.count, group.count);
        known.answers += group.answers;
      });
    }
  }
  return { groups: [...merged.byKey.values()], complete: merged.complete };
}

/** A pointer into one element, made to fit the same place in every element. */
export function generalise(place: string): string {
  return place.replace(/\/\d+(?=\/|$)/g, '/*');
}

function addGroup(grouping: Grouping, group: DepartureGroup, count: (known: DepartureGroup) => void): void {
  const { at, actual } = group;
  const key = `${at} ${actual.kind} ${actual.kind === 'words' ? actual.words : JSON.stringify(actual.value)}`;
  const known = grouping.byKey.get(key);
  if (known) count(known);
  else if (grouping.byKey.size < keptGroups) grouping.byKey.set(key, group);
  else grouping.complete = false;
}
