import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createClient } from '../../harness/http/client.ts';
import { credentials, idsWith, judgeAll, observeWith, settings } from '../observe-fault.ts';
import { type Hostile, megabyte } from './servers.ts';

/** A limit under which a hostile body is small enough for every run of the proofs. */
const smallLimit = 4 * megabyte;

/** The bytes that a connection may have taken when its body went over that limit: those, and full buffers. */
const mostTaken = 32 * megabyte;

/** The result of a run: the requirements that broke, those of the envelope that fail, and why no list was judged. */
type Said = { broken: readonly string[]; fails: readonly string[]; reason: string; requests: number };

/**
 * A run against a hostile server.
 * @param bodyLimit in bytes, after decoding
 * @param hangs whether only the time limit ends an exchange: then it is short, or else long enough for a busy machine
 */
export async function runHostile(
  { on, hangs }: Pick<Hostile, 'on' | 'hangs'>,
  scheme = 'http',
  bodyLimit = smallLimit,
): Promise<Said> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', () => on(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const limits = { timeoutMilliseconds: hangs ? 400 : 30_000, bodyLimit };
  const client = createClient({ origin, basePath: '', credentials, ...limits });
  try {
    const observations = await observeWith(client.transport, { ...settings, ...limits, origin });
    // Memory is bounded because reading stops, however much is on offer.
    const taken = Math.max(...[...sockets].map(({ bytesWritten }) => bytesWritten));
    if (bodyLimit === smallLimit && taken >= mostTaken) throw new Error(`a connection took ${taken} bytes`);
    const verdicts = judgeAll(observations);
    const wrapper = verdicts.get('envelope.wrapper');
    return {
      broken: idsWith('broken', verdicts),
      fails: idsWith('fail', verdicts).filter((id) => id.startsWith('envelope.')),
      reason: wrapper?.kind === 'inconclusive' ? wrapper.reason : '',
      requests: observations.all.length,
    };
  } finally {
    await client.close();
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}
