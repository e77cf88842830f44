import type { Verdict } from '../harness/judging/verdict.ts';

/** The failures of a run, a line each: what a proof shows when there should be none. */
export function failureSummary(verdicts: ReadonlyMap<string, Verdict>): string {
  return [...verdicts]
    .flatMap(([id, verdict]) => {
      if (verdict.kind !== 'fail') return [];
      const [first] = verdict.departures.violations;
      return [`${id}: ${first?.pointer} expected ${first?.expected}, got ${JSON.stringify(first?.actual)}`];
    })
    .join('\n');
}
