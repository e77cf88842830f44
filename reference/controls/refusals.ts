import { json, projectOf } from '../api.ts';
import { type ApiResponse, parseTarget, withBody, withHeader } from '../http.ts';
import type { Json } from '../json.ts';
import { onAnswers, onAny } from '../variants/answers.ts';
import { oddOf } from '../variants/odd-input.ts';
import { page, upstreamError } from '../variants/refusals.ts';
import { elsewhere, list } from '../variants/requests.ts';
import { ofFirstProject } from '../variants/stored.ts';
import { type Control, control } from './control.ts';

/** Bodies of errors as other products write them. */
const SHAPES: readonly (readonly [name: string, describes: string, body: (status: number) => Json])[] = [
  ['error', 'an object named error', (status) => ({ error: { code: status, message: 'refused' } })],
  [
    'flat',
    'a code and a message',
    (status) => ({ error_code: `VPN.${status}`, error_msg: 'refused', request_id: 'req-1' }),
  ],
  ['faults', 'an object named after the fault', () => ({ itemNotFound: { message: 'refused' } })],
  ['list', 'a list of errors', (status) => [{ status, title: 'refused' }]],
  ['string', 'a string', () => 'refused'],
  ['null', 'null', () => null],
];

/** Nothing of this gives an implementation away. */
const WORDY = {
  message: [
    'ValidationError: 1 error at line 3 (column 7)',
    'See the error at https://api.example.com/errors/not-found (in English) or com.example.vpn#NotFoundException',
    'Invalid field name in fields: select a column from the documented ones where it says so',
    'Error\n  at the gateway (region 1): try again at vpn.example.com',
    '** (see the manual) **',
    'Warning: one field in fields is unknown, see line 3 of https://docs.example.com/vpn.php on line search',
    'Fatal error: too many attempts to call this operation; an attempt to call a restricted operation was made',
    'The quotation mark in fields is not closed',
  ].join('\n'),
  detail: 'neutron.vpn.NotFound at api.example.com, line 12',
};

