import { type Level, strength } from '../contract/level.ts';
import type { Verdict } from '../judging/verdict.ts';

/** Whether a violation of a level fails the run under a gate (the weakest level that does). */
export function isGated(level: Level, gate: Level): boolean {
  return strength[level] >= strength[gate];
}

/** What the gate needs to know of each requirement that ran. */
export type Outcome = { level: Level; verdict: Verdict['kind']; gated: boolean };

/** What else decides: whether every MUST needs evidence, and whether there is a waiver that matches nothing. */
export type GateOptions = { requireEvidence: boolean; stale: boolean };

/**
 * The exit code of a run whose target was reached: 0 conforms under the gate; 1 a gated violation, or a stale waiver;
 * 2 only the suite broke; 3 nothing was judged, or a MUST is inconclusive though evidence is required.
 */
export function exitCode(outcomes: readonly Outcome[], { requireEvidence, stale }: GateOptions): 0 | 1 | 2 | 3 {
  if (stale || outcomes.some(({ verdict, gated }) => verdict === 'fail' && gated)) return 1;
  if (outcomes.some(({ verdict }) => verdict === 'broken')) return 2;
  if (!outcomes.some(({ verdict }) => verdict === 'pass' || verdict === 'fail')) return 3;
  const unseen = outcomes.some(({ level, verdict }) => level === 'MUST' && verdict === 'inconclusive');
  return requireEvidence && unseen ? 3 : 0;
}
