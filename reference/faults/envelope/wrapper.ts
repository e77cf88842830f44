import type { Element, Json } from '../../json.ts';
import { body, type Change, eachElement, elements, elementsIn, onAnswers } from '../../variants/answers.ts';
import { full, list } from '../../variants/requests.ts';
import { TOP_LEVEL } from '../../variants/rows.ts';
import { apiFault, type Fault } from '../fault.ts';
import { ofLists } from './of-lists.ts';

const WRAPPER = ['envelope.wrapper'];
const ELEMENTS = ['envelope.elements'];

/** Faults around the list, and in what it is a list of: clause `envelope`. */
export const wrapperFaults: readonly Fault[] = [
  ...bodies([
    ['other-key', 'The list is named vpn_connections.', (list) => ({ vpn_connections: list })],
    ['hyphens', 'The list is named as the path is.', (list) => ({ 'ipsec-site-connections': list })],
    ['camel-case', 'The list is named in camel case.', (list) => ({ ipsecSiteConnections: list })],
    ['singular', 'The list is named in the singular.', (list) => ({ ipsec_site_connection: list })],
    ['bare', 'There is nothing around the list.', (list) => list],
    [
      'map',
      'The elements are members of an object, by number.',
      (list) => ({ ipsec_site_connections: { ...list } as Json }),
    ],
    ['one', 'The first element stands for the list.', (list) => ({ ipsec_site_connections: list[0] ?? null })],
    ['null', 'There is null instead of a list.', () => ({ ipsec_site_connections: null })],
    ['count', 'There is a number instead of a list.', (list) => ({ ipsec_site_connections: list.length })],
    ['string', 'The list is JSON in a string.', (list) => ({ ipsec_site_connections: JSON.stringify(list) })],
    ['twice', 'The list is wrapped twice.', (list) => ({ ipsec_site_connections: { ipsec_site_connections: list } })],
    ['data', 'The usual body is in a member named data.', (list) => ({ data: { ipsec_site_connections: list } })],
    ['in-list', 'The usual body is in a list.', (list) => [{ ipsec_site_connections: list }]],
    [
      'double-encoded',
      'The body is JSON in a JSON string.',
      (list) => JSON.stringify({ ipsec_site_connections: list }),
    ],
    ['empty-object', 'The body is an empty object.', () => ({})],
    ['empty-list', 'The body is an empty list.', () => []],
    ['null-body', 'The body is null.', () => null],
    ['true-body', 'The body is true.', () => true],
    ['number-body', 'The body is a number.', (list) => list.length],
    ['error', 'An error is sent with status 200.', () => ({ error: { code: 500, message: 'internal' } })],
    [
      'upstream-error',
      'An upstream error is sent with status 200.',
      () => ({ NeutronError: { type: 'HTTPForbidden', message: '', detail: '' } }),
    ],
    ['code', 'The answer says in its body how it went.', () => ({ code: 0, msg: 'ok', result: null })],
  ]),
  ofLists(
    'elements.strings',
    'The list is one of ids.',
    ELEMENTS,
    eachElement((element) => element.id ?? null),
  ),
  ofLists(
    'elements.rows',
    'Each element is a list of values.',
    ELEMENTS,
    eachElement((element) => Object.values(element)),
  ),
  ofLists(
    'elements.json',
    'Each element is JSON in a string.',
    ELEMENTS,
    eachElement((element) => JSON.stringify(element)),
  ),
  ofLists(
    'elements.nested',
    'The list is in a list.',
    ELEMENTS,
    elements((list) => [list]),
  ),
  ofLists(
    'elements.null',
    'The last element is null.',
    ELEMENTS,
    elements((list) => [...list.slice(0, -1), null]),
  ),
  ofLists(
    'elements.null-after',
    'A null follows the last element.',
    ELEMENTS,
    elements((list) => [...list, null]),
  ),
  ofLists(
    'elements.null-before',
    'A null stands before the first element.',
    ELEMENTS,
    elements((list) => [null, ...list]),
  ),
  ofLists(
    'elements.count',
    'The last of the list is how many there are.',
    ELEMENTS,
    elements((list) => [...list, list.length]),
  ),
  apiFault(
    'envelope.elements.wrapped',
    'Each element of the full list is in an object of its own.',
    TOP_LEVEL.map((name) => `parameters.presence.${name}`),
    onAnswers(
      full,
      eachElement((element) => ({ ipsec_site_connection: element })),
    ),
  ),
  apiFault(
    'envelope.elements.empty',
    'An empty object follows the last element, whatever was asked for.',
    TOP_LEVEL.map((name) => `parameters.presence.${name}`),
    onAnswers(
      list,
      elements((each) => [...each, {}]),
    ),
  ),
];

function bodies(
  table: readonly (readonly [name: string, describes: string, wrap: (list: Element[]) => Json])[],
): Fault[] {
  return table.map(([name, describes, wrap]) => ofLists(`wrapper.${name}`, describes, WRAPPER, wrapped(wrap)));
}

function wrapped(wrap: (list: Element[]) => Json): Change {
  return (response, request) => body(() => wrap(elementsIn(response)))(response, request);
}
