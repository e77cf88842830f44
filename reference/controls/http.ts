import { deflateSync, gzipSync } from 'node:zlib';
import { json } from '../api.ts';
import { type ApiResponse, header, withBody, withHeader } from '../http.ts';
import { type Change, onAnswers, onAny, onRequests } from '../variants/answers.ts';
import { page, upstreamError } from '../variants/refusals.ts';
import { fieldsOf, list, projected, type When } from '../variants/requests.ts';
import type { Wrap } from '../variants/wrap.ts';
import { type Control, control } from './control.ts';

const BASE_PATH = '/network/region-1';

const withoutPsk: When = (request) => projected(request) && !fieldsOf(request).includes('psk');

const TYPES = [
  'application/json;charset=UTF-8',
  'APPLICATION/JSON',
  'application/json; charset="utf-8"',
  'application/json ; version=2 ; Charset=Utf-8',
];

/** Headers that proxies and session layers add. */
const withMore: Change = (response) => ({
  ...response,
  headers: [
    ...response.headers,
    ['X-Openstack-Request-Id', 'req-727050ee-fd2c-4455-b389-14eb16857ef3'],
    ['Strict-Transport-Security', 'max-age=31536000'],
    ['Set-Cookie', 'route=1; Path=/'],
    ['Set-Cookie', 'lang=en; Path=/'],
    ['X-Empty', ''],
  ],
});

/** Answers that HTTP allows, and that a careless client trips over. */
export const httpControls: readonly Control[] = [
  ...TYPES.map((value, index) =>
    control(
      `http.content-type.${index + 1}`,
      `Lists are labelled '${value}'.`,
      onAnswers(list, (response) => withHeader(response, 'Content-Type', value)),
    ),
  ),
  control('http.gzip', 'Bodies are compressed with gzip where it is accepted.', compressed('gzip', gzipSync)),
  control(
    'http.deflate',
    'Bodies are compressed in the zlib format where it is accepted.',
    compressed('deflate', deflateSync),
  ),
  control(
    'http.lower-case',
    'Header names are in lower case.',
    onAny(every, (response) => ({
      ...response,
      headers: response.headers.map(([name, value]) => [name.toLowerCase(), value]),
    })),
  ),
  control('http.more-headers', 'There are many more headers.', onAny(every, withMore)),
  control(
    'http.no-length',
    'There is no Content-Length.',
    onAny(every, (response) => withHeader(response, 'Content-Length', undefined)),
  ),
  control(
    'http.head',
    'HEAD is answered as GET is, without the body.',
    (api) => (request) => (request.method === 'HEAD' ? withBody(api({ ...request, method: 'GET' }), '') : api(request)),
  ),
  control(
    'http.no-etag',
    'Lists have no ETag.',
    onAnswers(list, (response) => withHeader(response, 'ETag', undefined)),
  ),
  ...['v1', 'v"1"', '"1"v'].map((tag, index) =>
    control(
      `http.etag-malformed.${index + 1}`,
      `The ETag of lists is ${tag}, which is none, and nobody honours it.`,
      onAnswers(list, (response) => withHeader(response, 'ETag', tag)),
    ),
  ),
  control(
    'http.no-store',
    'Lists are not to be kept.',
    onAnswers(list, (response) => withHeader(response, 'Cache-Control', 'no-store')),
  ),
  control(
    'http.private',
    'Lists may be kept by the reader.',
    onAnswers(list, (response) => withHeader(response, 'Cache-Control', 'private, max-age=5')),
  ),
  control(
    'http.cache-words',
    'Lists have directives that nobody knows, in words that hold "public".',
    onAnswers(list, (response) => withHeader(response, 'Cache-Control', 'private, not-public, publicly')),
  ),
  control(
    'http.public-without-psk',
    'Lists without keys may be kept by every cache.',
    onAnswers(withoutPsk, (response) => withHeader(response, 'Cache-Control', 'public, max-age=60')),
  ),
  control(
    'http.cache-control-with-psk',
    'Only lists with keys have a Cache-Control.',
    onAnswers(withoutPsk, (response) => withHeader(response, 'Cache-Control', undefined)),
  ),
  control(
    'http.request-id-of-lists',
    'Only lists have a request id.',
    onAny(
      ({ status }) => status !== 200,
      (response) => withHeader(response, 'X-Openstack-Request-Id', undefined),
    ),
  ),
  {
    ...control(
      'http.base-path',
      `The target stands below ${BASE_PATH}.`,
      onRequests(
        (request) => request.target.startsWith(BASE_PATH),
        (request) => ({ ...request, target: request.target.slice(BASE_PATH.length) }),
      ),
    ),
    basePath: BASE_PATH,
  },
  ...([503, 429] as const).flatMap((status) => [
    control(
      `http.${status}-first`,
      `The first request is answered with ${status} and Retry-After.`,
      transient(
        (turn) => turn === 1,
        () => later(status, '0'),
      ),
    ),
    control(
      `http.${status}-first.bare`,
      `The first request is answered with ${status} alone.`,
      transient(
        (turn) => turn === 1,
        () => withHeader(upstreamError(status), 'Retry-After', undefined),
      ),
    ),
    control(
      `http.${status}-first.date`,
      `The first request is answered with ${status} and a date to come back at.`,
      transient(
        (turn) => turn === 1,
        () => later(status, 'Wed, 01 Apr 2020 00:00:00 GMT'),
      ),
    ),
    control(
      `http.${status}-sometimes`,
      `Every seventh request is answered with ${status} and Retry-After.`,
      transient(
        (turn) => turn % 7 === 0,
        () => later(status, '0'),
      ),
    ),
  ]),
  control(
    'http.503-page-first',
    'The first request is answered with 503 and the page of a proxy.',
    transient(
      (turn) => turn === 1,
      () => withHeader(page(503), 'Retry-After', '0'),
    ),
  ),
  control(
    'http.head-200',
    'HEAD is answered as GET is.',
    (api) => (request) =>
      request.method === 'HEAD' ? { ...api({ ...request, method: 'GET' }), body: new Uint8Array() } : api(request),
  ),
  control(
    'http.accept-406',
    'Accept: application/xml is not acceptable.',
    onAnswers(
      (request) => list(request) && header(request, 'Accept') === 'application/xml',
      () => upstreamError(406),
    ),
  ),
  control(
    'http.vary',
    'Answers differ by Accept and token, and say so.',
    onAnswers(list, (response) => withHeader(response, 'Vary', 'Accept, X-Auth-Token')),
  ),
];

function every(): boolean {
  return true;
}

function compressed(coding: string, compress: (body: Uint8Array) => Uint8Array): Wrap {
  return onAny(
    (response, request) => response.body.length > 0 && (header(request, 'Accept-Encoding') ?? '').includes(coding),
    (response) => withHeader(withBody(response, compress(response.body)), 'Content-Encoding', coding),
  );
}

/** Some requests, by their turn, get nothing but the advice to come back. */
function transient(isRefused: (turn: number) => boolean, refuse: () => ApiResponse): Wrap {
  return (api) => {
    let turn = 0;
    return (request) => (isRefused(++turn) ? refuse() : api(request));
  };
}

function later(status: number, when: string): ApiResponse {
  return withHeader(json(status, { error: { code: status, message: 'Come back later.' } }), 'Retry-After', when);
}
