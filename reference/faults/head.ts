import { type ApiResponse, withBody, withHeader } from '../http.ts';
import { type Change, onAny } from '../variants/answers.ts';
import { page, upstreamError } from '../variants/refusals.ts';
import { apiFault, type Fault } from './fault.ts';

const HEAD = ['errors.head'];

/** HEAD taken otherwise than GET: clause `head`. */
export const headFaults: readonly Fault[] = [
  ...onHead([
    ['500', 'fails with 500', () => withBody(upstreamError(500), '')],
    ['501', 'is not implemented', () => withBody(upstreamError(501), '')],
    ['silent-405', 'is not allowed, and nothing says what is', (head) => withHeader(refused(head), 'Allow', undefined)],
    ['page', 'gets status 200 and the type of a page', () => withBody(page(200), '')],
    ['untyped', 'gets status 200 and no Content-Type', (head) => withHeader(answered(head), 'Content-Type', undefined)],
    [
      'body',
      'gets status 200 and the list after it',
      (head) => withBody(answered(head), '{"ipsec_site_connections": []}'),
    ],
  ]),
];

function onHead(table: readonly (readonly [name: string, describes: string, change: Change])[]): Fault[] {
  return table.map(([name, describes, change]) =>
    apiFault(
      `errors.head.${name}`,
      `HEAD ${describes}.`,
      HEAD,
      onAny((response, request) => request.method === 'HEAD' && response.status === 405, change),
    ),
  );
}

function answered(head: ApiResponse): ApiResponse {
  return withHeader({ ...head, status: 200, body: new Uint8Array() }, 'Content-Type', 'application/json');
}

function refused(head: ApiResponse): ApiResponse {
  return { ...head, status: 405 };
}
