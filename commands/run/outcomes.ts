import type { Requirement } from '../../harness/judging/requirement.ts';
import type { FinishedRun } from '../../harness/results/finished-run.ts';
import type { ConformanceReport, ReportedRequirement } from '../../harness/results/report.ts';
import { failureLines, headline } from '../../reporters/failure-text.ts';
import type { TestOutcome } from '../../suites/conformance.test.ts';

/** The title of a requirement's test: `-t '<id>:'` selects it alone. */
export function testName({ id, title }: Pick<Requirement, 'id' | 'title'>): string {
  return `${id}: ${title}`;
}

/** The outcome of each requirement's test for vitest; a requirement that did not run has none. */
export function outcomesOf(
  requirements: readonly Requirement[],
  { report, errors }: FinishedRun,
): readonly { name: string; outcome: TestOutcome | null }[] {
  const byId = new Map(report?.requirements.map((each) => [each.id, each]));
  const broken = errors.length === 0 ? null : ({ kind: 'broken', message: errors.join('\n') } as const);
  return requirements.map((requirement) => {
    const found = byId.get(requirement.id);
    return { name: testName(requirement), outcome: found ? testOutcome(found, report?.errata) : broken };
  });
}

function testOutcome(requirement: ReportedRequirement, errata: ConformanceReport['errata']): TestOutcome {
  const { verdict, level, title, reason } = requirement;
  switch (verdict) {
    case 'pass':
      return { kind: 'pass' };
    case 'violation':
      return { kind: 'fail', message: [`${level} ${title}`, ...failureLines(requirement, errata)].join('\n') };
    case 'waived':
      return { kind: 'skip', message: headline(requirement) };
    case 'advice':
      return { kind: 'skip', message: `advice: ${failureLines(requirement, errata).join('\n')}` };
    case 'broken':
      return { kind: 'broken', message: `the suite broke, not the target: ${reason}` };
    default:
      return { kind: 'skip', message: `${verdict}: ${reason}` };
  }
}
