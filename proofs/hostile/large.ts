import { gzipSync } from 'node:zlib';
import { answer, type Hostile, megabyte, pour } from './servers.ts';

/** A body that a server sends again and again, made when it is asked for the first time. */
function sends(body: () => Uint8Array | string, ...lines: string[]): Hostile['on'] {
  let made: Buffer | undefined;
  return (socket) => {
    made ??= answer(body(), ...lines);
    socket.write(made);
  };
}

const gzip = 'Content-Encoding: gzip';
const list = (items: string) => `{"ipsec_site_connections":[${items}]}`;
const tooLarge = 'a body is over TARGET_BODY_LIMIT_MIB, and so were those before it: nothing more was asked';

/** Servers whose answers are large for the limit that a user has who sets none. */
export const large: readonly Hostile[] = [
  {
    does: 'sends 128 MiB of blanks in gzip',
    on: sends(() => gzipSync(Buffer.alloc(128 * megabyte, ' ')), gzip),
    unjudged: tooLarge,
  },
  {
    does: 'sends a string of 128 MiB in gzip',
    on: sends(() => gzipSync(Buffer.from(list(`{"id":"${'a'.repeat(128 * megabyte)}"}`))), gzip),
    unjudged: tooLarge,
  },
  {
    does: 'sends a string of 90 MiB in gzip',
    on: sends(() => gzipSync(Buffer.from(list(`{"id":"${'a'.repeat(90 * megabyte)}"}`))), gzip),
  },
  {
    does: 'sends 90 MiB of blanks in gzip',
    on: sends(() => gzipSync(Buffer.alloc(90 * megabyte, ' ')), gzip),
    fails: ['envelope.json'],
  },
  {
    does: 'sends an element of a million members',
    on: sends(
      () => gzipSync(list(`{${Array.from({ length: 1e6 }, (_, index) => `"m${index}":${index}`).join()}}`)),
      gzip,
    ),
  },
  {
    does: 'sends a million empty elements',
    on: sends(() => gzipSync(list(Array.from({ length: 1e6 }, () => '{}').join())), gzip),
  },
  {
    does: 'nests 500 levels deep',
    on: sends(() => list(`{"id":"a","description":${'['.repeat(495)}${']'.repeat(495)}}`)),
  },
  {
    does: 'sends gzip in gzip',
    on: sends(() => gzipSync(gzipSync(Buffer.alloc(128 * megabyte, ' '))), gzip),
    unjudged: tooLarge,
  },
  {
    does: 'sends gzip in gzip in gzip',
    on: sends(() => gzipSync(gzipSync(gzipSync('{}'))), gzip),
    fails: ['envelope.content-coding'],
  },
  {
    does: 'sends a body without end, at full speed',
    on: (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n');
      pour(socket, Buffer.alloc(64 * 1024, ' '));
    },
    unjudged: tooLarge,
  },
];
