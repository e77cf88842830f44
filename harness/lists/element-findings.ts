import { keptGroups, keptPlaces } from '../base/kept.ts';
import { pointer } from '../base/pointer.ts';
import type { Contract } from '../contract/contract.ts';
import { isPresence, type Rule } from '../contract/rules.ts';
import { wrapper } from '../contract/wrapper.ts';
import type { Texts } from '../json/texts.ts';
import type { Finding, Findings, FoundGroup, FoundPlace } from './finding.ts';
import { valueNumberAt } from './list-facts.ts';
import { createMemberChecker, type Outcomes, type PlacedRule, type RuleOutcome } from './value-outcomes.ts';

/** Holds the elements of lists to a contract, value by value: an equal value is held to it once in a run. */
export type ElementChecker = {
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

/** One top-level member. */
type Member = {
  name: string;
  rules: readonly PlacedRule[];
  /** The rule that it is there; null where it need not be. */
  presence: Rule | null;
  check(value: unknown): Outcomes;
  /** The outcomes for a value, by its number. */
  outcomes: Map<number, Outcomes>;
  /** The latest column that was counted: that of a projection mostly is the full list's. */
  latest: { column: Int32Array; counters: Counters } | undefined;
};

/**
 * Makes what holds values to a contract and folds Ajv's errors at once into counters, one for each rule. What is broken
 * in one member blocks nothing in another.
 */
export function createElementChecker(contract: Contract, texts: Texts): ElementChecker {
  const { rules } = contract;
  const placed = rules.map((rule, at): PlacedRule => ({ rule, at }));
  const names = [...new Set(rules.map(({ path }) => path[0] as string))];
  const members = new Map(
    names.map((name): [string, Member] => {
      const own = placed.filter(({ rule }) => rule.path[0] === name);
      const presence = own.find(({ rule }) => isPresence(rule) && rule.path.length === 1)?.rule ?? null;
      const check = createMemberChecker(contract, texts, name, own);
      return [name, { name, rules: own, presence, check, outcomes: new Map(), latest: undefined }];
    }),
  );
  const learn = (member: Member, value: unknown, id: number): Outcomes => {
    const found = member.check(value);
    member.outcomes.set(id, found);
    return found;
  };
  /** A value that was judged while it was at hand, or is kept whole in the table. */
  const outcomesOf = (member: Member, id: number): Outcomes => {
    const known = member.outcomes.get(id);
    if (known) return known;
    return texts.isCut(id) ? unknown : learn(member, texts.value(id), id);
  };
  const countersIn = (member: Member, column: Int32Array): Counters => {
    if (member.latest?.column !== column) member.latest = { column, counters: countersOf(member, column, outcomesOf) };
    return member.latest.counters;
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
          counters: countersIn(member, column ?? noValues),
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

/** The outcomes for a value that nobody can look at any more. */
const unknown: Outcomes = { isClean: false, all: [] };

/** The counters of a member's rules, by the rule's place. */
type Counters = ReadonlyMap<number, Counter>;

/** The column of a member that no element has. */
const noValues = new Int32Array();

function countersOf(
  member: Member,
  column: Int32Array,
  outcomesOf: (member: Member, id: number) => Outcomes,
): Counters {
  const counters = new Map(member.rules.map(({ at }): [number, Counter] => [at, { judged: 0, broken: null }]));
  // Nearly all values are clean: these are counted first, and their outcomes once for all of them.
  const clean = new Map<Outcomes, number>();
  for (let index = 0; index < column.length; index += 1) {
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
