import { isObject } from '../base/is-object.ts';
import { keptPlaces } from '../base/kept.ts';
import type { Contract } from '../contract/contract.ts';
import { editions } from '../contract/editions.ts';
import { type JsonType, typeOf } from '../json/json-type.ts';
import type { Texts } from '../json/texts.ts';
import { interpreterNames } from '../probes/odd-input.ts';
import { comparable } from './comparable.ts';
import { createElementChecker, type ElementChecker } from './element-findings.ts';
import type { ListFacts, Shape } from './list-facts.ts';

/** Reads the elements of one list, in their order; each may be let go when it was read. */
export type ListReader = { read(element: unknown): void; facts(bounds: Uint32Array): ListFacts };

/** The tables that the lists of a run share. */
export type Shared = {
  contract: Contract;
  texts: Texts;
  checker: ElementChecker;
  /** The members that some edition documents: of the element, and of dpd. */
  known: { topLevel: ReadonlySet<string>; dpd: readonly string[] };
  /** The checkers of other editions, made when one is asked for. */
  checkers: Map<Contract, ElementChecker>;
  /** The number of a value as it is compared, by member and the value's own number. */
  compared: Map<string, Map<number, number>>;
  /** Each shape that an element had has a number. */
  shapes: { byKey: Map<string, number>; names: Shape[] };
  /** The latest column of each name: a projection mostly repeats one of the full list's. */
  columns: Map<string, Int32Array>;
};

/** Makes what the lists of a run share. */
export function createShared(contract: Contract, texts: Texts): Shared {
  const all = [contract, ...editions];
  return {
    contract,
    texts,
    checker: createElementChecker(contract, texts),
    known: {
      topLevel: new Set(all.flatMap(({ topLevelNames }) => [...topLevelNames])),
      dpd: [...new Set(all.flatMap(({ dpdMembers }) => dpdMembers))],
    },
    checkers: new Map(),
    compared: new Map(),
    shapes: { byKey: new Map(), names: [] },
    columns: new Map(),
  };
}

/** Names of members that are kept of one element, and of all undocumented ones of a list. */
const mostNames = 100;
const mostUndocumented = 1_000;

/**
 * Makes the reader of one list.
 * @param length how many elements it has
 */
export function createListReader(shared: Shared, length: number): ListReader {
  const { texts, known, checker } = shared;
  const { topLevelNames, dpdMembers } = shared.contract;
  const columnsOf = () => createColumns(length);
  const [values, compared] = [columnsOf(), columnsOf()];
  const shapeOf = new Int32Array(length).fill(-1);
  const undocumented = { inElements: new Set<string>(), inDpd: new Set<string>() };
  const undocumentedTexts = new Set<number>();
  const interpreterValues = new Map<string, Set<number>>();
  const holdersOfPsk = new Set<string>();
  const ids = new Set<number>();
  const notObjects = {
    places: [] as { index: number; type: JsonType }[],
    byType: new Map<JsonType, number>(),
    count: 0,
  };
  let hasOwnIds = true;
  let at = 0;
  let latest: { names: readonly string[]; shape: number } = { names: [], shape: -1 };

  /** Elements mostly have the members of the one before them. */
  const shapeLike = (names: readonly string[]): number => {
    const isSameLength = latest.shape >= 0 && latest.names.length === names.length;
    if (!isSameLength || !names.every((name, index) => name === latest.names[index])) {
      latest = { names, shape: shapeId(shared.shapes, names) };
    }
    return latest.shape;
  };

  const readDpd = (dpd: Record<string, unknown>): void => {
    for (const [name, value] of Object.entries(dpd)) {
      if (known.dpd.includes(name)) values.set(`dpd.${name}`, at, texts.idOf(value));
      if (!dpdMembers.includes(name) && undocumented.inDpd.size < mostUndocumented) undocumented.inDpd.add(name);
    }
  };

  const readMember = (name: string, value: unknown): void => {
    const isContainer = typeof value === 'object' && value !== null;
    if (name === 'psk' || (isContainer && hasPskMember(value))) holdersOfPsk.add(name);
    if (!topLevelNames.has(name)) {
      if (undocumented.inElements.size < mostUndocumented) undocumented.inElements.add(name);
      if (typeof value === 'string') undocumentedTexts.add(texts.idOf(value));
      if (value !== null && isInterpreterName(name)) {
        const kept = interpreterValues.get(name) ?? new Set();
        if (kept.size < mostNames) kept.add(texts.idOf(value));
        interpreterValues.set(name, kept);
      }
      if (!known.topLevel.has(name)) return;
    }
    const id = texts.idOf(value);
    values.set(name, at, id);
    if (topLevelNames.has(name)) checker.learn(name, value, id);
    compared.set(name, at, isContainer ? comparedId(shared, name, id, value, known.dpd) : id);
    if (name === 'dpd' && isObject(value)) readDpd(value);
  };

  return {
    read(element) {
      if (isObject(element)) {
        const names = Object.keys(element);
        shapeOf[at] = shapeLike(names);
        for (const name of names) readMember(name, element[name]);
        const { id } = element;
        const number = typeof id === 'string' && id !== '' ? texts.idOf(id) : 0;
        hasOwnIds &&= number !== 0 && !ids.has(number);
        ids.add(number);
      } else {
        const type = typeOf(element);
        notObjects.count += 1;
        notObjects.byType.set(type, (notObjects.byType.get(type) ?? 0) + 1);
        if (notObjects.places.length < keptPlaces) notObjects.places.push({ index: at, type });
      }
      at += 1;
    },
    facts: (bounds) =>
      asReadBy(shared, shared.contract, {
        length,
        notObjects,
        values: share(shared, values.all, 'as sent'),
        compared: share(shared, compared.all, 'compared'),
        shapes: shareColumn(shared, 'shapes', shapeOf),
        shapeNames: shared.shapes.names,
        hasOwnIds,
        undocumented,
        undocumentedTexts,
        interpreterValues,
        holdersOfPsk,
        bounds,
      }),
  };
}

