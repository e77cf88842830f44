import type { Server, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type ApiResponse, header, withBody, withHeader } from '../http.ts';
import { afterOdd } from '../variants/after-odd.ts';
import { body, type Change, elements, onAnswers, onAny, text } from '../variants/answers.ts';
import { ODD_KINDS, type OddPlace, oddOf } from '../variants/odd-input.ts';
import { page, toLogin, upstreamError } from '../variants/refusals.ts';
import { fieldsOf, full, list, type When } from '../variants/requests.ts';
import { apiFault, type Fault, wireFault } from './fault.ts';

const RECOVERY = ['robustness.recovery'];

const PLACES: readonly (readonly [place: OddPlace, words: string])[] = [
  ['fields', 'in fields'],
  ['parameter', 'in an unknown parameter'],
];

const inXml: Change = (response) =>
  withBody(withHeader(response, 'Content-Type', 'application/xml'), '<ipsec_site_connections/>');

/** Other ways than a 500 to take odd input badly. */
const WAYS: readonly (readonly [name: string, describes: string, kind: string, change: Change])[] = [
  ['page', 'gets a page with status 200', 'quotes', () => page(200)],
  ['empty', 'gets status 200 and no body', 'unicode', (response) => withBody(response, '')],
  ['redirect', 'leads to a login page', 'traversal', toLogin],
  ['proxy', 'makes a proxy answer 502', 'long', () => page(502)],
  [
    'broken',
    'is refused in a body labelled JSON that is none',
    'markup',
    (response) => ({ ...withBody(response, '{"error": <markup>}'), status: 400 }),
  ],
  [
    'echo',
    'is copied into the body unescaped',
    'template',
    (response, request) => withBody(response, `{"ipsec_site_connections": [], "asked": ${request.target}}`),
  ],
  ['no-list', 'gets an object that is no list', 'brackets', (response) => withBody(response, '{"id": {}}')],
  ['internal', 'is refused with 501', 'plus', () => upstreamError(501)],
  [
    'labelled',
    'gets a list that is labelled text/html',
    'quotes',
    (response) => withHeader(response, 'Content-Type', 'text/html'),
  ],
  [
    'duplicates',
    'gets a list whose elements have their id twice',
    'prototype',
    text((json) => json.replace(/\]\}$/, ',{"id":"1","id":"1"}]}')),
  ],
  ['marked', 'gets a list that begins with a byte order mark', 'unicode', text((json) => `\ufeff${json}`)],
  [
    'problem',
    'is refused in a body labelled as problem details that is none',
    'markup',
    (response) => ({
      ...withBody(withHeader(response, 'Content-Type', 'application/problem+json'), 'no such field'),
      status: 400,
    }),
  ],
  [
    'unsaid',
    'is refused in an empty body that is labelled JSON',
    'template',
    (response) => ({ ...withBody(response, ''), status: 400 }),
  ],
];

/**
 * Values that a name brings where it is looked up in an object and not among its members: name, words, the name, the
 * JSON of the value.
 */
const INTERPRETERS: readonly (readonly [name: string, describes: string, member: string, value: string])[] = [
  ['object', 'brings the prototype', '__proto__', '{}'],
  ['class', 'brings its class', '__class__', '"<class \'neutron_vpnaas.db.IPsecSiteConnection\'>"'],
  ['members', 'brings all that it holds', '__dict__', '{"_sa_instance_state": "<InstanceState>", "psk_id": 7}'],
  ['function', 'brings a function', 'toString', '"function toString() { [native code] }"'],
];

/** The body in which each element has one more member, written as it is: an object literal would take __proto__ otherwise. */
function withMember(response: ApiResponse, member: string, value: string): string {
  const { ipsec_site_connections: list } = JSON.parse(Buffer.from(response.body).toString());
  const element = `{${JSON.stringify(member)}: ${value}}`;
  return `{"ipsec_site_connections": [${(list as unknown[]).map(() => element).join(', ')}]}`;
}

