import { expect, test } from 'vitest';
import { type Patience, patient } from '../harness/http/patience.ts';
import type { Exchange } from '../harness/http/transport.ts';
import { fullList, type Probe } from '../harness/probes/probe.ts';

const answer = (status: number, ...rawHeaders: string[]): Exchange => ({
  kind: 'answer',
  reusedSocket: false,
  status,
  rawHeaders,
  body: new Uint8Array(),
});
const closed = (reusedSocket: boolean): Exchange => ({
  kind: 'failure',
  reusedSocket,
  cause: { kind: 'closed', message: 'closed' },
});

/** Asks a target that brings these exchanges in turn, the last one for ever. */
async function askOf(exchanges: readonly Exchange[], own: Partial<Patience> = {}) {
  const waits: number[] = [];
  let turn = 0;
  const transport = async () => exchanges[Math.min(turn++, exchanges.length - 1)] as Exchange;
  let now = 0;
  const sleep = async (wait: number) => {
    waits.push(wait);
    now += wait;
  };
  const { ask, trouble } = patient(transport, {
    retries: 3,
    longestWait: 10_000,
    budget: 60_000,
    sleep,
    now: () => now,
    ...own,
  });
  const { exchange, attempts } = await ask(fullList('first'));
  return { exchange, attempts, waits, trouble };
}

test.for([429, 503])('%i is retried, after Retry-After', async (status) => {
  const { exchange, attempts, waits } = await askOf([answer(status, 'Retry-After', '2'), answer(200)]);
  expect(exchange).toMatchObject({ status: 200 });
  expect({ attempts, waits }).toEqual({ attempts: 2, waits: [2000] });
});

test('a date in Retry-After counts from now', async () => {
  const date = new Date(Date.now() + 5_000).toUTCString();
  const { waits } = await askOf([answer(503, 'retry-after', date), answer(200)]);
  expect(waits[0]).toBeGreaterThan(2_000);
  expect(waits[0]).toBeLessThanOrEqual(5_000);
});

test.for(['soon', '-1', ''])('Retry-After %o is waited for as if there were none', async (header) => {
  const { waits } = await askOf([answer(503, 'Retry-After', header), answer(200)]);
  expect(waits).toEqual([250]);
});

test('Retry-After 0 is waited for a little, longer each time', async () => {
  const { waits } = await askOf([answer(503, 'Retry-After', '0')]);
  expect(waits).toEqual([100, 200, 400]);
});

test('requests that are turned away together come back one after the other', async () => {
  const waits: number[] = [];
  const isTold = new Set<string>();
  const transport = async ({ key }: Probe) => {
    if (isTold.has(key)) return answer(200);
    isTold.add(key);
    return answer(503, 'Retry-After', '0');
  };
  const sleep = async (wait: number) => {
    waits.push(wait);
    // All of them are asleep before the first one wakes.
    await new Promise(setImmediate);
  };
  const { ask } = patient(transport, { retries: 3, longestWait: 10_000, budget: 60_000, sleep, now: () => 0 });
  await Promise.all(['1', '2', '3'].map((occasion) => ask(fullList(occasion))));
  await ask(fullList('alone'));
  expect(waits).toEqual([100, 150, 200, 100]);
});

test('retries end, and no wait is longer than the bound', async () => {
  const { exchange, attempts, waits } = await askOf([answer(429, 'Retry-After', '3600')]);
  expect(exchange).toMatchObject({ status: 429 });
  expect({ attempts, waits }).toEqual({ attempts: 4, waits: [10_000, 10_000, 10_000] });
});

test('all waits of a run together are bounded', async () => {
  const { waits, trouble } = await askOf([answer(429, 'Retry-After', '9')], { budget: 20_000 });
  expect(waits).toEqual([9_000, 9_000]);
  expect(trouble).toMatchObject({ retries: 2, waited: 18_000 });
});

test('waits side by side are one: what is bounded is the time that passes', async () => {
  const transport = async () => answer(429, 'Retry-After', '9');
  const sleep = () => new Promise<void>(setImmediate);
  const { ask, trouble } = patient(transport, { retries: 1, longestWait: 10_000, budget: 20_000, sleep, now: () => 0 });
  await Promise.all(Array.from({ length: 8 }, (_, index) => ask(fullList(String(index)))));
  expect(trouble).toMatchObject({ retries: 8, boundReached: null });
  expect(trouble.waited).toBeLessThanOrEqual(10_000);
});

test('a reused connection that closes before an answer is tried once more on a fresh one', async () => {
  const { exchange, attempts, trouble } = await askOf([closed(true), answer(200)]);
  expect(exchange).toMatchObject({ status: 200 });
  expect({ attempts, fresh: trouble.freshConnections }).toEqual({ attempts: 2, fresh: 1 });
});

test('only once', async () => {
  const { exchange, attempts } = await askOf([closed(true), closed(true), answer(200)]);
  expect(exchange).toMatchObject({ kind: 'failure' });
  expect(attempts).toBe(2);
});

test('a fresh connection that closes is not tried again', async () => {
  expect(await askOf([closed(false), answer(200)])).toMatchObject({ attempts: 1, exchange: { kind: 'failure' } });
});

test.for([500, 502, 504, 400, 301])('%i is not retried', async (status) => {
  expect(await askOf([answer(status), answer(200)])).toMatchObject({ attempts: 1, exchange: { status } });
});
