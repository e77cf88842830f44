import type { Requirement } from '../../harness/judging/requirement.ts';
import type { FinishedRun } from '../../harness/results/finished-run.ts';
import type { Result } from '../../harness/results/result.ts';
import { failureLines, waivedText } from '../../reporters/failure-text.ts';
import type { Outcome } from '../../suites/conformance.test.ts';

/** The title of a requirement's test: `-t '<id>:'` selects it alone. */
export function testName({ id, title }: Pick<Requirement, 'id' | 'title'>): string {
  return `${id}: ${title}`;
}

/** What each requirement's test tells vitest; one that did not run tells nothing. */
export function outcomesOf(
  requirements: readonly Requirement[],
  { results, errors }: FinishedRun,
): readonly { name: string; outcome: Outcome | null }[] {
  const byId = new Map(results.map((result) => [result.id, result]));
  const broken = errors.length === 0 ? null : ({ kind: 'broken', message: errors.join('\n') } as const);
  return requirements.map((requirement) => {
    const result = byId.get(requirement.id);
    return { name: testName(requirement), outcome: result ? outcomeOf(result) : broken };
  });
}

function outcomeOf(result: Result): Outcome {
  const { verdict, gated, level, title, reason, waiving } = result;
  if (verdict === 'pass') return { kind: 'pass' };
  if (verdict === 'broken') return { kind: 'broken', message: `the suite broke, not the target: ${reason}` };
  if (verdict !== 'fail') return { kind: 'skip', message: `${verdict}: ${reason}` };
  const text = failureLines(result).join('\n');
  if (gated) return { kind: 'fail', message: `${level} ${title}\n${text}` };
  return { kind: 'skip', message: waiving.kind === 'waived' ? waivedText(waiving) : `advice: ${text}` };
}
