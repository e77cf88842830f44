import type { Observations } from './observations.ts';
import type { Requirement } from './requirement.ts';
import type { Verdict } from './verdict.ts';

/** Judges one requirement. An exception means that the suite is broken, never that the target violates the contract. */
export function judge(requirement: Requirement, observations: Observations): Verdict {
  try {
    return requirement.judge(observations);
  } catch (error) {
    return { kind: 'broken', error: error instanceof Error ? error : new Error(String(error)) };
  }
}
