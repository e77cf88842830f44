import { contract } from '../harness/contract/april-2020.ts';
import type { Level } from '../harness/contract/level.ts';
import { type AppliedWaiver, describeStale } from '../harness/gating/waivers.ts';
import type { Coverage } from '../harness/results/coverage.ts';
import type { FinishedRun } from '../harness/results/finished-run.ts';
import type { Result } from '../harness/results/result.ts';
import type { RunSummary } from '../harness/results/run-summary.ts';
import packageJson from '../package.json' with { type: 'json' };

/** A verdict as a report tells it: what a failure comes to depends on the gate and on waivers. */
export const standings = ['pass', 'violation', 'waived', 'advice', 'inconclusive', 'not-applicable', 'broken'] as const;
export type Standing = (typeof standings)[number];

type ShownDepartures = Result['departures'] & object;

/** One requirement of a report. */
export type ReportedRequirement = Pick<Result, 'id' | 'level' | 'title' | 'source' | 'rerun'> &
  Pick<Result, 'reason' | 'remedy' | 'evidence'> & {
    errata: readonly string[];
    verdict: Standing;
    waivers?: readonly AppliedWaiver[];
    waiverProblem?: string;
    departures?: Omit<ShownDepartures, 'all'> & ShownDepartures['all'];
  };

/** results/conformance.json, as schemas/conformance.schema.json describes it. */
export type ConformanceReport = {
  format: 1;
  suite: { name: string; version: string };
  contract: { page: string; operation: string; revision: string; schemas: string };
  target: { url: string; kind: RunSummary['kind'] };
  settings: RunSummary['settings'];
  run: {
    startedAt: string;
    endedAt: string;
    observingMilliseconds: number;
    requests: number;
    retries: number;
    freshConnections: number;
    waitedMilliseconds: number;
    renewed: number | null;
  };
  outcome: { exitCode: number; counts: Record<Level, Record<Standing, number>> };
  coverage: Coverage & {
    connections: number | null;
    paged: boolean;
    undocumented: readonly string[];
    elementsLeftOut: number;
  };
  requirements: readonly ReportedRequirement[];
  staleWaivers: readonly string[];
};

/**
 * The report of a finished run.
 * @param endedAt milliseconds since the epoch, UTC
 */
export function conformanceReport(
  { results }: FinishedRun,
  summary: RunSummary,
  exitCode: number,
  endedAt: number,
): ConformanceReport {
  return {
    format: 1,
    suite: { name: packageJson.name, version: packageJson.version },
    contract: contract.identity,
    target: { url: summary.target, kind: summary.kind },
    settings: summary.settings,
    run: {
      startedAt: new Date(summary.startedAt).toISOString(),
      endedAt: new Date(endedAt).toISOString(),
      observingMilliseconds: Math.round(summary.milliseconds),
      requests: summary.requests,
      retries: summary.retries,
      freshConnections: summary.freshConnections,
      waitedMilliseconds: summary.waited,
      renewed: summary.renewed,
    },
    outcome: {
      exitCode,
      counts: { MUST: count(results, 'MUST'), SHOULD: count(results, 'SHOULD'), MAY: count(results, 'MAY') },
    },
    coverage: reportedCoverage(results, summary),
    requirements: results.map(reported),
    staleWaivers: summary.staleWaivers.map(describeStale),
  };
}

/** What a run saw of the contract. */
export function reportedCoverage(
  results: FinishedRun['results'],
  { connections, paged, undocumented, coverage }: RunSummary,
): ConformanceReport['coverage'] {
  const elementsLeftOut = Math.max(0, ...results.map(({ evidence }) => evidence?.leftOut ?? 0));
  return { connections, paged, ...coverage, undocumented, elementsLeftOut };
}

/** What a verdict comes to. */
export function standingOf({ verdict, gated, waiving }: Result): Standing {
  if (verdict !== 'fail') return verdict;
  if (waiving.kind === 'waived') return 'waived';
  return gated ? 'violation' : 'advice';
}

function count(results: readonly Result[], level: Level): Record<Standing, number> {
  const own = results.filter((result) => result.level === level).map(standingOf);
  const counts = standings.map((standing) => [standing, own.filter((each) => each === standing).length]);
  return Object.fromEntries(counts) as Record<Standing, number>;
}

function reported(result: Result): ReportedRequirement {
  const { id, level, title, source, errata, reason, remedy, evidence, waiving, departures, rerun } = result;
  return {
    id,
    level,
    title,
    source,
    errata: errata.map((erratum) => erratum.id),
    verdict: standingOf(result),
    ...(reason === undefined ? {} : { reason }),
    ...(remedy === undefined ? {} : { remedy }),
    ...(evidence === undefined ? {} : { evidence }),
    ...(waiving.kind === 'waived' ? { waivers: waiving.waivers } : {}),
    ...(waiving.kind === 'counts' ? { waivers: [waiving.waiver], waiverProblem: waiving.text } : {}),
    ...(departures === undefined ? {} : { departures: flat(departures) }),
    rerun,
  };
}

function flat({ all, ...shown }: ShownDepartures): ReportedRequirement['departures'] & object {
  return { ...shown, ...all };
}
