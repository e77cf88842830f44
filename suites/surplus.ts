import type { Observations } from '../harness/observations.ts';
import { pointer } from '../harness/pointer.ts';
import { isObject, type Reading, wrapper } from '../harness/reading.ts';
import { type Violation, value } from '../harness/verdict.ts';
import { secretValues, tellingLength } from './connection-data.ts';

/**
 * What stands beside the list of an answer. Links are paging, which no name asks for and none forbids (clause 15).
 */
export function besideList({ json }: Reading): Readonly<Record<string, unknown>> {
  const body = json?.ok ? json.value : undefined;
  if (!isObject(body)) return {};
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== wrapper && name !== `${wrapper}_links`));
}

/**
 * Members of a projected answer that nobody asked for, in its elements and beside the list (contract clauses 4, 10 and
 * 12). What stands beside the full list too, a count or the id of a request, belongs to the wrapper: `fields` chooses
 * members of connections, and never was asked about it. A psk there is a secret sent unasked all the same.
 * @param names what was asked for
 * @param usual the names of what stands beside the full lists
 */
export function surplusMembers(
  observations: Observations,
  reading: Reading,
  names: readonly string[],
  usual: ReadonlySet<string>,
): readonly Violation[] {
  const { observation } = reading;
  const wanted = new Set(names);
  const showsKey = (text: string) => keyFinder(observations)(text);
  const departure = (at: string, expected: string, surplus: readonly string[], isSecret: boolean): Violation => ({
    observation,
    pointer: at,
    expected,
    actual: value({ surplus }),
    ...(isSecret ? { hint: 'psk, a secret, is sent although nobody asked for it.' } : {}),
  });
  const inElements = (reading.elements ?? []).flatMap((element, index): Violation[] => {
    const surplus = isObject(element) ? Object.entries(element).filter(([name]) => !wanted.has(name)) : [];
    if (surplus.length === 0) return [];
    const expected = `the members ${names.join(', ')} and no other`;
    const isSecret = holdsKey(Object.fromEntries(surplus));
    return [
      departure(
        pointer([wrapper, index]),
        expected,
        surplus.map(([name]) => name),
        isSecret,
      ),
    ];
  });
  const isSecret = (name: string, found: unknown) =>
    !wanted.has('psk') && (holdsKey({ [name]: found }) || showsKey(JSON.stringify(found)));
  const beside = Object.entries(besideList(reading)).filter(
    ([name, found]) => !usual.has(name) || isSecret(name, found),
  );
  if (beside.length === 0) return inElements;
  const expected = 'nothing beside the list but what the full list has there';
  const isAnySecret = beside.some(([name, found]) => isSecret(name, found));
  return [
    ...inElements,
    departure(
      '',
      expected,
      beside.map(([name]) => name),
      isAnySecret,
    ),
  ];
}

/** Whether a value holds a member psk, at any depth. */
function holdsKey(found: unknown): boolean {
  return JSON.stringify(found).includes('"psk":');
}

const finders = new WeakMap<Observations, (text: string) => boolean>();

/** Whether a JSON text shows the psk of a connection, under whatever name. */
function keyFinder(observations: Observations): (text: string) => boolean {
  const known = finders.get(observations);
  if (known) return known;
  const keys = [...secretValues(observations.fullLists)].map((key) => JSON.stringify(key).slice(1, -1));
  // By their beginnings, so that a text is walked once, however many keys there are.
  const byHead = new Map<string, string[]>();
  for (const key of keys) {
    const head = key.slice(0, tellingLength);
    byHead.set(head, [...(byHead.get(head) ?? []), key]);
  }
  const finder = (text: string) => {
    for (let at = 0; at + tellingLength <= text.length; at += 1) {
      if (byHead.get(text.slice(at, at + tellingLength))?.some((key) => text.startsWith(key, at))) return true;
    }
    return false;
  };
  finders.set(observations, finder);
  return finder;
}
