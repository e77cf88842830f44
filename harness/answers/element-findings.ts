import { isObject } from '../base/is-object.ts';
import { generalise, pointer } from '../base/pointer.ts';
import type { Contract, SchemaNode } from '../contract/contract.ts';
import { strength } from '../contract/level.ts';
import { isPresence, isType, type Rule, strongest } from '../contract/rules.ts';
import type { Texts } from '../json/texts.ts';
import { keptGroups, keptPlaces } from './kept.ts';
import { valueNumberAt } from './list-facts.ts';
import { wrapper } from './wrapper.ts';

/** The findings on one rule in the elements of one list. Values are numbers of the run's table; 0: there is none. */
export type Finding = {
  /** Values that could be judged, and how many of them broke the rule. */
  judged: number;
  failed: number;
  /** Values that could not be judged because a stronger rule is broken in the same place, or the member is missing. */
  blocked: ReadonlyMap<string, number>;
  /** The first few broken places: JSON pointers into the body, with what stands there. */
  places: readonly FoundPlace[];
  /** All broken places, those of the same member and value together; not all where `complete` is false. */
  groups: readonly FoundGroup[];
  complete: boolean;
};
type FoundPlace = { pointer: string; found: number };
type FoundGroup = { at: string; found: number; count: number };

/** The findings on each rule of a contract in the elements of a list. */
export type Findings = {
  /** @param rule by its place among the contract's rules */
  of(rule: number): Finding;
};

/** Holds the elements of lists to a contract, value by value: an equal value is held to it once in a run. */
export type Folder = {
  /**
   * Judges the value of a documented top-level member, while it is at hand.
   * @param id its number
   */
  learn(name: string, value: unknown, id: number): void;
  /**
   * Counts what the values of a list came to, for a rule when it is asked for.
   * @param columns the numbers of the values, by member
   * @param isObject whether an element is an object, and so could have members
   */
  findings(columns: ReadonlyMap<string, Int32Array>, length: number, isObject: (index: number) => boolean): Findings;
};

/** The outcome for one place that a rule speaks of, in one value of a member; the rule by its place in the contract. */
type RuleOutcome = { rule: number } & (
  | { kind: 'judged' }
  | { kind: 'blocked'; by: string }
  /**
   * `at`: a JSON pointer within the element; `group`: the same without indices; `found`: the number of what is there,
   * null for the member's own value.
   */
  | { kind: 'failed'; at: string; group: string; found: number | null }
);

/**
 * The outcomes for a value. Values that break nothing and have the same shape share theirs, and so do values that break
 * the same rules in the same places.
 */
type Outcomes = { isClean: boolean; all: readonly RuleOutcome[] };

/** A rule, and its place among the contract's. */
type PlacedRule = { rule: Rule; at: number };

/** One top-level member. */
type Member = {
  name: string;
  rules: readonly PlacedRule[];
  /** The rule that it is there; null where it need not be. */
  presence: Rule | null;
  /** By the number of a value: what becomes of it. */
  outcomes: Map<number, Outcomes>;
  /** The outcomes for values that break nothing, by shape. */
  clean: Map<string, Outcomes>;
  /** Outcomes for values that break something, by themselves as text. */
  broken: Map<string, Outcomes>;
};

/**
 * Makes what holds values to a contract and folds Ajv's errors at once into counters, one for each rule. Blame once: at
 * one place of one element only the strongest broken rule counts. What is broken in one member blocks nothing in
 * another.
 */
export function createFolder(contract: Contract, texts: Texts): Folder {
  const { rules } = contract;
  const placed = rules.map((rule, at): PlacedRule => ({ rule, at }));
  const names = [...new Set(rules.map(({ path }) => path[0] as string))];
  const members = new Map(
    names.map((name): [string, Member] => {
      const own = placed.filter(({ rule }) => rule.path[0] === name);
      const presence = own.find(({ rule }) => isPresence(rule) && rule.path.length === 1)?.rule ?? null;
      return [name, { name, rules: own, presence, outcomes: new Map(), clean: new Map(), broken: new Map() }];
    }),
  );
  const learn = (member: Member, value: unknown, id: number): Outcomes => {
    const found = judgeValue(contract, texts, member, value);
    member.outcomes.set(id, found);
    return found;
  };
  /** A value that was judged while it was at hand, or is kept whole in the table. */
  const outcomesOf = (member: Member, id: number): Outcomes => {
    const known = member.outcomes.get(id);
    if (known) return known;
    return texts.isCut(id) ? unknown : learn(member, texts.value(id), id);
  };
  return {
    learn(name, value, id) {
      const member = members.get(name) as Member;
      if (!member.outcomes.has(id)) learn(member, value, id);
    },
    findings(columns, length, isElement) {
      const counted = new Map<Member, { counters: Counters; missing: Missing }>();
      const countIn = (member: Member) => {
        const column = columns.get(member.name);
        const known = counted.get(member) ?? {
          counters: countersOf(member, column, outcomesOf),
          missing: missingIn(column, length, isElement),
        };
        counted.set(member, known);
        return known;
      };
      return {
        of(at) {
          const rule = rules[at] as Rule;
          const member = members.get(rule.path[0] as string) as Member;
          const { counters, missing } = countIn(member);
          const { judged, broken } = counters.get(at) as Counter;
          const found = { judged, ...(broken ?? nothing), groups: [...(broken?.groups.values() ?? [])] };
          if (member.presence === null) return found;
          return withMissing(found, rule === member.presence, member.presence.id, missing);
        },
      };
    },
  };
}

