import type { Socket } from 'node:net';
import type { ApiRequest } from '../http.ts';
import { isObject, type Json } from '../json.ts';
import type { Respond } from '../server.ts';
import { alone, defined, full, list, projected, type When } from '../variants/requests.ts';
import { DEFINED } from '../variants/rows.ts';
import { bodyAt, inChunks, withElements, withHead } from '../variants/serialised.ts';
import { type Fault, wireFault } from './fault.ts';

const NO_ANSWER = ['envelope.status'];
const INCOMPLETE = ['envelope.complete'];

/** How many bytes of the end of a body are kept back. */
const KEPT = 10;

/** How long an answer waits for another one to be swapped with, in milliseconds. */
const SWAP_WAIT = 15;

type Write = (response: Uint8Array, socket: Socket) => void;

/** How an answer may fail to reach its reader: RFC 9112. Requests that no clause defines are answered well. */
export const wireFaults: readonly Fault[] = [
  ...faults(NO_ANSWER, defined, [
    ['reset', 'The connection is reset before an answer.', (_, socket) => socket.resetAndDestroy()],
    ['close', 'The connection is closed before an answer.', (_, socket) => socket.end()],
    ['not-http', 'Something else listens on the port.', (_, socket) => socket.end('SSH-2.0-OpenSSH_9.2p1\r\n')],
    [
      'no-head',
      'The body comes without a head.',
      (response, socket) => socket.end(response.subarray(bodyAt(response))),
    ],
    [
      'no-status',
      'The status line has no status.',
      (response, socket) => socket.end(withStatusLine(response, 'HTTP/1.1 OK')),
    ],
    [
      'no-version',
      'The status line has no version.',
      (response, socket) => socket.end(withStatusLine(response, '200 OK')),
    ],
    [
      'bad-header',
      'The name of a header has a blank.',
      (response, socket) => socket.end(withField(response, 'Request Id: 7')),
    ],
    [
      'two-lengths',
      'There are two Content-Lengths.',
      (response, socket) => socket.end(withField(response, 'Content-Length: 2')),
    ],
  ]),
  // A connection that served before may be unlucky; one on which an answer began was not closed while it was idle.
  ...faults(NO_ANSWER, defined, [
    [
      'broken-off',
      'From its second list on, a connection is closed in the middle of the head.',
      onReused((response, socket) => socket.end(response.subarray(0, bodyAt(response) - KEPT))),
    ],
    [
      'two-lengths.reused',
      'From the second list of a connection on, there are two Content-Lengths.',
      onReused((response, socket) => socket.end(withField(response, 'Content-Length: 2'))),
    ],
  ]),
  ...faults(NO_ANSWER, full, [['hang', 'The full list is never answered.', () => {}]]),
  ...faults(INCOMPLETE, defined, [
    [
      'length.large',
      'Content-Length is larger than the body.',
      (response, socket) => socket.end(withLength(response, KEPT)),
    ],
    [
      'cut',
      'The connection is closed in the middle of the body.',
      (response, socket) => socket.end(response.subarray(0, -KEPT)),
    ],
    ['cut.reset', 'The connection is reset in the middle of the body.', resetLate],
    [
      'cut.head',
      'The connection is closed after the head.',
      (response, socket) => socket.end(response.subarray(0, bodyAt(response))),
    ],
    ['chunks.cut', 'The last chunk never comes.', (response, socket) => socket.end(inChunks(response, ''))],
    [
      'chunks.size',
      'The size of a chunk is no number.',
      (response, socket) => socket.end(inChunks(response, 'zz\r\n\r\n')),
    ],
  ]),
  ...faults(INCOMPLETE, list, [
    [
      'length.large.all',
      'Content-Length is larger than the body of every list, whatever was asked.',
      (response, socket) => socket.end(withLength(response, KEPT)),
    ],
  ]),
  ...faults(INCOMPLETE, full, [
    ['stall', 'The full list stalls in the middle.', (response, socket) => socket.write(response.subarray(0, -KEPT))],
  ]),
  // What Content-Length lets through is the beginning of a text, complete by its own account.
  ...faults(['envelope.json'], defined, [
    [
      'length.small',
      'Content-Length is smaller than the body.',
      (response, socket) => socket.end(withLength(response, -KEPT)),
    ],
  ]),
  wireFault('wire.swapped', 'Parallel projections reach the wrong readers.', ['consistency.parallel'], swapped()),
  wireFault(
    'wire.stale-replica',
    'While other requests are under way, a replica answers that lacks the last connection.',
    ['consistency.ids', 'consistency.parallel'],
    staleWhenCrowded(defined),
  ),
  wireFault(
    'wire.stale-replica.pool',
    'While more than five requests are under way, a replica answers that lacks the last connection.',
    ['consistency.ids', 'consistency.parallel'],
    staleWhenCrowded(defined, { beside: 5 }),
  ),
  wireFault(
    'wire.stale-replica.projected',
    'While other requests are under way, projections come from a replica that lacks the last connection.',
    ['consistency.parallel'],
    staleWhenCrowded(projected),
  ),
  // Asked again it is there: that it was gone between two lists that have it is what fails.
  wireFault(
    'wire.stale-replica.once',
    'Once, while other requests are under way, the last connection is not in the full list.',
    ['consistency.ids'],
    staleWhenCrowded(full, { times: 1 }),
  ),
  wireFault(
    'wire.stale-replica.psk',
    'While other requests are under way, each connection of the full list has the psk of the next.',
    ['consistency.parallel'],
    staleWhenCrowded(full, { change: rotated('psk') }),
  ),
  wireFault(
    'wire.stale-replica.status',
    'While other requests are under way, each connection of the full list has the status of the next.',
    ['consistency.parallel'],
    staleWhenCrowded(full, { change: rotated('status') }),
  ),
];

