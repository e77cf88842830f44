import type { Probe } from '../probes/probe.ts';
import { type Credentials, tokenFor } from './credentials.ts';
import type { TargetHeaders } from './target-headers.ts';

/** The content codings that the client accepts: RFC 9110 section 8.4. */
export const acceptedCodings = ['gzip', 'deflate'] as const;

/**
 * The header that names a request in the logs of OpenStack's services: each takes the id that it is sent, where that is
 * `req-` and a UUID, and writes it beside its own (oslo.middleware, RequestId).
 */
export const requestIdHeader = 'x-openstack-request-id';

/** The headers of a probe: what a reproduction must send too, and the codings that the reader can take. */
export function requestHeaders(
  probe: Probe,
  credentials: Credentials,
  headers: TargetHeaders = {},
  requestId?: string,
): Record<string, string> {
  const token = tokenFor(probe.auth, credentials);
  const hasOwnId = Object.keys(headers).some((name) => name.toLowerCase() === requestIdHeader);
  return {
    ...headers,
    ...(requestId === undefined || hasOwnId ? {} : { [requestIdHeader]: requestId }),
    ...(probe.accept === null ? {} : { accept: probe.accept }),
    'accept-encoding': probe.acceptEncoding ?? acceptedCodings.join(', '),
    ...(probe.ifNoneMatch === undefined ? {} : { 'if-none-match': probe.ifNoneMatch }),
    ...(token === null ? {} : { 'x-auth-token': token }),
  };
}