/** Outcomes that are kept to be shared, for each member. */
const mostShared = 10_000;

/** The outcomes for a value that nobody can look at any more. */
const unknown: Outcomes = { isClean: false, all: [] };

/** The counters of a member's rules, by the rule's place. */
type Counters = ReadonlyMap<number, Counter>;

function countersOf(
  member: Member,
  column: Int32Array | undefined,
  outcomesOf: (member: Member, id: number) => Outcomes,
): Counters {
  const counters = new Map(member.rules.map(({ at }): [number, Counter] => [at, { judged: 0, broken: null }]));
  // Nearly all values are clean: these are counted first, and their outcomes once for all of them.
  const clean = new Map<Outcomes, number>();
  for (let index = 0; index < (column?.length ?? 0); index += 1) {
    const id = valueNumberAt(column, index);
    if (id === 0) continue;
    const outcomes = outcomesOf(member, id);
    if (outcomes.isClean) clean.set(outcomes, (clean.get(outcomes) ?? 0) + 1);
    else for (const outcome of outcomes.all) countOutcome(outcome, counters.get(outcome.rule) as Counter, index, id);
  }
  for (const [{ all }, times] of clean) {
    for (const { rule } of all) (counters.get(rule) as Counter).judged += times;
  }
  return counters;
}

/** A rule while it is counted; most are never broken. */
type Counter = { judged: number; broken: Broken | null };
type Broken = {
  failed: number;
  blocked: Map<string, number>;
  places: FoundPlace[];
  groups: Map<string, FoundGroup>;
  complete: boolean;
};

const nothing = { failed: 0, blocked: new Map<string, number>(), places: [], complete: true };

/** @param id the number of the member's own value */
function countOutcome(outcome: RuleOutcome, counter: Counter, index: number, id: number): void {
  if (outcome.kind !== 'blocked') counter.judged += 1;
  if (outcome.kind === 'judged') return;
  counter.broken ??= { failed: 0, blocked: new Map(), places: [], groups: new Map(), complete: true };
  const { broken } = counter;
  if (outcome.kind === 'blocked') {
    broken.blocked.set(outcome.by, (broken.blocked.get(outcome.by) ?? 0) + 1);
    return;
  }
  const { at, group } = outcome;
  const found = outcome.found ?? id;
  broken.failed += 1;
  if (broken.places.length < keptPlaces) broken.places.push({ pointer: pointer([wrapper, index]) + at, found });
  const key = `${found} ${group}`;
  const known = broken.groups.get(key);
  if (known) known.count += 1;
  else if (broken.groups.size < keptGroups) broken.groups.set(key, { at: `/${wrapper}/*${group}`, found, count: 1 });
  else broken.complete = false;
}

/** The elements without a member: how many, and the first few. */
type Missing = { count: number; first: readonly number[] };

function missingIn(column: Int32Array | undefined, length: number, isElement: (index: number) => boolean): Missing {
  const first: number[] = [];
  let count = 0;
  for (let index = 0; index < length; index += 1) {
    if ((column?.[index] ?? 0) !== 0 || !isElement(index)) continue;
    count += 1;
    if (first.length < keptPlaces) first.push(index);
  }
  return { count, first };
}

/** A member that is missing departs from its presence, and cannot be judged by any other rule. */
function withMissing(found: Finding, isOfPresence: boolean, presence: string, { count, first }: Missing): Finding {
  if (count === 0) return found;
  if (!isOfPresence) return { ...found, blocked: new Map(found.blocked).set(presence, count) };
  return {
    ...found,
    judged: found.judged + count,
    failed: count,
    places: first.map((index) => ({ pointer: pointer([wrapper, index]), found: 0 })),
    groups: [{ at: `/${wrapper}/*`, found: 0, count }],
  };
}

/** The outcome for each place of a value that a rule of its member speaks of. */
function judgeValue(contract: Contract, texts: Texts, member: Member, value: unknown): Outcomes {
  const errors = contract.validate(member.name, value);
  if (errors.length > 0) {
    const all = outcomesIn(texts, member, value, brokenIn(contract, member.name, errors));
    const text = JSON.stringify(all);
    const known = member.broken.get(text) ?? { isClean: false, all };
    if (member.broken.size < mostShared) member.broken.set(text, known);
    return known;
  }
  const made = madeOf(value);
  const known = member.clean.get(made) ?? { isClean: true, all: outcomesIn(texts, member, value, new Map()) };
  member.clean.set(made, known);
  return known;
}

