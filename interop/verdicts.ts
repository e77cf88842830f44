import type { ConformanceReport, ReportedDepartures } from '../harness/results/report.ts';

/** The verdict on one requirement, as implementations are compared by it: without gate and waivers. */
export type Judged = {
  id: string;
  verdict: 'pass' | 'fail' | 'inconclusive' | 'not-applicable' | 'broken';
  /** The different values that were found instead; empty where the verdict is no failure. */
  observed: readonly string[];
};

/**
 * The verdicts of a report.
 * @throws Error where it holds none
 */
export function judgedIn({ requirements }: Pick<ConformanceReport, 'requirements'>): readonly Judged[] {
  if (requirements.length === 0) throw new Error('the report holds no verdict');
  return requirements.map(({ id, verdict, departures }) => ({
    id,
    verdict: verdict === 'violation' || verdict === 'waived' || verdict === 'advice' ? 'fail' : verdict,
    observed: observedIn(departures),
  }));
}

/** Values are told where values were judged; else, what was found at the places that are kept. */
function observedIn(departures: ReportedDepartures | undefined): readonly string[] {
  if (!departures) return [];
  const { distinct, places } = departures;
  const found = distinct.length > 0 ? distinct.map(({ value }) => value) : places.map(({ actual }) => actual);
  return [...new Set(found)].sort();
}
