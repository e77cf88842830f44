import { isObject } from '../base/is-object.ts';
import { generalise, pointer, tokens } from '../base/pointer.ts';
import type { Contract, SchemaNode } from '../contract/contract.ts';
import { strength } from '../contract/level.ts';
import { isPresence, isType, type Rule, strongest } from '../contract/rules.ts';
import { keptGroups, keptPlaces } from './kept.ts';
import type { Texts } from './texts.ts';
import { wrapper } from './wrapper.ts';

/** What the elements of one list say about one rule. Values are numbers of the run's table; 0: there is none. */
export type Finding = {
  /** Values that could be judged, and how many of them broke the rule. */
  judged: number;
  failed: number;
  /** Values that could not be judged because a stronger rule is broken in the same place, or the member is missing. */
  blocked: ReadonlyMap<string, number>;
  /** The first few broken places: JSON pointers into the body, with what stands there. */
  places: readonly Found[];
  /** All broken places, those of the same member and value together; not all where `complete` is false. */
  groups: readonly FoundGroup[];
  complete: boolean;
};
type Found = { pointer: string; found: number };
type FoundGroup = { at: string; found: number; count: number };

/** What the elements of a list say about each rule of a contract. */
export type Findings = {
  /** @param rule by its place among the contract's rules */
  of(rule: number): Finding;
};

/** Holds the elements of lists to a contract. */
export type Folder = {
  /** Begins a list. */
  begin(): Folding;
};

/** Folds the elements of one list into findings, one after the other. */
export type Folding = {
  fold(element: Record<string, unknown>, index: number): void;
  /** What all elements say. */
  findings(): Findings;
};

/** What became of one value that a rule speaks of; the rule by its place among the contract's. */
type Outcome = { rule: number } & (
  | { kind: 'judged' }
  | { kind: 'blocked'; by: string }
  /** `at`: a JSON pointer within the element; `group`: the same for all elements; `path`: to the value, if one is there. */
  | { kind: 'failed'; at: string; group: string; path: readonly string[] | null }
);

/** The broken rules of a member by place (a JSON pointer within the element). */
type Broken = Map<string, Rule[]>;

/** A rule, and its place among the contract's. */
type Placed = { rule: Rule; at: number };

/** One top-level member. */
type Member = {
  name: string;
  /** All rules of the member, and of these the one that it is there; null where it need not be. */
  rules: readonly Placed[];
  presence: Placed | null;
  /** Departures of the same members from the same rules are alike in every element: what comes of them is found once. */
  alike: Map<string, readonly Outcome[]>;
};

/** Ways in which one member departs that are kept: a list that departs in more has other troubles. */
const mostAlike = 1_000;

/**
 * Makes what holds elements to a contract and folds Ajv's errors at once into counters, one for each rule. Blame once: at
 * one place of one element only the strongest broken rule counts. What is broken in one member blocks nothing in another.
 */
export function createFolder(contract: Contract, texts: Texts): Folder {
  const { rules } = contract;
  const placed = rules.map((rule, at): Placed => ({ rule, at }));
  const names = [...new Set(rules.map(({ path }) => path[0] as string))];
  const members = names.map((name): Member => {
    const own = placed.filter(({ rule }) => rule.path[0] === name);
    const presence = own.find(({ rule }) => isPresence(rule) && rule.path.length === 1) ?? null;
    return { name, rules: own, presence, alike: new Map() };
  });
  const memberOf = rules.map(({ path }) => names.indexOf(path[0] as string));
  return {
    begin() {
      const judged = new Float64Array(rules.length);
      const broken = new Map<number, BrokenRule>();
      const plain = members.map((): Plain => ({ values: 0, empty: 0, items: 0, missing: 0, firstMissing: [] }));
      return {
        fold(element, index) {
          const errors = contract.validate(element);
          const departing = errors.length === 0 ? nothingBroken : brokenByMember(contract, errors);
          for (const [place, member] of members.entries()) {
            const own = departing.get(member.name);
            if (own === undefined) countPlain(member, element, index, plain[place] as Plain, judged);
            else
              for (const outcome of outcomes(member, own, element))
                count(outcome, element, index, judged, broken, texts);
          }
        },
        findings: () => ({
          of(rule) {
            const place = memberOf[rule] as number;
            const { presence } = members[place] as Member;
            return findingOf(
              rules[rule] as Rule,
              presence?.rule ?? null,
              judged[rule] as number,
              broken.get(rule) ?? nothing,
              plain[place] as Plain,
            );
          },
        }),
      };
    },
  };
}

/** A rule that is broken, while it is counted. */
type BrokenRule = {
  failed: number;
  blocked: Map<string, number>;
  places: Found[];
  groups: Map<string, FoundGroup>;
  complete: boolean;
};

const nothing: BrokenRule = { failed: 0, blocked: new Map(), places: [], groups: new Map(), complete: true };

/**
 * What is counted of a member without looking at its rules one by one: values in which none is broken (of these empty
 * strings, and the items of arrays), and elements without the member.
 */
type Plain = { values: number; empty: number; items: number; missing: number; firstMissing: number[] };

function countPlain(
  member: Member,
  element: Record<string, unknown>,
  index: number,
  plain: Plain,
  judged: Float64Array,
): void {
  const found = element[member.name];
  if (found === undefined) {
    plain.missing += 1;
    if (plain.firstMissing.length < keptPlaces) plain.firstMissing.push(index);
    return;
  }
  plain.values += 1;
  if (found === '') plain.empty += 1;
  else if (Array.isArray(found)) plain.items += found.length;
  else if (isObject(found)) {
    for (const { rule, at } of member.rules) {
      if (rule.path.length > 1 && Object.hasOwn(found, rule.path[1] as string)) judged[at] = (judged[at] as number) + 1;
    }
  }
}

