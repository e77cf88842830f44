import { parameters } from '../harness/contract.ts';
import { isObject, type Json, type Reading } from '../harness/reading.ts';

/** A shorter value may stand in an answer by accident. */
export const tellingLength = 8;

/** The ids of all connections that some readings show. */
export function connectionIds(readings: readonly Reading[]): ReadonlySet<string> {
  return new Set(elementsOf(readings).flatMap(({ id }) => (typeof id === 'string' && id !== '' ? [id] : [])));
}

const sensitive = parameters.filter(({ schema }) => schema.sensitive).map(({ name }) => name);

/** Secrets of some readings that are long enough to be told, and equal to no other value of the inventory (clause 21). */
export function secretValues(readings: readonly Reading[]): ReadonlySet<string> {
  const elements = elementsOf(readings);
  const secrets = new Set(elements.flatMap((element) => sensitive.map((name) => element[name]).filter(isTelling)));
  for (const element of elements) {
    for (const [name, value] of Object.entries(element)) {
      if (typeof value === 'string' && !sensitive.includes(name)) secrets.delete(value);
    }
  }
  return secrets;
}

/** What is the connection's own, beside its id and its secrets: the project is the token's, the rest is one of few words. */
const telling: readonly string[] = [
  'name',
  'description',
  'peer_address',
  'peer_id',
  'peer_cidrs',
  'local_id',
  'local_ep_group_id',
  'peer_ep_group_id',
  'vpnservice_id',
  'ikepolicy_id',
  'ipsecpolicy_id',
];

/** Values of some readings that would tell, in another answer, what the connections are. */
export function tellingValues(readings: readonly Reading[]): ReadonlySet<string> {
  const values = elementsOf(readings).flatMap((element) => telling.flatMap((name) => element[name]));
  return new Set(values.filter(isTelling));
}

/** Every string of a JSON body, its escapes decoded; none where it is no JSON. */
export function stringsOf(json: Json | undefined): ReadonlySet<string> {
  return json?.ok ? stringsIn(json.value) : new Set();
}

/** Every string of a JSON value; names of members are none. */
export function stringsIn(value: unknown): ReadonlySet<string> {
  const strings = new Set<string>();
  const visit = (found: unknown): void => {
    if (typeof found === 'string') strings.add(found);
    else if (Array.isArray(found)) found.forEach(visit);
    else if (isObject(found)) Object.values(found).forEach(visit);
  };
  visit(value);
  return strings;
}

const named = new WeakMap<readonly unknown[], Map<string, readonly number[]>>();

/** Where the connections with an id or a name stand in a list; in equal lists it is looked for once. */
export function connectionsNamed(
  { elements = [] }: Reading,
  by: { member: 'id' | 'name'; value: string },
): readonly number[] {
  const known = named.get(elements) ?? new Map<string, readonly number[]>();
  named.set(elements, known);
  const key = `${by.member} ${by.value}`;
  const places =
    known.get(key) ??
    elements.flatMap((element, index) => (isObject(element) && element[by.member] === by.value ? [index] : []));
  known.set(key, places);
  return places;
}

/** Which of some ids an answer shows. */
export function quotedConnections(reading: Reading, ids: ReadonlySet<string>): readonly string[] {
  return [...connectionIds([reading])].filter((id) => ids.has(id));
}

function isTelling(value: unknown): value is string {
  // A run of one character is a mask.
  return typeof value === 'string' && value.length >= tellingLength && !/^(.)\1*$/su.test(value);
}

/** The elements of all readings; bodies that are equal share theirs, which are taken once. */
function elementsOf(readings: readonly Reading[]): readonly Record<string, unknown>[] {
  const lists = new Set(readings.map(({ elements }) => elements ?? []));
  return [...lists].flatMap((elements) => elements.filter(isObject));
}
