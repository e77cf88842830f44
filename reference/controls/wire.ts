import type { Socket } from 'node:net';
import type { ApiRequest } from '../http.ts';
import { fieldsOf } from '../variants/requests.ts';
import { bodyAt, inChunks, withHead } from '../variants/serialised.ts';
import type { WireControl } from './control.ts';

/** How late a slow answer is, in milliseconds. */
const LATENCY = 40;

/** How long a connection may be idle, in milliseconds. */
const IDLE = 3;

/** How many pieces an answer comes in. */
const PIECES = 4;

type Write = (response: Uint8Array, socket: Socket, request: ApiRequest) => void;

/** Answers that reach the wire in unusual ways: RFC 9112. */
export const wireControls: readonly WireControl[] = (
  [
    [
      'latency',
      `Every answer comes ${LATENCY} ms late.`,
      (response, socket) => {
        setTimeout(() => socket.write(response), LATENCY);
      },
    ],
    [
      'chunked',
      'Bodies come in chunks.',
      (response, socket) => socket.write(hasBody(response) ? inChunks(response) : response),
    ],
    [
      'chunks-of-one',
      'Bodies come in chunks of seven bytes.',
      (response, socket) => socket.write(hasBody(response) ? inChunks(response, undefined, 7) : response),
    ],
    [
      'trailers',
      'A trailer follows the last chunk.',
      (response, socket) =>
        socket.write(hasBody(response) ? inChunks(response, '0\r\nServer-Timing: app;dur=3\r\n\r\n') : response),
    ],
    ['pieces', 'Answers come in many pieces.', inPieces],
    [
      'closing',
      'Every connection is closed after its answer, and the answer says so.',
      (response, socket) => socket.end(withField(response, 'Connection: close')),
    ],
    [
      'closing-silently',
      'Every connection is closed after its answer, without a word.',
      (response, socket) => socket.end(response),
    ],
    ['idle', `Connections are closed when they are idle for ${IDLE} ms.`, thenIdle()],
    [
      'http-1.0',
      'Answers are HTTP/1.0, without a length, and end with the connection.',
      (response, socket) => socket.end(asHttp10(response)),
    ],
    [
      'early-hints',
      'Informational answers come first.',
      (response, socket) => socket.write(Buffer.concat([INFORMATION, response])),
    ],
    [
      'continue',
      'Before each answer to a projection stands 100 Continue, which nobody waits for.',
      (response, socket, request) =>
        socket.write(fieldsOf(request).length > 0 ? Buffer.concat([CONTINUE, response]) : response),
    ],
    [
      'no-reason',
      'Status lines have no reason phrase.',
      (response, socket) => socket.write(withStatusLine(response, (line) => line.slice(0, 13))),
    ],
    [
      'folded-case',
      'Header names are in upper case, their values without a blank before.',
      (response, socket) =>
        socket.write(withHead(response, ([line = '', ...fields]) => [line, ...fields.map(withoutBlank)])),
    ],
  ] as readonly (readonly [name: string, describes: string, write: Write])[]
).map(([name, describes, respond]) => ({ name: `wire.${name}`, describes, respond }));

const CONTINUE = Buffer.from('HTTP/1.1 100 Continue\r\n\r\n');
const INFORMATION = Buffer.from('HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n');

function hasBody(response: Uint8Array): boolean {
  return bodyAt(response) < response.length;
}

/** Keeps the connection idle after its bytes: a close after all bytes were read is no reset. */
function thenIdle(): Write {
  const timers = new WeakMap<Socket, NodeJS.Timeout>();
  return (response, socket) => {
    clearTimeout(timers.get(socket));
    socket.write(response, () =>
      timers.set(
        socket,
        setTimeout(() => socket.end(), IDLE),
      ),
    );
  };
}

/** One piece after the other has gone: timers of their own might change places. */
function inPieces(response: Uint8Array, socket: Socket): void {
  const size = Math.ceil(response.length / PIECES);
  const writeFrom = (from: number): void => {
    if (from >= response.length) return;
    socket.write(response.subarray(from, from + size), () => setTimeout(() => writeFrom(from + size), 1));
  };
  writeFrom(0);
}

function asHttp10(response: Uint8Array): Uint8Array {
  return withHead(response, ([line = '', ...fields]) => [
    line.replace('HTTP/1.1', 'HTTP/1.0'),
    ...fields.filter((field) => !/^content-length:/i.test(field)),
  ]);
}

function withField(response: Uint8Array, field: string): Uint8Array {
  return withHead(response, (lines) => [...lines, field]);
}

function withStatusLine(response: Uint8Array, change: (line: string) => string): Uint8Array {
  return withHead(response, ([line = '', ...fields]) => [change(line), ...fields]);
}

function withoutBlank(field: string): string {
  const at = field.indexOf(':');
  return `${field.slice(0, at).toUpperCase()}:${field.slice(at + 1).trim()}`;
}
