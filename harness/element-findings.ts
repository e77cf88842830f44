import type { SchemaNode } from './contract.ts';
import { addDeparture, emptyGrouping, type Grouping } from './departure-groups.ts';
import { validateElement } from './element-schema.ts';
import { pointer, tokens, valueAt } from './pointer.ts';
import { isObject, type Reading, wrapper } from './reading.ts';
import { type Rule, ruleOf, rules } from './rules.ts';
import {
  type Actual,
  beyondDouble,
  isBeyondDouble,
  keptDistinct,
  keptPlaces,
  type Level,
  value,
  words,
} from './verdict.ts';

/** What one answer's elements say about one rule. */
export type Finding = {
  /** Values that could be judged, and how many of them broke the rule. */
  judged: number;
  failed: number;
  /** Values that could not be judged because a stronger rule is broken in the same place, or the member is missing. */
  blocked: Map<string, number>;
  /** The first few broken places: JSON pointers into the body, with what stands there. */
  places: { pointer: string; value: unknown }[];
  /** The different values that broke it, by their JSON text, and how often: as many as are kept. */
  distinct: Map<string, { value: unknown; count: number }>;
  /** All broken places, those alike together. */
  grouping: Grouping;
};

type Findings = ReadonlyMap<string, Finding>;

const findings = new WeakMap<Reading, Findings>();
/** By the elements, which equal bodies share, and by the names that they were projected to. */
const findingsOfBodies = new WeakMap<readonly unknown[], Map<string, Findings>>();

/**
 * Holds every element of an answer to the schema and folds Ajv's errors at once into counters, one for each rule.
 * Blame once: at one place of one element only the strongest broken rule counts.
 * @returns by rule id
 */
export function elementFindings(reading: Reading): Findings {
  const known = findings.get(reading);
  if (known) return known;
  const found = findingsOf(reading);
  findings.set(reading, found);
  return found;
}

function findingsOf({ elements, observation }: Reading): Findings {
  if (!elements) return new Map();
  const { asks } = observation.probe;
  const names = asks.kind === 'list' ? asks.names : null;
  const byNames = findingsOfBodies.get(elements) ?? new Map<string, Findings>();
  findingsOfBodies.set(elements, byNames);
  const key = names === null ? '' : names.join();
  const made = byNames.get(key) ?? fold(elements, names);
  byNames.set(key, made);
  return made;
}

const strength: Readonly<Record<Level, number>> = { MUST: 2, SHOULD: 1, MAY: 0 };

function fold(elements: readonly unknown[], names: readonly string[] | null): Map<string, Finding> {
  // A projected answer has no presence to judge: surplus and missing members are projection's.
  const relevant = rules.filter((rule) =>
    names === null ? true : !isPresence(rule) && names.includes(rule.path[0] as string),
  );
  const made = new Map<string, Finding>();
  for (const rule of relevant)
    made.set(rule.id, {
      judged: 0,
      failed: 0,
      blocked: new Map(),
      places: [],
      distinct: new Map(),
      grouping: emptyGrouping(),
    });
  elements.forEach((element, index) => {
    if (!isObject(element)) return;
    const broken = brokenRules(element, names !== null);
    // What is broken in one member blocks nothing in another.
    const spoilt = new Set([...broken.keys()].map((place) => tokens(place)[0]));
    for (const rule of relevant) {
      const finding = made.get(rule.id) as Finding;
      if (!spoilt.has(rule.path[0])) finding.judged += countValues(element, rule);
      else foldElement(element, index, rule, broken, finding);
    }
  });
  return made;
}

/** How many values of a member in which no rule is broken a rule has judged. */
function countValues(element: Record<string, unknown>, rule: Rule): number {
  let found: unknown = element;
  for (const step of rule.path) {
    if (step === '*') return Array.isArray(found) ? found.length : 0;
    if (!isObject(found) || !Object.hasOwn(found, step)) return 0;
    found = found[step];
  }
  return rule.nonEmpty && found === '' ? 0 : 1;
}

function foldElement(
  element: Record<string, unknown>,
  index: number,
  rule: Rule,
  broken: ReadonlyMap<string, readonly Rule[]>,
  finding: Finding,
): void {
  for (const { place, found } of places(element, rule)) {
    const blocker = blockerOf(rule, place, broken);
    const breaks = broken.get(place)?.includes(rule) ?? false;
    if (blocker !== undefined) finding.blocked.set(blocker, (finding.blocked.get(blocker) ?? 0) + 1);
    else if (breaks || found !== undefined) finding.judged += 1;
    if (blocker !== undefined || !breaks) continue;
    finding.failed += 1;
    const at = isPresence(rule) ? parent(place) : place;
    const broke = valueAt(element, at);
    const where = pointer([wrapper, index]) + at;
    if (finding.places.length < keptPlaces) finding.places.push({ pointer: where, value: broke });
    addDeparture(finding.grouping, where, actualOf(rule, broke));
    if (!isPresence(rule)) countDistinct(finding, broke);
  }
}