function faults(
  fails: readonly string[],
  when: When,
  table: readonly (readonly [name: string, describes: string, write: Write])[],
): Fault[] {
  return table.map(([name, describes, write]) =>
    wireFault(`wire.${name}`, describes, fails, (response, socket, request) => {
      if (when(request) && isGood(response)) write(response, socket);
      else socket.write(response);
    }),
  );
}

/** Writes the first answer of each connection well. */
function onReused(write: Write): Write {
  const served = new WeakSet<Socket>();
  return (response, socket) => {
    if (served.has(socket)) write(response, socket);
    else socket.write(response);
    served.add(socket);
  };
}

/** Refusals are written well: who is refused is no matter of the wire. */
function isGood(response: Uint8Array): boolean {
  return Buffer.from(response.subarray(0, 12)).toString('latin1') === 'HTTP/1.1 200';
}

/** The beginning has to arrive before the reset does. */
function resetLate(response: Uint8Array, socket: Socket): void {
  socket.write(response.subarray(0, -KEPT), () => setTimeout(() => socket.resetAndDestroy(), 5));
}

function withStatusLine(response: Uint8Array, line: string): Uint8Array {
  return withHead(response, ([, ...fields]) => [line, ...fields]);
}

function withField(response: Uint8Array, field: string): Uint8Array {
  return withHead(response, (lines) => [...lines, field]);
}

function withLength(response: Uint8Array, more: number): Uint8Array {
  const length = response.length - bodyAt(response) + more;
  return withHead(response, (lines) =>
    lines.map((line) => (/^content-length:/i.test(line) ? `Content-Length: ${length}` : line)),
  );
}

/** Two projections to one name each, in flight at the same time on the same port, change their answers. */
function swapped(): Respond {
  const waiting = new Map<number, { response: Uint8Array; socket: Socket; timer: NodeJS.Timeout }>();
  return (response: Uint8Array, socket: Socket, request: ApiRequest) => {
    const port = socket.localPort ?? 0;
    if (!isGood(response) || !DEFINED.some((name) => alone(name)(request))) {
      socket.write(response);
      return;
    }
    const other = waiting.get(port);
    waiting.delete(port);
    if (other === undefined) {
      const timer = setTimeout(() => {
        waiting.delete(port);
        socket.write(response);
      }, SWAP_WAIT);
      waiting.set(port, { response, socket, timer });
      return;
    }
    clearTimeout(other.timer);
    other.socket.write(response);
    socket.write(other.response);
  };
}

type Change = (elements: Json[]) => Json[];

function withoutLast(elements: Json[]): Json[] {
  return elements.slice(0, -1);
}

/** Each element has a member's value of the next one. */
function rotated(name: string): Change {
  return (elements) =>
    elements.map((element, index) => {
      const next = elements[(index + 1) % elements.length];
      return isObject(element) && isObject(next) ? { ...element, [name]: next[name] ?? null } : element;
    });
}

/** Answers wait a little; those that do not wait alone are changed, the first `times` of them. */
function staleWhenCrowded(
  when: When,
  {
    times = Number.POSITIVE_INFINITY,
    change = withoutLast,
    beside = 1,
  }: { times?: number; change?: Change; beside?: number } = {},
): Respond {
  const waiting = new Map<number, Set<{ isCrowded: boolean }>>();
  const stale = new Map<number, number>();
  return (response: Uint8Array, socket: Socket, request: ApiRequest) => {
    const port = socket.localPort ?? 0;
    const others = waiting.get(port) ?? new Set();
    const own = { isCrowded: false };
    waiting.set(port, others.add(own));
    if (others.size > beside) for (const each of others) each.isCrowded = true;
    setTimeout(() => {
      others.delete(own);
      const seen = stale.get(port) ?? 0;
      const isStale = own.isCrowded && isGood(response) && when(request) && seen < times;
      if (isStale) stale.set(port, seen + 1);
      socket.write(isStale ? withElements(response, change) : response);
    }, SWAP_WAIT);
  };
}
