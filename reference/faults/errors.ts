import { type ApiRequest, header, parseTarget, withBody, withHeader } from '../http.ts';
import { body, onAny, onRequests } from '../variants/answers.ts';
import { page, toLogin, upstreamError } from '../variants/refusals.ts';
import { defined, elsewhere, full, list } from '../variants/requests.ts';
import { ofFirstProject } from '../variants/stored.ts';
import type { Wrap } from '../variants/wrap.ts';
import type { World } from '../world.ts';
import { apiFault, type Fault } from './fault.ts';
import { headFaults } from './head.ts';
import { INTERNALS } from './internals.ts';

const UNKNOWN_PATH = ['errors.unknown-path'];
const JSON_BODY = ['errors.json-body'];
const SECRETS = ['errors.secrets'];

/** Faults in the form and the words of errors: clause `errors`. */
export const errorFaults: readonly Fault[] = [
  apiFault(
    'errors.unknown-path.list',
    'Every path that begins as the list’s does is the list’s.',
    UNKNOWN_PATH,
    onRequests(elsewhere, (request) => ({ ...request, target: '/v2.0/vpn/ipsec-site-connections' })),
  ),
  ...notFound('unknown-path', UNKNOWN_PATH, [
    ['500', 'Unknown paths fail with 500.', () => upstreamError(500)],
    ['page', 'Unknown paths get the page of an application, with status 200.', () => page(200)],
    ['redirect', 'Unknown paths lead to a login page.', toLogin],
    ['200', 'An unknown path is an error with status 200.', (response) => ({ ...response, status: 200 })],
  ]),
  ...notFound(
    'unknown-path',
    ['errors.unknown-path.404'],
    [
      ['400', 'Unknown paths are bad requests.', () => upstreamError(400)],
      ['403', 'Unknown paths are forbidden.', () => upstreamError(403)],
      ['405', 'No method is allowed for unknown paths.', () => upstreamError(405)],
      ['410', 'Unknown paths are gone.', () => upstreamError(410)],
    ],
  ),
  ...notFound('json-body', JSON_BODY, [
    ['page', 'A 404 is a page.', () => page(404)],
    [
      'text',
      'A 404 is plain text.',
      (response) => withBody(withHeader(response, 'Content-Type', 'text/plain'), 'Not Found\n'),
    ],
    ['empty', 'A 404 has no body.', (response) => withBody(response, '')],
    [
      'xml',
      'A 404 is XML.',
      (response) => withBody(withHeader(response, 'Content-Type', 'application/xml'), '<error code="404"/>'),
    ],
    ['broken', 'A 404 is labelled JSON and is none.', (response) => withBody(response, "{'error': 'not found'}")],
  ]),
  apiFault(
    'errors.json-body.refusals',
    'Every refusal is labelled JSON and is none, those of odd names and of odd input too.',
    JSON_BODY,
    onAny(
      (response, request) => response.status >= 400 || !(defined(request) || elsewhere(request)),
      (response) => ({
        ...withBody(response, 'refused'),
        status: Math.max(response.status, 400),
      }),
    ),
  ),
  ...headFaults,
  ...INTERNALS.map(([name, describes, text]) =>
    apiFault(
      `errors.internals.${name}`,
      `A 404 shows ${describes}.`,
      ['errors.internals'],
      onAny(isNotFound, (response) =>
        withBody(
          response,
          JSON.stringify({ NeutronError: { type: 'HTTPNotFound', message: 'Not found', detail: text } }),
        ),
      ),
    ),
  ),
  ...([429, 503] as const).flatMap((status) => [
    askedAgain(
      `errors.internals.retried.${status}`,
      status,
      'errors.internals',
      () => 'Traceback (most recent call last):\n  File "api.py", line 7, in index',
    ),
    askedAgain(
      `errors.secrets.retried.${status}`,
      status,
      'errors.secrets',
      (token) => `The token ${token} asks too often.`,
    ),
  ]),
  apiFault(
    'errors.internals.header',
    'A header shows the database’s error.',
    ['errors.internals'],
    onAny(isNotFound, (response) => withHeader(response, 'X-Debug', 'SQLSTATE[42S02]: Base table or view not found')),
  ),
  apiFault(
    'errors.internals.list',
    'The query stands beside the list.',
    ['errors.internals'],
    onAny(
      (response, request) => response.status === 200 && list(request),
      body((parsed) => ({ ...parsed, debug: 'SELECT id, psk FROM ipsec_site_connections WHERE project_id = ?' })),
    ),
  ),
  ...secrets([
    [
      'token',
      'A 404 repeats the request’s headers.',
      (_, token) => JSON.stringify({ error: 'not found', request: { 'X-Auth-Token': token } }),
    ],
    [
      'psk',
      'A 404 names the keys that were looked through.',
      (world) => JSON.stringify({ error: 'not found', tried: ofFirstProject(world).map((each) => each.psk ?? null) }),
    ],
    [
      'token.dumped',
      'A 404 dumps the token in hexadecimal.',
      (_, token) => JSON.stringify({ error: 'not found', token: Buffer.from(token).toString('hex').toUpperCase() }),
    ],
    [
      'psk.basic',
      'A 404 shows a key in base64.',
      (world) =>
        JSON.stringify({
          error: 'not found',
          basic: Buffer.from(`peer:${ofFirstProject(world)[0]?.psk}`).toString('base64'),
        }),
    ],
    [
      'psk.escaped',
      'A 404 names a key, each character of it escaped.',
      (world) => `{"error": "not found", "tried": "${escaped(String(ofFirstProject(world)[0]?.psk))}"}`,
    ],
    [
      'psk.word',
      'A 404 shows a key that is a word, beside the name of what it is.',
      (world) => {
        const [first] = ofFirstProject(world);
        if (first) first.psk = 'honeysuckle';
        return JSON.stringify({ error: 'not found', detail: 'no connection has psk=honeysuckle' });
      },
    ],
    [
      'connection',
      'A 404 quotes a whole connection.',
      (world) => JSON.stringify({ error: 'not found', nearest: ofFirstProject(world)[0] ?? null }),
    ],
  ]),
  ...leaks([
    ['token', 'X-Auth-Token', 'The token is repeated in a header.', (_, token) => token],
    ['cookie', 'Set-Cookie', 'The token becomes a cookie.', (_, token) => `session=${token}; HttpOnly`],
    ['psk', 'X-First-Key', 'A header holds a key.', (world) => String(ofFirstProject(world)[0]?.psk)],
    [
      'psk.item',
      'Link',
      'A link holds a key as a parameter.',
      (world) => `</v2.0/vpn/ipsec-site-connections?psk=${ofFirstProject(world)[0]?.psk}&x=1>; rel="self"`,
    ],
    [
      'psk.json',
      'X-Connection',
      'A header quotes a connection in JSON.',
      (world) => JSON.stringify({ psk: ofFirstProject(world)[0]?.psk ?? null }),
    ],
    [
      'psk.base64',
      'X-Key',
      'A header holds a key in base64.',
      (world) => Buffer.from(String(ofFirstProject(world)[0]?.psk)).toString('base64'),
    ],
  ]),
  apiFault(
    'errors.markup.echoed',
    'A refusal repeats the query as HTML.',
    ['errors.markup'],
    onAny(
      (response, request) => response.status === 200 && list(request) && /<.*>/.test(queryText(request)),
      (_, request) => page(400, `<p>Invalid value: ${queryText(request)}</p>`),
    ),
  ),
  apiFault(
    'errors.markup.quotes',
    'A refusal repeats the query as HTML, its quotes alone escaped.',
    ['errors.markup'],
    onAny(
      (response, request) => response.status === 200 && list(request) && /<.*>/.test(queryText(request)),
      (_, request) => page(400, `<p>Invalid value: ${queryText(request).replaceAll("'", '&#39;')}</p>`),
    ),
  ),
  apiFault(
    'errors.header-injection.split',
    'The query is copied into a header as it is.',
    ['errors.header-injection'],
    onAny(
      (response, request) => response.status === 200 && list(request),
      (response, request) => ({ ...response, headers: [...response.headers, ...injected(request)] }),
    ),
  ),
];

