import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createConsoleProgress, progressLine } from '../commands/run/console-progress.ts';
import { paced } from '../harness/http/pace.ts';
import { fullList } from '../harness/probes/probe.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const progress = {
  phase: 'single',
  asked: 84,
  planned: 184,
  meanMilliseconds: 150,
  elapsedMilliseconds: 12_600,
} as const;
const idle = { unanswered: 0, toWait: 0 };

function written(isTTY: boolean) {
  const texts: string[] = [];
  const stream = { isTTY, columns: 40, write: (text: string) => texts.push(text) };
  return { texts, shown: createConsoleProgress(stream, () => Date.now()) };
}

test.for([
  [idle, 'single 84 of 184, 150 ms an answer, about 15 s left'],
  [{ unanswered: 8_000, toWait: 0 }, 'single 84 of 184, 150 ms an answer, about 15 s left, no answer for 8 s'],
  [{ unanswered: 8_000, toWait: 4_000 }, /about 15 s left, waiting 4 s: the target answered 429 or 503$/],
] as const)('a line says how far the asking is, and what it waits for: %o', ([waits, line]) => {
  expect(progressLine(progress, waits)).toMatch(line);
});

test('what is asked side by side takes less than one after the other', () => {
  const line = progressLine({ ...progress, elapsedMilliseconds: 4_200 }, idle);
  expect(line).toBe('single 84 of 184, 150 ms an answer, about 5 s left');
});

test('before the first answer, it says what is asked', () => {
  expect(progressLine({ ...progress, asked: 0 }, idle)).toBe('asking for the list');
});

test('in a pipe there is a line every ten seconds', () => {
  const { texts, shown } = written(false);
  shown.advanced(progress);
  vi.advanceTimersByTime(35_000);
  shown.end();
  vi.advanceTimersByTime(35_000);
  expect(texts).toHaveLength(3);
  expect(texts.join('')).toMatch(/^(single 84 of 184, [^\n]*\n){3}$/);
});

test('on a terminal one line is rewritten, is no wider, and is taken away', () => {
  const { texts, shown } = written(true);
  shown.advanced(progress);
  vi.advanceTimersByTime(1_000);
  shown.say('a line that stays');
  shown.end();
  const lines = texts.map((text) => text.replace('\r\u001b[2K', ''));
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(40);
  expect(texts.at(-2)).toBe('\r\u001b[2Ka line that stays\n');
  expect(texts.at(-1)).toBe('\r\u001b[2K');
});

test('DELAY_MS keeps requests apart, also those side by side', async () => {
  const waits: number[] = [];
  const answer = { kind: 'answer', reusedSocket: false, status: 200, rawHeaders: [], body: new Uint8Array() } as const;
  const clock = { now: () => 0, sleep: async (wait: number) => void waits.push(wait) };
  const transport = paced(async () => answer, 100, clock);
  await Promise.all(['1', '2', '3'].map((occasion) => transport(fullList(occasion))));
  await transport(fullList('4'));
  expect(waits).toEqual([100, 200, 300]);
  const hurried = paced(async () => answer, 0, clock);
  await Promise.all(['1', '2'].map((occasion) => hurried(fullList(occasion))));
  expect(waits).toHaveLength(3);
});
