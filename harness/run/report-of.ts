import { isPaged } from '../comparing/living-inventory.ts';
import type { Level } from '../contract/level.ts';
import { exitCode, isJudged, type Standing, standings } from '../gating/gate.ts';
import { describeStale, staleWaivers } from '../gating/waivers.ts';
import type { Redactor } from '../redaction/redaction.ts';
import { coverageOf } from '../results/coverage.ts';
import { undocumentedMembers } from '../results/drift.ts';
import type { ConformanceReport, EditionStanding, ReportedRequirement } from '../results/report.ts';
import type { ObservedRun } from './observe-run.ts';
import type { RunOptions } from './run-options.ts';

/** The report's contents beside what was observed and judged. */
type ReportSource = RunOptions & {
  startedAt: number;
  redactor: Redactor;
  editions: readonly EditionStanding[];
  nearest: string | undefined;
};

/** The report of a run, from what it observed and what was judged. */
export function reportOf(
  observed: ObservedRun,
  requirements: readonly ReportedRequirement[],
  told: ReportSource,
): ConformanceReport {
  const { contract, target, kind, suite, waivers, configuration } = told;
  const { requireEvidence } = configuration;
  const judged = requirements.filter(({ verdict }) => isJudged(verdict));
  const stale = staleWaivers(waivers, new Map(judged.map((each) => [each.id, each])));
  const cited = new Set(requirements.flatMap(({ errata }) => errata));
  return {
    format: 1,
    suite,
    contract: contract.identity,
    target: { url: target.origin + target.basePath, kind },
    settings: reportedSettings(told),
    run: runOf(observed, told.startedAt),
    selection: { requirements: requirements.length, of: told.catalogue },
    outcome: {
      exitCode: exitCode(requirements, {
        requireEvidence,
        stale: configuration.waivers.staleFails && stale.length > 0,
      }),
      counts: {
        MUST: countStandings(requirements, 'MUST'),
        SHOULD: countStandings(requirements, 'SHOULD'),
        MAY: countStandings(requirements, 'MAY'),
      },
    },
    coverage: seenIn(observed, requirements, told.redactor),
    ...(told.editions.length === 0 ? {} : { editions: told.editions }),
    ...(told.nearest === undefined ? {} : { nearestEdition: told.nearest }),
    requirements,
    ...(observed.remarks.length === 0 ? {} : { remarks: observed.remarks.map(told.redactor.text) }),
    errata: contract.errata.filter(({ id }) => cited.has(id)).map(({ id, decision }) => ({ id, decision })),
    staleWaivers: stale.map(describeStale),
  };
}

function reportedSettings({ configuration }: ReportSource): ConformanceReport['settings'] {
  const { gate, requireEvidence, seed, concurrency, timeoutMilliseconds, bodyLimit, waivers } = configuration;
  return {
    gate,
    requireEvidence,
    staleWaivers: waivers.staleFails ? 'fail' : 'warn',
    seed,
    concurrency,
    timeoutMilliseconds,
    bodyLimitMebibytes: bodyLimit / 1024 / 1024,
    waivers: waivers.files,
  };
}

function runOf({ observations, trouble, milliseconds }: ObservedRun, startedAt: number): ConformanceReport['run'] {
  return {
    startedAt: new Date(startedAt).toISOString(),
    endedAt: new Date().toISOString(),
    observingMilliseconds: Math.round(milliseconds),
    requests: observations.all.reduce((sum, { attempts }) => sum + attempts, 0),
    retries: trouble.retries,
    freshConnections: trouble.freshConnections,
    waitedMilliseconds: trouble.waited,
    waitLimitMilliseconds: trouble.boundReached,
    renewed: trouble.renewed,
  };
}

function seenIn(
  { observations, capture }: ObservedRun,
  requirements: readonly ReportedRequirement[],
  redactor: Redactor,
): ConformanceReport['coverage'] {
  const [first] = observations.fullLists;
  return {
    connections: first?.facts.list?.length ?? null,
    paged: first !== undefined && isPaged(first),
    capture,
    ...coverageOf(observations),
    undocumented: first ? undocumentedMembers(first, redactor.beginning) : [],
    elementsLeftOut: Math.max(0, ...requirements.map(({ evidence }) => evidence?.leftOut ?? 0)),
  };
}

function countStandings(requirements: readonly ReportedRequirement[], level: Level): Record<Standing, number> {
  const own = requirements.filter((requirement) => requirement.level === level);
  const counts = standings.map((standing) => [standing, own.filter(({ verdict }) => verdict === standing).length]);
  return Object.fromEntries(counts) as Record<Standing, number>;
}