/** What a departure from a rule shows: the value, or for a missing member that there is none. */
export function actualOf(rule: Rule, found: unknown): Actual {
  return isPresence(rule) ? words('no such member') : value(found);
}

function countDistinct({ distinct }: Finding, found: unknown): void {
  const value = isBeyondDouble(found) ? beyondDouble : found;
  const text = JSON.stringify(value);
  const known = distinct.get(text);
  if (known) known.count += 1;
  else if (distinct.size < keptDistinct) distinct.set(text, { value, count: 1 });
}

/** The broken rules of an element by place (a JSON pointer within the element), the strongest of each place only. */
function brokenRules(element: unknown, projected: boolean): Map<string, readonly Rule[]> {
  const byPlace = new Map<string, Rule[]>();
  for (const error of validateElement(element, projected)) {
    const missing: string | undefined = error.params.missingProperty;
    const place = missing === undefined ? error.instancePath : error.instancePath + pointer([missing]);
    const rule = ruleOf(
      error.parentSchema as SchemaNode,
      error.keyword,
      missing === undefined ? undefined : [...tokens(error.instancePath), missing],
    );
    byPlace.set(place, [...(byPlace.get(place) ?? []), rule]);
  }
  return new Map([...byPlace].map(([place, broken]) => [place, strongest(broken)]));
}

function strongest(broken: readonly Rule[]): readonly Rule[] {
  const types = broken.filter(isType);
  if (types.length > 0) return types;
  const most = Math.max(...broken.map((rule) => strength[rule.level]));
  return broken.filter((rule) => strength[rule.level] === most);
}

type Place = { place: string; found: unknown };

/** The places of an element that a rule speaks of; a member that is missing is a place where nothing is found. */
function places(element: Record<string, unknown>, rule: Rule): Place[] {
  let at: Place[] = [{ place: '', found: element }];
  for (const step of rule.path) at = at.flatMap((above) => (step === '*' ? items(above) : [member(above, step)]));
  // Items of a wrong type are places of the array's own type rule.
  if (isType(rule)) {
    at = at.flatMap((each) => [each, ...(Array.isArray(each.found) ? items(each).filter(isNoString) : [])]);
  }
  return rule.nonEmpty ? at.filter((each) => each.found !== '') : at;
}

/** The items of an array; where there is no array, one place in which nothing is found, so that its blocker is. */
function items({ place, found }: Place): Place[] {
  if (!Array.isArray(found)) return [{ place: `${place}/-`, found: undefined }];
  return found.map((item: unknown, index) => ({ place: `${place}/${index}`, found: item }));
}

function isNoString({ found }: Place): boolean {
  return typeof found !== 'string';
}

function member({ place, found }: Place, name: string): Place {
  const value = isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  return { place: place + pointer([name]), found: value };
}

/** The id of the rule that keeps another from judging a place: a missing member, a wrong type, a stronger rule. */
function blockerOf(rule: Rule, place: string, broken: ReadonlyMap<string, readonly Rule[]>): string | undefined {
  const here = broken.get(place);
  if (here?.includes(rule)) return undefined;
  if (here && (isPresence(here[0] as Rule) ? !isPresence(rule) : rule.judges !== null)) {
    const [stronger] = here as readonly [Rule];
    if (isPresence(stronger) || isType(stronger) || strength[stronger.level] > strength[rule.level]) return stronger.id;
  }
  // What stands above: dpd is missing or no object, an item of peer_cidrs has no list around it.
  for (let above = parent(place); above !== ''; above = parent(above)) {
    const blocker = broken.get(above)?.find((other) => isPresence(other) || isType(other));
    if (blocker && (isPresence(blocker) || blocker !== rule)) return blocker.id;
  }
  return undefined;
}

function parent(place: string): string {
  return place.slice(0, Math.max(0, place.lastIndexOf('/')));
}

function isPresence(rule: Rule): boolean {
  return rule.id.startsWith('parameters.presence.');
}

function isType(rule: Rule): boolean {
  return rule.id.startsWith('parameters.type.');
}
