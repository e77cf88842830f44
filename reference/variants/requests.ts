import { asksForList } from '../api.ts';
import { type ApiRequest, parseTarget } from '../http.ts';
import { DEFINED } from './rows.ts';

/** Whether a request is one that a variant acts on. */
export type When = (request: ApiRequest) => boolean;

/**
 * The names given in `fields`, decoded, in order.
 *
 * @param request any request
 * @returns the values of every `fields` parameter, empty ones included
 */
export function fieldsOf(request: ApiRequest): readonly string[] {
  return parseTarget(request.target).query.getAll('fields');
}

/** The unprojected list: no query at all. */
export const full: When = (request) => isRead(request) && !request.target.includes('?');

/** The list, projected to names that `fields` is defined for, and nothing else in the query. */
export const projected: When = (request) => {
  if (!isRead(request)) return false;
  const { query } = parseTarget(request.target);
  return query.size > 0 && [...query].every(([name, value]) => name === 'fields' && DEFINED.includes(value));
};

/** Every request for which the contract defines the answer: the list, projected or not. */
export const defined: When = (request) => full(request) || projected(request);

/** A GET for the list, whatever its query. */
export const list: When = isRead;

/** A request for a path that is nobody's. */
export const elsewhere: When = (request) => !asksForList(request);

/**
 * Projections that ask for a name, alone or among others.
 *
 * @param name the name
 * @returns the predicate
 */
export function asking(name: string): When {
  return (request) => projected(request) && fieldsOf(request).includes(name);
}

/**
 * Projections to one name, given once.
 *
 * @param name the name
 * @returns the predicate
 */
export function alone(name: string): When {
  return (request) => projected(request) && fieldsOf(request).length === 1 && fieldsOf(request)[0] === name;
}

/** Projections to more than one name; a name given twice counts. */
export const several: When = (request) => projected(request) && fieldsOf(request).length > 1;

function isRead(request: ApiRequest): boolean {
  return request.method === 'GET' && asksForList(request);
}

/** The note's names, and the members of dpd. */
const NAMED: readonly string[] = ['project_id', 'peer_id', 'dpd', 'local_id', 'interval', 'timeout', 'action'];

/** The names of undefined names in requirement ids. */
export const UNDEFINED_KINDS: readonly string[] = [
  ...NAMED,
  'unknown',
  'empty',
  'comma',
  'dotted',
  'upper-case',
  'bare',
];

/** Whether a request has `fields` without an equals sign. */
export const bare: When = (request) => list(request) && /[?&]fields(&|$)/.test(request.target);

/** Names that odd input is made of: they are no ordinary unknown names. */
const PROTOTYPE = /^(?:__\w+__|constructor|toString|hasOwnProperty|class)$/;

/**
 * Which kind of undefined name a value of `fields` is (clause `undefined-names`).
 *
 * @param name the value, decoded
 * @returns its kind, or undefined for a defined name and for odd input
 */
export function undefinedKind(name: string): string | undefined {
  if (name === '') return 'empty';
  if (NAMED.includes(name)) return name;
  if (/^\w+(?:,\w+)+$/.test(name)) return 'comma';
  if (/^\w+(?:\.\w+)+$/.test(name)) return 'dotted';
  if (DEFINED.includes(name)) return undefined;
  if (DEFINED.includes(name.toLowerCase())) return 'upper-case';
  return /^[a-z][\w-]{0,40}$/.test(name) && !PROTOTYPE.test(name) ? 'unknown' : undefined;
}
