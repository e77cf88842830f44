import { describe, expect, test } from 'vitest';
import { runHostile } from './run-hostile.ts';
import { hostile } from './servers.ts';

describe('a run ends, with one clear statement, against a server that', () => {
  for (const server of hostile) {
    const { does, fails = [], unjudged } = server;
    // A hanging server only costs time.
    const prove = server.hangs ? test.concurrent : test;
    prove(`${does}`, async () => {
      const said = await runHostile(server);
      expect(said.broken).toEqual([]);
      expect(said.fails).toEqual(fails);
      expect(said.reason).toBe(unjudged ?? `blocked by ${fails[0]}`);
    });
  }

  test('speaks plain HTTP where TLS was meant', async () => {
    const { fails } = await runHostile({ on: (socket) => socket.write('HTTP/1.1 200 OK\r\n\r\n') }, 'https');
    expect(fails).toContain('envelope.status');
  });
});
