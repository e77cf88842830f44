import { setTimeout as sleep } from 'node:timers/promises';
import type { Transport } from './transport.ts';

/**
 * Keeps requests apart, for a target that others use too: each begins that long after the one before it began and
 * ended. Requests that are asked side by side still overlap, where an answer takes longer than that.
 * @param delay in milliseconds; 0 leaves the transport as it is
 * @param clock for proofs
 */
export function paced(
  transport: Transport,
  delay: number,
  clock: { now(): number; sleep(milliseconds: number): Promise<unknown> } = { now: () => performance.now(), sleep },
): Transport {
  if (delay === 0) return transport;
  let earliest = 0;
  return async (probe) => {
    const now = clock.now();
    const start = Math.max(now, earliest);
    earliest = start + delay;
    if (start > now) await clock.sleep(start - now);
    const exchange = await transport(probe);
    earliest = Math.max(earliest, clock.now() + delay);
    return exchange;
  };
}