/** The facts of a list before an edition looks at them: with the columns of all members that some edition documents. */
type PlainFacts = Omit<ListFacts, 'findings' | 'by'>;

/** The facts of a list as an edition reads it: members that only others document are undocumented. */
function asReadBy(shared: Shared, contract: Contract, plain: PlainFacts): ListFacts {
  const { topLevelNames, dpdMembers } = contract;
  const isText = (id: number) => typeof shared.texts.value(id) === 'string';
  const isOwn = (name: string) =>
    name.startsWith('dpd.') ? dpdMembers.includes(name.slice('dpd.'.length)) : topLevelNames.has(name);
  const ofOwn = (columns: PlainFacts['values']) => new Map([...columns].filter(([name]) => isOwn(name)));
  const values = ofOwn(plain.values);
  const foreign = [...plain.values].filter(([name]) => !isOwn(name));
  const textsIn = (columns: typeof foreign) =>
    columns.flatMap(([name, column]) => (name.startsWith('dpd.') ? [] : [...new Set(column)])).filter(isText);
  const undocumentedOf = (found: ReadonlySet<string>, isInDpd: boolean) => {
    const names = foreign.flatMap(([name]) => (name.startsWith('dpd.') === isInDpd ? name.replace(/^dpd\./, '') : []));
    const isUnknown = (name: string) => !isOwn(isInDpd ? `dpd.${name}` : name);
    return new Set([...found, ...names].filter(isUnknown));
  };
  const { inElements, inDpd } = plain.undocumented;
  const checker = checkerFor(shared, contract);
  const isObjectAt = (index: number) => (plain.shapes[index] as number) >= 0;
  return {
    ...plain,
    values,
    compared: ofOwn(plain.compared),
    undocumented: { inElements: undocumentedOf(inElements, false), inDpd: undocumentedOf(inDpd, true) },
    // Those that the run's own edition does not document are among them already.
    undocumentedTexts:
      contract === shared.contract
        ? plain.undocumentedTexts
        : new Set([...plain.undocumentedTexts, ...textsIn(foreign)]),
    findings: checker.findings(values, plain.length, isObjectAt),
    by: (other) => asReadBy(shared, other, plain),
  };
}

function checkerFor({ contract, checker, checkers, texts }: Shared, wanted: Contract): ElementChecker {
  if (wanted === contract) return checker;
  const known = checkers.get(wanted) ?? createElementChecker(wanted, texts);
  checkers.set(wanted, known);
  return known;
}

const isInterpreterName = (name: string): boolean => (interpreterNames as readonly string[]).includes(name);

/** Columns that are made when their first value comes. */
function createColumns(length: number) {
  const all = new Map<string, Int32Array>();
  return {
    all,
    set(name: string, at: number, id: number): void {
      let column = all.get(name);
      if (!column) {
        column = new Int32Array(length);
        all.set(name, column);
      }
      column[at] = id;
    },
  };
}

function comparedId(
  { texts, compared }: Shared,
  name: string,
  id: number,
  value: unknown,
  dpdMembers: readonly string[],
): number {
  let known = compared.get(name);
  if (!known) {
    known = new Map();
    compared.set(name, known);
  }
  const found = known.get(id) ?? texts.idOf(comparable(name, value, dpdMembers));
  known.set(id, found);
  return found;
}

function shapeId({ byKey, names: all }: Shared['shapes'], names: readonly string[]): number {
  const kept = names.length > mostNames ? names.slice(0, mostNames) : names;
  const key = `${names.length} ${kept.join('\0')}`;
  const known = byKey.get(key);
  if (known !== undefined) return known;
  const id = all.push({ names: kept, count: names.length }) - 1;
  byKey.set(key, id);
  return id;
}

/** Whether a value holds a member psk, at any depth. */
function hasPskMember(value: object): boolean {
  if (Array.isArray(value))
    return value.some((item) => typeof item === 'object' && item !== null && hasPskMember(item));
  return Object.entries(value).some(
    ([name, item]) => name === 'psk' || (typeof item === 'object' && item !== null && hasPskMember(item)),
  );
}

function share(
  shared: Shared,
  columns: ReadonlyMap<string, Int32Array>,
  kind: string,
): ReadonlyMap<string, Int32Array> {
  return new Map([...columns].map(([name, column]) => [name, shareColumn(shared, `${kind} ${name}`, column)]));
}

/** Equal columns are held once. */
function shareColumn({ columns }: Shared, key: string, column: Int32Array): Int32Array {
  const latest = columns.get(key);
  if (latest !== undefined && areEqual(latest, column)) return latest;
  columns.set(key, column);
  return column;
}

function areEqual(one: Int32Array, other: Int32Array): boolean {
  return Buffer.from(one.buffer).equals(Buffer.from(other.buffer));
}
