import { type ApiResponse, withHeader } from '../../http.ts';
import type { Change } from '../../variants/answers.ts';
import { page, toLogin, upstreamError } from '../../variants/refusals.ts';
import { full } from '../../variants/requests.ts';
import { apiFault, type Fault } from '../fault.ts';
import { ofLists } from './of-lists.ts';

const FAILS = ['envelope.status'];

/** The list with another status, and everything that is answered instead of it. */
export const statusFaults: readonly Fault[] = [
  ...[201, 202, 203, 206, 226, 299].map((code) =>
    ofLists(`status.${code}`, `The list comes with status ${code}.`, FAILS, status(code)),
  ),
  ...[400, 403, 404, 405, 410, 500, 501].map((code) =>
    ofLists(`status.${code}.refusal`, `Every reader is refused with ${code}.`, FAILS, () => upstreamError(code)),
  ),
  ...[500, 502, 504].map((code) =>
    ofLists(`status.${code}.page`, `A proxy answers ${code} with a page.`, FAILS, () => page(code)),
  ),
  ofLists('status.204', 'The answer is 204, and there is no list.', FAILS, () => nothing(204)),
  ofLists('status.304', 'The answer is 304 to a request without conditions.', FAILS, () => nothing(304)),
  ofLists('status.302', 'Readers are sent to a login page.', FAILS, toLogin),
  ofLists('status.301', 'The list comes with a redirect to another spelling of its path.', FAILS, (response) =>
    withHeader({ ...response, status: 301 }, 'Location', '/v2.0/vpn/ipsec-site-connections/'),
  ),
  ofLists('status.503', 'The target is out of service for good.', FAILS, () =>
    withHeader(upstreamError(503), 'Retry-After', '0'),
  ),
  ...[
    ['500', () => upstreamError(500)] as const,
    ['503', () => withHeader(upstreamError(503), 'Retry-After', '0')] as const,
    ['302', toLogin] as const,
  ].map(([name, refuse]) =>
    apiFault(
      `envelope.status.${name}.all`,
      `Whatever is asked, by whomever, is answered with ${name}.`,
      FAILS,
      () => refuse,
    ),
  ),
  apiFault(
    'envelope.status.first-only',
    'The first list is answered with 500, before some cache is warm.',
    FAILS,
    (api) => {
      let warm = false;
      return (request) => {
        if (warm || !full(request)) return api(request);
        warm = true;
        return upstreamError(500);
      };
    },
  ),
];

function status(code: number): Change {
  return (response) => ({ ...response, status: code });
}

function nothing(code: number): ApiResponse {
  return { status: code, headers: [], body: new Uint8Array() };
}