/** Odd input, and variants of Accept, taken badly: clause `odd-input`. */
export const robustnessFaults: readonly Fault[] = [
  ...ODD_KINDS.flatMap((kind) =>
    PLACES.map(([place, words]) =>
      apiFault(
        `robustness.${kind}.${place}.500`,
        `Odd input of the kind '${kind}' ${words} fails with 500.`,
        [`robustness.${kind}.${place}`],
        onAnswers(odd(kind, place), () => upstreamError(500)),
      ),
    ),
  ),
  ...WAYS.flatMap(([name, describes, kind, change]) =>
    PLACES.map(([place, words]) =>
      apiFault(
        `robustness.${kind}.${place}.${name}`,
        `Odd input of the kind '${kind}' ${words} ${describes}.`,
        [`robustness.${kind}.${place}`],
        onAnswers(odd(kind, place), change),
      ),
    ),
  ),
  apiFault(
    'robustness.invalid-utf8.anywhere',
    'Bytes that are no UTF-8 fail with 500 wherever they stand in the query.',
    ['robustness.invalid-utf8.*'],
    onAnswers(
      (request) => oddOf(request)?.kind === 'invalid-utf8',
      () => upstreamError(500),
    ),
  ),
  apiFault(
    'robustness.all',
    'Whatever is odd in a query fails with 500.',
    ODD_KINDS.map((kind) => `robustness.${kind}.*`),
    onAnswers(
      (request) => oddOf(request) !== undefined,
      () => upstreamError(500),
    ),
  ),
  wireFault(
    'robustness.hang',
    'A NUL in fields is never answered.',
    ['robustness.nul.fields'],
    (response, socket, request) => {
      if (!odd('nul', 'fields')(request)) socket.write(response);
    },
  ),
  wireFault(
    'robustness.reset',
    'A path traversal in fields resets the connection.',
    ['robustness.traversal.fields'],
    (response, socket, request) => {
      if (odd('traversal', 'fields')(request)) socket.resetAndDestroy();
      else socket.write(response);
    },
  ),
  // What is gone cannot be blamed for the rest: that it is gone is what fails.
  wireFault(
    'robustness.recovery.dies',
    'The target answers a template in a parameter, and dies of it.',
    [...RECOVERY, 'envelope.status'],
    (response, socket, request) => {
      socket.write(response, () => {
        if (odd('template', 'parameter')(request)) die(socket);
      });
    },
  ),
  ...spoiling([
    ['banned', 'Who sends quotes is locked out for the next five requests.', 'quotes', 5, [], () => upstreamError(403)],
    [
      'worker',
      'A path traversal ends a worker: the next six requests fail.',
      'traversal',
      6,
      ['robustness.traversal.parameter'],
      () => upstreamError(502),
    ],
    [
      'html',
      'A bad encoding makes pages of the next six answers.',
      'bad-percent',
      6,
      ['robustness.bad-percent.*'],
      () => page(200),
    ],
  ]),
  apiFault(
    'robustness.recovery.ban',
    'Who sends a template is refused everything from then on.',
    ['robustness.recovery'],
    (api) => {
      let isBanned = false;
      return (request) => {
        const response = isBanned ? page(403) : api(request);
        isBanned ||= oddOf(request)?.kind === 'template' && header(request, 'X-Auth-Token') !== undefined;
        return response;
      };
    },
  ),
  apiFault(
    'robustness.recovery.poisoned',
    'After odd input the next full list fails once.',
    RECOVERY,
    afterOdd(() => upstreamError(500)),
  ),
  apiFault(
    'robustness.recovery.page',
    'After odd input the next full list is a page.',
    RECOVERY,
    afterOdd(() => page(500)),
  ),
  apiFault(
    'robustness.recovery.refused',
    'After odd input the client is locked out once.',
    RECOVERY,
    afterOdd(() => upstreamError(403)),
  ),
  apiFault(
    'robustness.recovery.labelled',
    'After odd input the next full list is labelled text/html.',
    ['envelope.content-type'],
    afterOdd((response) => withHeader(response, 'Content-Type', 'text/html')),
  ),
  apiFault(
    'robustness.recovery.bare',
    'After odd input the next full list stands bare.',
    RECOVERY,
    afterOdd(body(({ ipsec_site_connections: list }) => list ?? null)),
  ),
  ...accept('any', '*/*', [
    [
      'labelled',
      'gets a list that is labelled text/html',
      (response) => withHeader(response, 'Content-Type', 'text/html'),
    ],
    ['406', 'is not acceptable', () => upstreamError(406)],
    ['page', 'gets a page', () => page(200)],
    ['shorter', 'gets a list without its last element', elements((list) => list.slice(0, -1))],
  ]),
  ...accept('none', undefined, [
    ['400', 'is a bad request', () => upstreamError(400)],
    ['xml', 'gets XML', inXml],
    ['500', 'fails with 500', () => upstreamError(500)],
  ]),
  apiFault(
    'robustness.accept.identity.gzip',
    'Lists are compressed with gzip whatever is accepted.',
    ['robustness.accept.identity'],
    onAnswers(full, (response) => withHeader(withBody(response, gzipSync(response.body)), 'Content-Encoding', 'gzip')),
  ),
  apiFault(
    'robustness.accept.identity.unlabelled',
    'Where no content coding is accepted, a compressed list is not labelled.',
    ['robustness.accept.identity'],
    onAnswers(
      (request) => full(request) && header(request, 'Accept-Encoding') === 'identity',
      (response) => withBody(response, gzipSync(response.body)),
    ),
  ),
  apiFault(
    'robustness.accept.identity.406',
    'Where no content coding is accepted, nothing is acceptable.',
    ['robustness.accept.identity'],
    onAnswers(
      (request) => full(request) && header(request, 'Accept-Encoding') === 'identity',
      () => upstreamError(406),
    ),
  ),
  ...[4_000, 7_500, 8_190].flatMap((limit, index, limits) =>
    PLACES.map(([place, words]) =>
      apiFault(
        `robustness.long.${place}.${limit}`,
        `A request of more than ${limit} characters ${words} fails with 500, up to the next limit.`,
        [`robustness.long.${place}`],
        onAny(
          (_, request) =>
            odd('long', place)(request) &&
            request.target.length > limit &&
            request.target.length <= (limits[index + 1] ?? 100_000),
          () => upstreamError(500),
        ),
      ),
    ),
  ),
  ...INTERPRETERS.map(([name, describes, member, value]) =>
    apiFault(
      `robustness.prototype.fields.${name}`,
      `A name in fields that every object of the interpreter has ${describes}.`,
      ['robustness.prototype.fields'],
      onAnswers(
        (request) => list(request) && fieldsOf(request).includes(member),
        (response) => withBody(response, withMember(response, member, value)),
      ),
    ),
  ),
  ...accept('xml', 'application/xml', [
    ['xml', 'gets XML', inXml],
    ['500', 'fails with 500', () => upstreamError(500)],
    ['415', 'is refused with 415', () => upstreamError(415)],
    ['empty', 'gets an empty list', elements(() => [])],
  ]),
];

