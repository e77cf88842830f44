import { type Level, strength } from '../contract/level.ts';
import type { Verdict } from '../judging/verdict.ts';
import type { Waiving } from './waivers.ts';

/** A verdict as a report tells it: what a failure comes to depends on the gate and on waivers. */
export const standings = ['pass', 'violation', 'waived', 'advice', 'inconclusive', 'not-applicable', 'broken'] as const;
export type Standing = (typeof standings)[number];

/** Whether a violation of a level fails the run under a gate (the weakest level that does). */
export function isGated(level: Level, gate: Level): boolean {
  return strength[level] >= strength[gate];
}

/** The standing of a verdict on a requirement of a level, under a gate. */
export function standingOf(verdict: Verdict['kind'], level: Level, gate: Level, waiving: Waiving): Standing {
  if (verdict !== 'fail') return verdict;
  if (waiving.kind === 'waived') return 'waived';
  return isGated(level, gate) ? 'violation' : 'advice';
}

/** Whether a requirement was judged: something was seen for or against it. */
export function isJudged(standing: Standing): boolean {
  return standing === 'pass' || showsViolation(standing);
}

/** Whether the target departs from a requirement: a violation that counts, one that is waived, or one below the gate. */
export function showsViolation(standing: Standing): boolean {
  return standing === 'violation' || standing === 'waived' || standing === 'advice';
}

/** The part of a result that the gate needs. */
export type Outcome = { level: Level; verdict: Standing };

/**
 * The other grounds of the exit code: whether every MUST needs evidence, and whether a waiver that matches nothing
 * fails the run.
 */
export type GateOptions = { requireEvidence: boolean; stale: boolean };

/** 0 conforms under the gate, 1 does not, 2 the suite broke, 3 too little was seen. */
export type ExitCode = 0 | 1 | 2 | 3;

/**
 * The exit code of a run whose target was reached: 0 conforms under the gate; 1 a gated violation, or a stale waiver;
 * 2 only the suite broke; 3 none of the MUSTs that were selected was judged, or one is inconclusive though evidence is
 * required.
 */
export function exitCode(outcomes: readonly Outcome[], { requireEvidence, stale }: GateOptions): ExitCode {
  if (stale || outcomes.some(({ verdict }) => verdict === 'violation')) return 1;
  if (outcomes.some(({ verdict }) => verdict === 'broken')) return 2;
  if (!outcomes.some(({ verdict }) => isJudged(verdict))) return 3;
  // Whatever else passed, such as a refused token, is no conformance: clause `vacuity`.
  const musts = outcomes.filter(({ level }) => level === 'MUST');
  if (musts.length > 0 && !musts.some(({ verdict }) => isJudged(verdict))) return 3;
  const unseen = outcomes.some(({ level, verdict }) => level === 'MUST' && verdict === 'inconclusive');
  return requireEvidence && unseen ? 3 : 0;
}
