import { header, withHeader } from '../http.ts';
import { onAnswers, onAny, onRequests } from '../variants/answers.ts';
import { upstreamError } from '../variants/refusals.ts';
import { alone, defined } from '../variants/requests.ts';
import { apiFault, type Fault } from './fault.ts';

const PUBLIC = ['advice.cache-control'];

/** Faults against advice: clause `advice`. */
export const adviceFaults: readonly Fault[] = [
  apiFault(
    'advice.cache-control.public',
    'Lists may be kept by every cache.',
    PUBLIC,
    onAnswers(defined, (response) => withHeader(response, 'Cache-Control', 'public, max-age=3600')),
  ),
  apiFault(
    'advice.cache-control.psk',
    'Only the list of keys may be kept by every cache.',
    PUBLIC,
    onAnswers(alone('psk'), (response) => withHeader(response, 'Cache-Control', 'max-age=60, Public')),
  ),
  apiFault(
    'advice.cache-control.given.none',
    'No list has a Cache-Control.',
    ['advice.cache-control.given'],
    onAnswers(defined, (response) => withHeader(response, 'Cache-Control', undefined)),
  ),
  apiFault(
    'advice.cache-control.given.psk',
    'The list of keys has no Cache-Control.',
    ['advice.cache-control.given'],
    onAnswers(alone('psk'), (response) => withHeader(response, 'Cache-Control', undefined)),
  ),
  apiFault(
    'advice.request-id.none',
    'No answer has a request id.',
    ['advice.request-id'],
    onAny(
      () => true,
      (response) => withHeader(response, 'X-Openstack-Request-Id', undefined),
    ),
  ),
  apiFault(
    'advice.etag.ignored',
    'Lists have an ETag, and are sent again to those who know it.',
    ['advice.etag'],
    onRequests(
      (request) => header(request, 'If-None-Match') !== undefined,
      (request) => ({ ...request, headers: request.headers.filter(([name]) => !/^if-none-match$/i.test(name)) }),
    ),
  ),
  apiFault(
    'advice.etag.refused',
    'Who knows the ETag of a list gets 412.',
    ['advice.etag'],
    onAny(
      (response) => response.status === 304,
      () => upstreamError(412),
    ),
  ),
  {
    name: 'advice.plain-http',
    describes: 'Keys are sent in the clear to another host.',
    fails: ['advice.plain-http'],
    kind: 'api',
    wrap: (api) => api,
    origin: 'http://vpn.example.com',
  },
];