function odd(kind: string, place: OddPlace): When {
  return (request) => {
    const found = oddOf(request);
    return found?.kind === kind && found.place === place;
  };
}

/** Odd input of one kind spoils some answers after it: that is its fault, and not that of what is odd in these. */
function spoiling(
  table: readonly (readonly [
    name: string,
    describes: string,
    kind: string,
    requests: number,
    beside: readonly string[],
    change: Change,
  ])[],
): Fault[] {
  return table.map(([name, describes, kind, requests, beside, change]) =>
    apiFault(`robustness.recovery.${name}`, describes, [...RECOVERY, ...beside], (api) => {
      let left = 0;
      return (request) => {
        const answer = api(request);
        const isSpoilt = left > 0;
        left = oddOf(request)?.kind === kind ? requests : Math.max(0, left - 1);
        return isSpoilt ? change(answer, request) : answer;
      };
    }),
  );
}

function accept(
  name: string,
  value: string | undefined,
  table: readonly (readonly [name: string, describes: string, change: Change])[],
): Fault[] {
  const when: When = (request) => full(request) && header(request, 'Accept') === value;
  return table.map(([way, describes, change]) =>
    apiFault(
      `robustness.accept.${name}.${way}`,
      `A request ${value === undefined ? 'without Accept' : `with Accept: ${value}`} ${describes}.`,
      [`robustness.accept.${name}`],
      onAnswers(when, change),
    ),
  );
}

/** Nobody listens any more, and every connection is closed. Node keeps the server with each of its sockets. */
function die(socket: Socket): void {
  const { server } = socket as Socket & { server?: Server & { closeAllConnections(): void } };
  server?.close();
  server?.closeAllConnections();
  socket.destroy();
}
