import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

/** How a server misbehaves on a connection, and what a run says of it: the ids that fail, or why nothing was judged. */
export type Hostile = {
  does: string;
  on: (socket: Socket) => void;
  fails?: readonly string[];
  unjudged?: string;
  /** Nothing but the time limit ends an exchange with it. */
  hangs?: true;
};

export const megabyte = 1024 * 1024;
const head = (...lines: string[]) =>
  `${['HTTP/1.1 200 OK', 'Content-Type: application/json', ...lines].join('\r\n')}\r\n\r\n`;
export const answer = (body: string | Uint8Array, ...lines: string[]) =>
  Buffer.concat([Buffer.from(head(`Content-Length: ${Buffer.byteLength(body)}`, ...lines)), Buffer.from(body)]);
const noAnswer = ['envelope.status'];
const tooLarge = 'a body is over TARGET_BODY_LIMIT_MIB, and so were those before it: nothing more was asked';

/** Writes for as long as the other side reads. */
export function pour(socket: Socket, chunk: string | Uint8Array): void {
  const more = () => {
    while (socket.writable && socket.write(chunk));
  };
  socket.on('drain', more);
  more();
}

const bomb = gzipSync(Buffer.alloc(64 * megabyte, ' '));

/** Servers that break HTTP, or abuse it. */
export const hostile: readonly Hostile[] = [
  { does: 'never answers', on: () => {}, fails: noAnswer, hangs: true },
  {
    does: 'stops in the head',
    on: (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-'),
    fails: noAnswer,
    hangs: true,
  },
  {
    does: 'stops after the head',
    on: (socket) => socket.write(head('Content-Length: 100')),
    fails: ['envelope.complete'],
    hangs: true,
  },
  {
    does: 'drips',
    on: (socket) => {
      socket.write(head('Transfer-Encoding: chunked'));
      const timer = setInterval(() => socket.write('1\r\n \r\n'), 5);
      socket.on('close', () => clearInterval(timer));
    },
    fails: ['envelope.complete'],
    hangs: true,
  },
  {
    does: 'sends a body without end',
    on: (socket) => {
      socket.write(head());
      pour(socket, Buffer.alloc(64 * 1024, ' '));
    },
    unjudged: tooLarge,
  },
  {
    does: 'announces a gibibyte, and sends it',
    on: (socket) => {
      socket.write(head(`Content-Length: ${1024 * megabyte}`));
      pour(socket, Buffer.alloc(64 * 1024, ' '));
    },
    unjudged: tooLarge,
  },
  {
    does: 'sends 64 MiB in a few kilobytes of gzip',
    on: (socket) => socket.write(answer(bomb, 'Content-Encoding: gzip')),
    unjudged: tooLarge,
  },
  {
    does: 'nests 100 000 levels deep',
    on: (socket) => socket.write(answer(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)),
    unjudged: 'a body is nested deeper than 500 levels',
  },
  {
    does: 'nests 100 000 levels deep, and never closes them',
    on: (socket) => socket.write(answer('['.repeat(100_000))),
    fails: ['envelope.json'],
  },
  {
    does: 'sends 100 Continue before each answer',
    on: (socket) => socket.write(`HTTP/1.1 100 Continue\r\n\r\n${answer('{}')}`),
    fails: ['envelope.wrapper'],
    unjudged: '',
  },
  { does: 'resets', on: (socket) => socket.resetAndDestroy(), fails: noAnswer },
  { does: 'closes', on: (socket) => socket.end(), fails: noAnswer },
  {
    does: 'announces more than it sends',
    on: (socket) => socket.end(`${head('Content-Length: 100')}{"ipsec_site_c`),
    fails: ['envelope.complete'],
  },
  {
    does: 'sends chunks of no size',
    on: (socket) => socket.write(`${head('Transfer-Encoding: chunked')}zz\r\n{}\r\n0\r\n\r\n`),
    fails: ['envelope.complete'],
  },
  {
    does: 'labels as gzip what is none',
    on: (socket) => socket.write(answer('not gzip at all', 'Content-Encoding: gzip')),
    fails: ['envelope.content-coding'],
  },
  {
    does: 'sends half of its gzip',
    on: (socket) => socket.write(answer(gzipSync('{}').subarray(0, 12), 'Content-Encoding: gzip')),
    fails: ['envelope.content-coding'],
  },
  {
    does: 'sends a header of a megabyte',
    on: (socket) => socket.write(head(`X-Large: ${'x'.repeat(megabyte)}`)),
    fails: noAnswer,
  },
  {
    does: 'sends headers without end',
    on: (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      pour(socket, 'X-More: and more\r\n'.repeat(1000));
    },
    fails: noAnswer,
  },
  {
    does: 'sends invalid bytes in a header',
    on: (socket) => socket.write(`${head('X-Bad: a\0b', 'Content-Length: 2')}{}`),
    fails: noAnswer,
  },
  {
    does: 'redirects to itself',
    on: (socket) =>
      socket.write('HTTP/1.1 302 Found\r\nLocation: /v2.0/vpn/ipsec-site-connections\r\nContent-Length: 0\r\n\r\n'),
    fails: ['envelope.status'],
  },
  { does: 'speaks SSH', on: (socket) => socket.write('SSH-2.0-OpenSSH_9.2p1\r\n'), fails: noAnswer },
  {
    does: 'speaks TLS',
    on: (socket) => socket.end(Buffer.from([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46])),
    fails: noAnswer,
  },
];