type Refusal = readonly [name: string, describes: string, refuse: Parameters<typeof onAny>[1]];

/** The tenth request is turned away, once, with what no answer may say. */
function askedAgain(name: string, status: number, id: string, say: (token: string) => string): Fault {
  return apiFault(name, `An answer ${status} that is asked again says what no answer may.`, [id], (api) => {
    let turn = 0;
    return (request) => {
      turn += 1;
      if (turn !== 10) return api(request);
      return withHeader(withBody(upstreamError(status), say(tokenOf(request))), 'Retry-After', '0');
    };
  });
}

/** An unknown path answered otherwise. */
function notFound(group: string, fails: readonly string[], table: readonly Refusal[]): Fault[] {
  return table.map(([name, describes, refuse]) =>
    apiFault(`errors.${group}.${name}`, describes, fails, onAny(isNotFound, refuse)),
  );
}

function isNotFound(response: { status: number }, request: ApiRequest): boolean {
  return response.status === 404 && elsewhere(request);
}

function secrets(table: readonly (readonly [string, string, (world: World, token: string) => string])[]): Fault[] {
  return table.map(([name, describes, say]) =>
    apiFault(`errors.secrets.${name}`, describes, SECRETS, (api, world) =>
      onAny(isNotFound, (response, request) => withBody(response, say(world, tokenOf(request))))(api, world),
    ),
  );
}

function leaks(
  table: readonly (readonly [string, string, string, (world: World, token: string) => string])[],
): Fault[] {
  return table.map(([name, field, describes, say]) => {
    const wrap: Wrap = (api, world) =>
      onAny(
        (response, request) => response.status === 200 && defined(request) && full(request),
        (response, request) => withHeader(response, field, say(world, tokenOf(request))),
      )(api, world);
    return apiFault(`errors.secrets.header.${name}`, describes, SECRETS, wrap);
  });
}

function tokenOf(request: ApiRequest): string {
  return header(request, 'X-Auth-Token') ?? '';
}

function queryText(request: ApiRequest): string {
  return [...parseTarget(request.target).query].map(([name, value]) => `${name}=${value}`).join('&');
}

/** Lines of the query that look like header fields (RFC 9112 section 5). */
function injected(request: ApiRequest): [string, string][] {
  return [...queryText(request).matchAll(/[\r\n]+([\w-]+): ?([^\r\n]*)/g)].map(([, name = '', value = '']) => [
    name,
    value,
  ]);
}

/** Each character as JSON may write it, and no writer does. */
function escaped(text: string): string {
  return [...text].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}
