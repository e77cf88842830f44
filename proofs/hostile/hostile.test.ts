import { describe, expect, test } from 'vitest';
import { idsWith } from '../observe-fault.ts';
import { runHostile } from './run-hostile.ts';
import { hostile } from './servers.ts';

describe('a run ends, with one clear statement, against a server that', () => {
  for (const server of hostile) {
    const { does, fails = [], unjudged } = server;
    // A hanging server only costs time.
    const prove = server.hangs ? test.concurrent : test;
    prove(`${does}`, async () => {
      const { verdicts } = await runHostile(server);
      expect(idsWith('broken', verdicts)).toEqual([]);
      expect(idsWith('fail', verdicts).filter((id) => id.startsWith('envelope.'))).toEqual(fails);
      const wrapper = verdicts.get('envelope.wrapper');
      const reason = wrapper?.kind === 'inconclusive' ? wrapper.reason : '';
      expect(reason).toBe(unjudged ?? `blocked by ${fails[0]}`);
    });
  }

  test('speaks plain HTTP where TLS was meant', async () => {
    const { verdicts } = await runHostile({ on: (socket) => socket.write('HTTP/1.1 200 OK\r\n\r\n') }, 'https');
    expect(idsWith('fail', verdicts)).toContain('envelope.status');
  });
});
