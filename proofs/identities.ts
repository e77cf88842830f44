import type { Requirement } from '../harness/judging/requirement.ts';

/**
 * The parts of requirements that users rely on: waivers and links name ids, history is kept by them, levels decide what
 * fails.
 */
export function identities(requirements: readonly Requirement[]): readonly string[] {
  return requirements.map(({ id, level, title }) => `${id}  ${level}  ${title}`);
}