/** Refusals that are unusual and conform: clauses `authentication`, `errors` and `odd-input`. */
export const refusalControls: readonly Control[] = [
  ...SHAPES.map(([name, describes, body]) =>
    control(
      `refusal.shape.${name}`,
      `The body of an error is ${describes}.`,
      onAny(isRefusal, (response) => withBody(response, JSON.stringify(body(response.status)))),
    ),
  ),
  control(
    'refusal.problem',
    'Errors are problem details (RFC 9457).',
    onAny(isRefusal, (response) =>
      withBody(
        withHeader(response, 'Content-Type', 'application/problem+json'),
        JSON.stringify({ type: 'about:blank', title: 'refused', status: response.status }),
      ),
    ),
  ),
  control(
    'refusal.wordy',
    'Errors use words that stack traces use too.',
    onAny(isRefusal, (response) =>
      withBody(response, JSON.stringify({ NeutronError: { type: 'HTTPNotFound', ...WORDY } })),
    ),
  ),
  control('refusal.password', 'Errors speak of passwords, and a key is that word.', (api, world) => {
    for (const element of ofFirstProject(world)) element.psk = 'password';
    return onAny(isRefusal, (response) =>
      withBody(response, JSON.stringify({ error: { code: response.status, message: 'Invalid token or password' } })),
    )(api, world);
  }),
  control(
    'refusal.select',
    'Errors say select, from and set in a sentence.',
    onAny(isRefusal, (response) =>
      withBody(
        response,
        JSON.stringify({
          NeutronError: {
            type: 'HTTPBadRequest',
            message: 'Cannot select field from a set that does not have it',
            detail:
              'SELECT A FIELD FROM THE LIST of ipsec_site_connections; update the set, or delete from it where needed',
          },
        }),
      ),
    ),
  ),
  control(
    'refusal.bearer',
    'Wrong tokens are told to come with a bearer token.',
    onAny(isUnauthorized, (response) => withHeader(response, 'WWW-Authenticate', 'Bearer realm="vpn"')),
  ),
  control(
    'refusal.client-address',
    'Wrong tokens are told the address they come from, which is that of a peer.',
    (api, world) =>
      onAny(isUnauthorized, (response) =>
        withBody(
          response,
          JSON.stringify({
            error: { code: 401, title: 'Unauthorized', client: ofFirstProject(world)[0]?.peer_address ?? null },
          }),
        ),
      )(api, world),
  ),
  control(
    'refusal.two-challenges',
    'Wrong tokens get two challenges.',
    onAny(isUnauthorized, (response) => ({
      ...response,
      headers: [...response.headers, ['www-authenticate', 'Basic realm="vpn"']],
    })),
  ),
  ...[401, 403].map((status) =>
    control(
      `refusal.second-project.${status}`,
      `The second project’s token is refused with ${status}: it expired, or has no such role.`,
      (api, world) =>
        onAnswers(
          (request) => list(request) && projectOf(world, request) === world.secondProject,
          () => withHeader(upstreamError(status), 'WWW-Authenticate', 'Bearer realm="vpn"'),
        )(api, world),
    ),
  ),
  control(
    'refusal.echoed-path',
    'A 404 names the path that was not found.',
    onAny(isNotFound, (_, request) =>
      json(404, { NeutronError: { type: 'HTTPNotFound', message: request.target, detail: '' } }),
    ),
  ),
  control(
    'refusal.echoed-query',
    'Odd input is refused in JSON that repeats it.',
    onAnswers(
      (request) => oddOf(request) !== undefined,
      (_, request) => json(400, { error: [...parseTarget(request.target).query].flat().join(' ') }),
    ),
  ),
  control(
    'refusal.echoed-query.linked',
    'Odd input is refused in JSON that repeats it, beside headers that speak of HTML.',
    onAnswers(
      (request) => oddOf(request) !== undefined,
      (_, request) => {
        const refusal = json(400, { error: [...parseTarget(request.target).query].flat().join(' ') });
        const more = [
          ['Link', '</help>; rel="help"; type="text/html"'],
          ['X-Alternates', 'text/html'],
        ] as const;
        return { ...refusal, headers: [...refusal.headers, ...more] };
      },
    ),
  ),
  control(
    'refusal.escaped-query',
    'Odd input is refused in a page that repeats it escaped.',
    onAnswers(
      (request) => oddOf(request) !== undefined,
      (_, request) => page(400, escaped([...parseTarget(request.target).query].flat().join(' '))),
    ),
  ),
  control(
    'refusal.plain-query',
    'Odd input is refused in plain text that repeats it.',
    onAnswers(
      (request) => oddOf(request) !== undefined,
      (_, request) =>
        withHeader(page(400, [...parseTarget(request.target).query].flat().join(' ')), 'Content-Type', 'text/plain'),
    ),
  ),
  control(
    'refusal.quotes',
    'Names with quotes or comparisons are refused by a firewall.',
    onAnswers(
      (request) => list(request) && /%27|%22|%3D|'|"/i.test(request.target.split('fields=')[1] ?? ''),
      () => page(403),
    ),
  ),
  control(
    'refusal.odd-page',
    'Odd input is refused with the page of a firewall.',
    onAnswers(
      (request) => oddOf(request) !== undefined,
      () => page(403),
    ),
  ),
  control(
    'refusal.odd-404',
    'Odd input is not found.',
    onAnswers(
      (request) => oddOf(request) !== undefined,
      () => upstreamError(404),
    ),
  ),
  control(
    'refusal.odd-without-body',
    'Odd input is refused without a body.',
    onAnswers(
      (request) => oddOf(request) !== undefined,
      () => ({ status: 400, headers: [['Content-Length', '0']], body: new Uint8Array() }),
    ),
  ),
];

function isRefusal(response: ApiResponse): boolean {
  return response.status >= 400 && response.body.length > 0;
}

function isUnauthorized(response: ApiResponse): boolean {
  return response.status === 401;
}

function isNotFound(response: ApiResponse, request: Parameters<typeof elsewhere>[0]): boolean {
  return response.status === 404 && elsewhere(request);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
