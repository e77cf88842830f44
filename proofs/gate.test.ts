import { expect, test } from 'vitest';
import { exitCode, isGated, type Outcome, standingOf } from '../harness/gating/gate.ts';

const outcome = (verdict: Outcome['verdict'], own: Partial<Outcome> = {}): Outcome => ({
  level: 'MUST',
  verdict,
  ...own,
});

test.for([
  ['MUST', 'MUST', true],
  ['SHOULD', 'MUST', false],
  ['MAY', 'MUST', false],
  ['MUST', 'SHOULD', true],
  ['SHOULD', 'SHOULD', true],
  ['MAY', 'SHOULD', false],
  ['MUST', 'MAY', true],
  ['SHOULD', 'MAY', true],
  ['MAY', 'MAY', true],
] as const)('a %s under the gate %s fails the run: %s', ([level, gate, gated]) => {
  expect(isGated(level, gate)).toBe(gated);
});

test.for([
  ['everything passes', [outcome('pass')], false, 0],
  ['a gated violation', [outcome('pass'), outcome('violation')], false, 1],
  ['a violation below the gate', [outcome('pass'), outcome('advice')], false, 0],
  ['a violation below the gate, and nothing else', [outcome('advice')], false, 0],
  ['a broken judge', [outcome('pass'), outcome('broken')], false, 2],
  ['a broken judge beside a violation', [outcome('broken'), outcome('violation')], false, 1],
  ['nothing ran', [], false, 3],
  ['nothing could be judged', [outcome('inconclusive'), outcome('not-applicable')], false, 3],
  ['an inconclusive MUST', [outcome('pass'), outcome('inconclusive')], false, 0],
  ['an inconclusive MUST where evidence is required', [outcome('pass'), outcome('inconclusive')], true, 3],
  [
    'an inconclusive SHOULD where evidence is required',
    [outcome('pass'), outcome('inconclusive', { level: 'SHOULD' })],
    true,
    0,
  ],
  ['a violation where evidence is required', [outcome('violation'), outcome('inconclusive')], true, 1],
] as const)('%s', ([, outcomes, requireEvidence, code]) => {
  expect(exitCode(outcomes, { requireEvidence, stale: false })).toBe(code);
});

test.for([
  ['pass', { kind: 'none' }, 'pass'],
  ['inconclusive', { kind: 'none' }, 'inconclusive'],
  ['fail', { kind: 'none' }, 'violation'],
  ['fail', { kind: 'waived', waivers: [] }, 'waived'],
] as const)('a MUST that comes to %s, with waivers %o, stands as %s', ([verdict, waiving, standing]) => {
  expect(standingOf(verdict, 'MUST', 'SHOULD', waiving)).toBe(standing);
});

test('a failure below the gate is advice', () => {
  expect(standingOf('fail', 'MAY', 'SHOULD', { kind: 'none' })).toBe('advice');
});

test('a waiver that matches nothing fails a run that conforms', () => {
  expect(exitCode([outcome('pass')], { requireEvidence: false, stale: true })).toBe(1);
});
