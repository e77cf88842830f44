import type { Observation } from '../answers/observation.ts';
import type { Contract } from '../contract/contract.ts';
import type { Texts } from '../json/texts.ts';
import type { ListFacts } from '../lists/list-facts.ts';

/** A shorter value may stand in an answer by accident. */
export const tellingLength = 8;

/** The tables in which the judges of lists look values up. */
type ValueTables = { texts: Texts; contract: Contract; fullLists: readonly Observation[] };

/** The ids of all connections that some answers show. */
export function connectionIds(
  { texts }: Pick<ValueTables, 'texts'>,
  answers: readonly Observation[],
): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const id of numbersOf(listsOf(answers), ['id'])) {
    const found = texts.value(id);
    if (typeof found === 'string' && found !== '') ids.add(found);
  }
  return ids;
}

/**
 * Secrets of the inventory that are long enough to be told from other text, and equal to no other value of it (clause
 * `errors`).
 */
export function secretValues({ texts, contract, fullLists }: ValueTables): ReadonlySet<string> {
  const { parameters, topLevelNames } = contract;
  const sensitive = parameters.filter(({ schema }) => schema.sensitive).map(({ name }) => name);
  const lists = listsOf(fullLists);
  const others = numbersOf(
    lists,
    [...topLevelNames].filter((name) => !sensitive.includes(name)),
  );
  for (const { undocumentedTexts } of lists) for (const id of undocumentedTexts) others.add(id);
  const secrets = new Set<string>();
  for (const id of numbersOf(lists, sensitive)) {
    const found = texts.value(id);
    if (isTelling(found) && !others.has(id)) secrets.add(found);
  }
  return secrets;
}

/**
 * The members whose values identify a connection, beside its id and its secrets. Left out are the project, which
 * follows from the token, and members with few values.
 */
const identifying: readonly string[] = [
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

/** Values of the inventory that would tell, in another answer, what the connections are. */
export function tellingValues({ texts, fullLists }: ValueTables): ReadonlySet<string> {
  const values = [...numbersOf(listsOf(fullLists), identifying)].flatMap((id) => texts.value(id));
  return new Set(values.filter(isTelling));
}

/** Where the connections with an id or a name stand in a list. */
export function connectionsNamed(
  { texts }: Pick<ValueTables, 'texts'>,
  list: ListFacts | undefined,
  by: { member: 'id' | 'name'; value: string },
): readonly number[] {
  const column = list?.values.get(by.member);
  const wanted = texts.idOf(by.value);
  const places: number[] = [];
  for (let at = column?.indexOf(wanted) ?? -1; at >= 0; at = column?.indexOf(wanted, at + 1) ?? -1) places.push(at);
  return places;
}

/** Which of some ids an answer shows. */
export function quotedConnections(
  tables: Pick<ValueTables, 'texts'>,
  answer: Observation,
  ids: ReadonlySet<string>,
): readonly string[] {
  return [...connectionIds(tables, [answer])].filter((id) => ids.has(id));
}

function isTelling(value: unknown): value is string {
  // A run of one character is a mask.
  return typeof value === 'string' && value.length >= tellingLength && !/^(.)\1*$/su.test(value);
}

/** The lists of some answers; one that came several times once. */
function listsOf(answers: readonly Observation[]): ReadonlySet<ListFacts> {
  return new Set(answers.flatMap(({ facts }) => facts.list ?? []));
}

/** The numbers of the values that some members have. */
function numbersOf(lists: ReadonlySet<ListFacts>, names: readonly string[]): Set<number> {
  const columns = new Set([...lists].flatMap(({ values }) => names.flatMap((name) => values.get(name) ?? [])));
  const numbers = new Set<number>();
  for (const column of columns) for (const id of column) if (id !== 0) numbers.add(id);
  return numbers;
}
