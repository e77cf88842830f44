import { expect, test } from 'vitest';
import type { Verdict } from '../harness/judging/verdict.ts';
import { createApi } from '../reference/api.ts';
import { knownConnections } from '../reference/known.ts';
import { requirements } from '../suites/requirements.ts';
import { failureSummary } from './failure-summary.ts';
import { gapsOf } from './kill-matrix.ts';
import { freshWorld, judgeAll, observeApi, settings } from './observe-fault.ts';

const ids = ['a.one', 'a.two'];
const both = [
  { fault: 'f', failed: ['a.one'] },
  { fault: 'g', failed: ['a.two'] },
];

test('a whole matrix has no gap', () => {
  expect(gapsOf(both, ids, [])).toEqual([]);
});

test('a requirement without a fault is a gap', () => {
  expect(gapsOf(both.slice(1), ids, [])).toEqual(['no fault fails a.one']);
});

test('a fault that fails nothing is a gap', () => {
  expect(gapsOf([...both, { fault: 'h', failed: [] }], ids, [])).toEqual(['h fails nothing']);
});

test('a requirement that is never failed alone needs a reason', () => {
  const matrix = [{ fault: 'f', failed: ids }, both[1]].filter((column) => column !== undefined);
  expect(gapsOf(matrix, ids, [])).toEqual(['no fault fails a.one alone, and no reason is given']);
  expect(gapsOf(matrix, ids, [{ pattern: 'a.one', reason: 'because' }])).toEqual([]);
});

test('a reason that is not needed is a gap', () => {
  expect(gapsOf(both, ids, [{ pattern: 'a.*', reason: 'because' }])).toEqual([
    'the reason for a.* is not needed: each is failed alone',
  ]);
});

test('a judge that always fails is found by the conforming target', async () => {
  const observations = await observeApi(createApi(freshWorld()));
  const [violation] = [
    { observation: observations.all[0]!, pointer: '', expected: 'x', actual: { kind: 'words', words: 'y' } },
  ] as const;
  const departures = {
    violations: [violation],
    count: 1,
    of: 1,
    answers: 1,
    distinct: [],
    all: { groups: [], complete: true, rest: { count: 0, answers: 0 } },
  };
  const evidence = { judged: 1, of: 'answers', answers: 1, leftOut: 0, notes: [] };
  for (const requirement of requirements) {
    const hollow = { ...requirement, judge: (): Verdict => ({ kind: 'fail', departures, evidence }) };
    expect(failureSummary(judgeAll(observations, [hollow]))).toContain(`${requirement.id}: `);
  }
});

test('the conforming target passes every requirement, and leaves none inconclusive', async () => {
  const world = freshWorld();
  const own = { ...settings, knownConnections: knownConnections(world) };
  const verdicts = judgeAll(await observeApi(createApi(world), requirements, own));
  const rest = [...verdicts].filter(([, { kind }]) => kind !== 'pass').map(([id, { kind }]) => `${id}: ${kind}`);
  expect(rest).toEqual([]);
});
