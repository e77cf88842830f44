import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createClient } from '../harness/client.ts';
import { credentials, idsWith, judgeAll, observeWith, settings } from './observe-fault.ts';

/** How a server misbehaves on a connection, and what a run says of it: the ids that fail, or why nothing was judged. */
type Hostile = { does: string; on: (socket: Socket) => void; fails?: readonly string[]; unjudged?: string };

const megabyte = 1024 * 1024;
const head = (...lines: string[]) =>
  `${['HTTP/1.1 200 OK', 'Content-Type: application/json', ...lines].join('\r\n')}\r\n\r\n`;
const answer = (body: string | Uint8Array, ...lines: string[]) =>
  Buffer.concat([Buffer.from(head(`Content-Length: ${Buffer.byteLength(body)}`, ...lines)), Buffer.from(body)]);
const noAnswer = ['envelope.status'];

/** Writes for as long as the other side reads. */
function pour(socket: Socket, chunk: string | Uint8Array): void {
  const more = () => {
    while (socket.writable && socket.write(chunk));
  };
  socket.on('drain', more);
  more();
}

const bomb = gzipSync(Buffer.alloc(64 * megabyte, ' '));

const hostile: readonly Hostile[] = [
  { does: 'never answers', on: () => {}, fails: noAnswer },
  { does: 'stops in the head', on: (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-'), fails: noAnswer },
  {
    does: 'stops after the head',
    on: (socket) => socket.write(head('Content-Length: 100')),
    fails: ['envelope.complete'],
  },
  {
    does: 'drips',
    on: (socket) => {
      socket.write(head('Transfer-Encoding: chunked'));
      const timer = setInterval(() => socket.write('1\r\n \r\n'), 5);
      socket.on('close', () => clearInterval(timer));
    },
    fails: ['envelope.complete'],
  },
  {
    does: 'sends a body without end',
    on: (socket) => {
      socket.write(head());
      pour(socket, Buffer.alloc(64 * 1024, ' '));
    },
    unjudged: 'a body is over TARGET_BODY_LIMIT_MIB',
  },
  {
    does: 'announces a gibibyte, and sends it',
    on: (socket) => {
      socket.write(head(`Content-Length: ${1024 * megabyte}`));
      pour(socket, Buffer.alloc(64 * 1024, ' '));
    },
    unjudged: 'a body is over TARGET_BODY_LIMIT_MIB',
  },
  {
    does: 'sends 64 MiB in a few kilobytes of gzip',
    on: (socket) => socket.write(answer(bomb, 'Content-Encoding: gzip')),
    unjudged: 'a body is over TARGET_BODY_LIMIT_MIB',
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
    unjudged: 'the client of the suite cannot read an answer that 100 Continue precedes',
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

describe('a run ends, with one clear statement, against a server that', () => {
  for (const { does, on, fails = [], unjudged } of hostile) {
    test(`${does}`, async () => {
      const verdicts = await run(on);
      expect(idsWith('broken', verdicts)).toEqual([]);
      expect(idsWith('fail', verdicts).filter((id) => id.startsWith('envelope.'))).toEqual(fails);
      const wrapper = verdicts.get('envelope.wrapper');
      const reason = wrapper?.kind === 'inconclusive' ? wrapper.reason : '';
      expect(reason).toBe(unjudged ?? `blocked by ${fails[0]}`);
    });
  }

  test('speaks plain HTTP where TLS was meant', async () => {
    const verdicts = await run((socket) => socket.write(answer('{}')), 'https');
    expect(idsWith('fail', verdicts)).toContain('envelope.status');
  });
});

/** What a connection may have taken when its body went over the limit of 4 MiB: that, and what buffers hold. */
const mostTaken = 32 * megabyte;

async function run(on: (socket: Socket) => void, scheme = 'http') {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', () => on(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const limits = { timeoutMilliseconds: 400, bodyLimit: 4 * megabyte };
  const client = createClient({ origin, basePath: '', credentials, ...limits });
  try {
    return judgeAll(await observeWith(client.transport, { ...settings, ...limits, origin }));
  } finally {
    await client.close();
    // Memory is bounded because reading stops, however much is on offer.
    for (const socket of sockets) expect(socket.bytesWritten).toBeLessThan(mostTaken);
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}