/** Each rule of a member has judged its values, or their items; where it is missing, that blocks all but its presence. */
function findingOf(
  rule: Rule,
  presence: Rule | null,
  counted: number,
  { failed, blocked, places, groups, complete }: BrokenRule,
  { values, empty, items, missing, firstMissing }: Plain,
): Finding {
  const whole = rule.nonEmpty ? values - empty : values;
  const judged = counted + (rule.path.length === 1 ? whole : rule.path[1] === '*' ? items : 0);
  const common = { judged, failed, blocked, places, groups: [...groups.values()], complete };
  if (presence === null || missing === 0) return common;
  if (rule !== presence) return { ...common, blocked: new Map(blocked).set(presence.id, missing) };
  return {
    ...common,
    judged: judged + missing,
    failed: missing,
    places: firstMissing.map((index) => ({ pointer: pointer([wrapper, index]), found: 0 })),
    groups: [{ at: `/${wrapper}/*`, found: 0, count: missing }],
  };
}

const nothingBroken: ReadonlyMap<string, Broken> = new Map();

function brokenByMember(contract: Contract, errors: ReturnType<Contract['validate']>): ReadonlyMap<string, Broken> {
  const byMember = new Map<string, Broken>();
  for (const { params, instancePath, parentSchema, keyword } of errors) {
    const missing = params.missingProperty as string | undefined;
    const place = missing === undefined ? instancePath : `${instancePath}/${missing}`;
    const end = place.indexOf('/', 1);
    // The names of the contract have nothing that a pointer escapes.
    const member = end < 0 ? place.slice(1) : place.slice(1, end);
    const path = missing === undefined ? undefined : end < 0 ? missing : `${member}.${missing}`;
    const rule = contract.ruleOf(parentSchema as SchemaNode, keyword, path);
    const places = byMember.get(member);
    const rules = places?.get(place);
    if (rules) rules.push(rule);
    else if (places) places.set(place, [rule]);
    else byMember.set(member, new Map([[place, [rule]]]));
  }
  return byMember;
}

function outcomes(member: Member, broken: Broken, element: Record<string, unknown>): readonly Outcome[] {
  const found = element[member.name];
  // Items of an array are too many to be alike.
  if (Array.isArray(found)) return outcomesOf(member.rules, broken, element);
  let key = found === '' ? 'empty' : isObject(found) ? Object.keys(found).join() : '';
  for (const [place, rules] of broken) {
    key += ` ${place}`;
    for (const { id } of rules) key += ` ${id}`;
  }
  const known = member.alike.get(key) ?? outcomesOf(member.rules, broken, element);
  if (member.alike.size < mostAlike) member.alike.set(key, known);
  return known;
}

function outcomesOf(rules: readonly Placed[], all: Broken, element: Record<string, unknown>): readonly Outcome[] {
  // At one place only the strongest broken rules count.
  const broken = new Map([...all].map(([place, each]) => [place, strongest(each)]));
  return rules.flatMap(({ rule, at: number }) =>
    places(element, rule).flatMap(({ place, found }): Outcome[] => {
      const by = blockerOf(rule, place, broken);
      if (by !== undefined) return [{ kind: 'blocked', rule: number, by }];
      if (broken.get(place)?.includes(rule)) {
        const isAbsent = isPresence(rule);
        const at = isAbsent ? parent(place) : place;
        return [{ kind: 'failed', rule: number, at, group: generalise(at), path: isAbsent ? null : tokens(at) }];
      }
      return found === undefined ? [] : [{ kind: 'judged', rule: number }];
    }),
  );
}

function count(
  outcome: Outcome,
  element: Record<string, unknown>,
  index: number,
  judged: Float64Array,
  all: Map<number, BrokenRule>,
  texts: Texts,
): void {
  const { rule } = outcome;
  if (outcome.kind !== 'blocked') judged[rule] = (judged[rule] as number) + 1;
  if (outcome.kind === 'judged') return;
  let broken = all.get(rule);
  if (!broken) {
    broken = { failed: 0, blocked: new Map(), places: [], groups: new Map(), complete: true };
    all.set(rule, broken);
  }
  const { blocked, places, groups } = broken;
  if (outcome.kind === 'blocked') {
    blocked.set(outcome.by, (blocked.get(outcome.by) ?? 0) + 1);
    return;
  }
  const { at, group, path } = outcome;
  let value: unknown = element;
  for (const step of path ?? []) value = (value as Record<string, unknown>)[step];
  const found = path === null ? 0 : texts.idOf(value);
  broken.failed += 1;
  if (places.length < keptPlaces) places.push({ pointer: pointer([wrapper, index]) + at, found });
  const key = `${found} ${group}`;
  const known = groups.get(key);
  if (known) known.count += 1;
  else if (groups.size < keptGroups) groups.set(key, { at: `/${wrapper}/*${group}`, found, count: 1 });
  else broken.complete = false;
}

type Place = { place: string; found: unknown };

/** The places of an element that a rule speaks of; a member that is missing is a place where nothing is found. */
function places(element: Record<string, unknown>, rule: Rule): Place[] {
  let at: Place[] = [{ place: '', found: element }];
  for (const step of rule.path) at = at.flatMap((above) => (step === '*' ? items(above) : [member(above, step)]));
  // Items of a wrong type are places of the array's own type rule.
  if (rule.ofItems) {
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
