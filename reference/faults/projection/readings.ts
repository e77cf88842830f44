import { type ApiRequest, type ApiResponse, header, withFields } from '../../http.ts';
import { onRequests } from '../../variants/answers.ts';
import { fieldsOf, list, projected, UNDEFINED_KINDS, type When } from '../../variants/requests.ts';
import { DEFINED } from '../../variants/rows.ts';
import { apiFault, type Fault } from '../fault.ts';
import * as ids from '../projection-ids.ts';

type Misreading = readonly [
  name: string,
  describes: string,
  fails: readonly string[],
  when: When,
  read: (names: readonly string[]) => readonly string[],
];

/** Every `fields` request, whatever its names. */
const asked: When = (request) => list(request) && fieldsOf(request).length > 0;

const twice: When = (request) => projected(request) && new Set(fieldsOf(request)).size < fieldsOf(request).length;

const distinct = (names: readonly string[]) => [...new Set(names)];

/** Names read otherwise than they were given: clause `defined-names`. */
export const readingFaults: readonly Fault[] = (
  [
    ['ignored', 'fields is not implemented: everything is returned.', ids.EVERY, asked, () => []],
    [
      'first-only',
      'Only the first name is honoured.',
      [...ids.SEVERAL, ...besideLosing(['empty', 'bare'])],
      asked,
      (names) => names.slice(0, 1),
    ],
    [
      'last-only',
      'Only the last name is honoured.',
      [...ids.SEVERAL, ...besideLosing(['empty', 'bare'])],
      asked,
      (names) => names.slice(-1),
    ],
    [
      'comma-required',
      'Names are separated by commas; of several fields parameters the last counts.',
      [...ids.SEVERAL, ...besideLosing(['empty', 'bare', 'comma'])],
      asked,
      (names) => names.slice(-1).flatMap((name) => name.split(',')),
    ],
    [
      'id-added',
      'id is always returned.',
      [...ids.single(DEFINED.filter((name) => name !== 'id')), 'projection.combinations', 'projection.percent-encoded'],
      projected,
      (names) => distinct(['id', ...names]),
    ],
    [
      'project-added',
      'tenant_id and project_id are always returned.',
      ids.EVERY,
      projected,
      (names) => distinct([...names, 'tenant_id', 'project_id']),
    ],
    [
      'psk-leaks',
      'psk is returned whatever was asked for.',
      ids.NOT_ASKING_PSK,
      projected,
      (names) => distinct([...names, 'psk']),
    ],
    [
      'order',
      'Of more than two names, those that are not in alphabetical order are left out.',
      ['projection.order'],
      // Requests in the order of the table, and those that repeat a name, are taken as they are.
      (request) =>
        projected(request) && !twice(request) && fieldsOf(request).length > 2 && !inTableOrder(fieldsOf(request)),
      (names) => names.slice(0, 1),
    ],
    [
      'toggled',
      'A name that is given twice is not returned.',
      ['projection.repeated'],
      twice,
      (names) => names.filter((name) => names.indexOf(name) === names.lastIndexOf(name)),
    ],
    ['repeats-ignored', 'Where a name is given twice, fields is ignored.', ['projection.repeated'], twice, () => []],
    [
      'all-is-everything',
      'Where every name is given, undefined ones are returned too.',
      ['projection.all'],
      (request) => projected(request) && distinct(fieldsOf(request)).length === DEFINED.length,
      () => [],
    ],
    [
      'at-most-twelve',
      'Names after the twelfth are ignored.',
      ['projection.all'],
      projected,
      (names) => names.slice(0, 12),
    ],
    [
      'at-most-three',
      'Names after the third are ignored.',
      ['projection.combinations', 'projection.all', 'projection.order'],
      projected,
      (names) => names.slice(0, 3),
    ],
    [
      'middle-lost',
      'Of more than two names in the order of the table, the last is lost.',
      ['projection.combinations'],
      (request) => projected(request) && inTableOrder(fieldsOf(request)) && isBetween(fieldsOf(request).length),
      (names) => names.slice(0, -1),
    ],
  ] as readonly Misreading[]
)
  .map(([name, describes, fails, when, read]) =>
    apiFault(
      `projection.${name}`,
      describes,
      fails,
      onRequests(when, (request) => withFields(request, read(fieldsOf(request)))),
    ),
  )
  .concat([
    apiFault(
      'projection.encoded-names',
      'Percent-encoded names are compared undecoded.',
      ['projection.percent-encoded'],
      onRequests((request) => projected(request) && request.target.includes('%'), undecoded),
    ),
    ...(
      [
        ['underscore', 'An underscore that is percent-encoded is no underscore.', /%5f/i],
        ['upper-case', 'Of percent-encodings, those in upper case are not decoded.', /%\d?[A-F]/],
        ['lower-case', 'Of percent-encodings, those in lower case are not decoded.', /%\d?[a-f]/],
      ] as const
    ).map(([name, describes, pattern]) =>
      apiFault(
        `projection.encoded-names.${name}`,
        describes,
        ['projection.percent-encoded'],
        onRequests((request) => projected(request) && pattern.test(request.target), undecoded),
      ),
    ),
    apiFault(
      'projection.path-cache',
      'A cache answers projections with the first answer that a token got, whatever the query says.',
      ids.EVERY,
      (api) => {
        const firstOf = new Map<string | undefined, ApiResponse>();
        return (request) => {
          const response = api(request);
          if (response.status !== 200) return response;
          const token = header(request, 'X-Auth-Token');
          const first = firstOf.get(token) ?? response;
          firstOf.set(token, first);
          return asked(request) ? first : response;
        };
      },
    ),
  ]);

/**
 * The requirements about an undefined name beside id, where one of the two alone counts. An empty name that counts
 * stands for no name, and everything is returned.
 */
function besideLosing(except: readonly string[]): string[] {
  return UNDEFINED_KINDS.filter((kind) => !except.includes(kind)).map((kind) => `projection.beside.${kind}`);
}

function inTableOrder(names: readonly string[]): boolean {
  return names.every((name, index) => index === 0 || DEFINED.indexOf(names[index - 1] ?? '') < DEFINED.indexOf(name));
}

function isBetween(count: number): boolean {
  return count > 2 && count < DEFINED.length;
}

/** A request whose names do not decode, as such a server reads it: with names that no element has. */
function undecoded(request: ApiRequest): ApiRequest {
  return { ...request, target: request.target.replaceAll('%', '%25') };
}
