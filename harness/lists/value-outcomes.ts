import { isObject } from '../base/is-object.ts';
import { generalise, pointer } from '../base/pointer.ts';
import type { Contract } from '../contract/contract.ts';
import { strength } from '../contract/level.ts';
import { isPresence, isType, type Rule, strongest } from '../contract/rules.ts';
import type { SchemaNode } from '../contract/schema-node.ts';
import type { Texts } from '../json/texts.ts';

/** The outcome for one place that a rule speaks of, in one value of a member; the rule by its place in the contract. */
export type RuleOutcome = { rule: number } & (
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
export type Outcomes = { isClean: boolean; all: readonly RuleOutcome[] };

/** A rule, and its place among the contract's. */
export type PlacedRule = { rule: Rule; at: number };

/** Outcomes that are kept to be shared, for each member. */
const mostShared = 10_000;

/**
 * Makes what holds the values of one top-level member to its schema. Blame once: at one place only the strongest broken
 * rule counts.
 * @param rules the rules of the member and of what is in it
 */
export function createMemberChecker(
  contract: Contract,
  texts: Texts,
  name: string,
  rules: readonly PlacedRule[],
): (value: unknown) => Outcomes {
  /** Of values that break nothing, by shape; and of those that break something, by the outcomes as text. */
  const shared = { clean: new Map<string, Outcomes>(), broken: new Map<string, Outcomes>() };
  return (value) => {
    const errors = contract.validate(name, value);
    if (errors.length > 0) {
      const all = outcomesIn(texts, name, rules, value, brokenIn(contract, name, errors));
      const text = JSON.stringify(all);
      const known = shared.broken.get(text) ?? { isClean: false, all };
      if (shared.broken.size < mostShared) shared.broken.set(text, known);
      return known;
    }
    const made = madeOf(value);
    const known = shared.clean.get(made) ?? { isClean: true, all: outcomesIn(texts, name, rules, value, new Map()) };
    shared.clean.set(made, known);
    return known;
  };
}

/** The shape of a value that breaks nothing: whether it is empty, and which members or items it has. */
function madeOf(value: unknown): string {
  if (value === '') return 'empty';
  if (Array.isArray(value)) return `${value.length} items`;
  return isObject(value) ? Object.keys(value).join() : '';
}

/** The outcome for each place of a value that a rule of its member speaks of. */
function outcomesIn(
  texts: Texts,
  name: string,
  rules: readonly PlacedRule[],
  value: unknown,
  broken: ReadonlyMap<string, readonly Rule[]>,
): readonly RuleOutcome[] {
  const own = pointer([name]);
  return rules.flatMap(({ rule, at: number }) =>
    places(name, value, rule).flatMap(({ place, found }): RuleOutcome[] => {
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

/**
 * The items of an array. Where there is no array, one place where nothing is found: it takes up what blocks the rule.
 */
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