/** The shape of a value that breaks nothing: whether it is empty, and which members or items it has. */
function madeOf(value: unknown): string {
  if (value === '') return 'empty';
  if (Array.isArray(value)) return `${value.length} items`;
  return isObject(value) ? Object.keys(value).join() : '';
}

function outcomesIn(
  texts: Texts,
  member: Member,
  value: unknown,
  broken: ReadonlyMap<string, readonly Rule[]>,
): readonly RuleOutcome[] {
  const own = pointer([member.name]);
  return member.rules.flatMap(({ rule, at: number }) =>
    places(member.name, value, rule).flatMap(({ place, found }): RuleOutcome[] => {
      const by = ruleBlocker(rule, place, broken);
      if (by !== undefined) return [{ kind: 'blocked', rule: number, by }];
      if (broken.get(place)?.includes(rule)) {
        const isAbsent = isPresence(rule);
        const at = isAbsent ? parent(place) : place;
        const id = isAbsent ? 0 : place === own ? null : texts.idOf(found);
        return [{ kind: 'failed', rule: number, at, group: generalise(at), found: id }];
      }
      return found === undefined ? [] : [{ kind: 'judged', rule: number }];
    }),
  );
}

/** The broken rules of a value by place (a JSON pointer within the element), the strongest of each place only. */
function brokenIn(
  contract: Contract,
  name: string,
  errors: ReturnType<Contract['validate']>,
): ReadonlyMap<string, readonly Rule[]> {
  const byPlace = new Map<string, Rule[]>();
  for (const { params, instancePath, parentSchema, keyword } of errors) {
    const missing = params.missingProperty as string | undefined;
    const place = pointer([name]) + instancePath + (missing === undefined ? '' : pointer([missing]));
    const rule = contract.ruleOf(
      parentSchema as SchemaNode,
      keyword,
      missing === undefined ? undefined : `${name}.${missing}`,
    );
    byPlace.set(place, [...(byPlace.get(place) ?? []), rule]);
  }
  return new Map([...byPlace].map(([place, rules]) => [place, strongest(rules)]));
}

type ValuePlace = { place: string; found: unknown };

/** The places of a value that a rule speaks of; a member that is missing is a place where nothing is found. */
function places(name: string, value: unknown, rule: Rule): ValuePlace[] {
  let at: ValuePlace[] = [{ place: pointer([name]), found: value }];
  for (const step of rule.path.slice(1)) {
    at = at.flatMap((above) => (step === '*' ? itemPlaces(above) : [member(above, step)]));
  }
  // Items of a wrong type are places of the array's own type rule.
  if (rule.ofItems) {
    at = at.flatMap((each) => [each, ...(Array.isArray(each.found) ? itemPlaces(each).filter(isNoString) : [])]);
  }
  return rule.nonEmpty ? at.filter((each) => each.found !== '') : at;
}

/** The items of an array; where there is no array, one place in which nothing is found, so that its blocker is. */
function itemPlaces({ place, found }: ValuePlace): ValuePlace[] {
  if (!Array.isArray(found)) return [{ place: `${place}/-`, found: undefined }];
  return found.map((item: unknown, index) => ({ place: `${place}/${index}`, found: item }));
}

function isNoString({ found }: ValuePlace): boolean {
  return typeof found !== 'string';
}

function member({ place, found }: ValuePlace, name: string): ValuePlace {
  const value = isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  return { place: place + pointer([name]), found: value };
}

/** The id of the rule that keeps another from judging a place: a missing member, a wrong type, a stronger rule. */
function ruleBlocker(rule: Rule, place: string, broken: ReadonlyMap<string, readonly Rule[]>): string | undefined {
  const here = broken.get(place);
  if (here?.includes(rule)) return undefined;
  if (here && (isPresence(here[0] as Rule) ? !isPresence(rule) : rule.judges !== null)) {
    const [stronger] = here as readonly [Rule];
    if (isPresence(stronger) || isType(stronger) || strength[stronger.level] > strength[rule.level]) return stronger.id;
  }
  // What stands above: dpd lacks a member or is no object, an item of peer_cidrs has no list around it.
  for (let above = parent(place); above !== ''; above = parent(above)) {
    const blocker = broken.get(above)?.find((other) => isPresence(other) || isType(other));
    if (blocker && (isPresence(blocker) || blocker !== rule)) return blocker.id;
  }
  return undefined;
}

function parent(place: string): string {
  return place.slice(0, Math.max(0, place.lastIndexOf('/')));
}
