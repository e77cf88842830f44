import type { Observation } from '../answers/observation.ts';
import { createShownBodies } from '../answers/shown-bodies.ts';
import { isPaged } from '../comparing/living-inventory.ts';
import { type Configuration, secretsOf, type Target } from '../configuration/configuration.ts';
import type { Contract } from '../contract/contract.ts';
import { staleWaivers, type Waiver } from '../gating/waivers.ts';
import { undocumentedMembers } from '../judging/drift.ts';
import { judge } from '../judging/judge.ts';
import { unseenIn } from '../judging/needs.ts';
import type { Observations } from '../judging/observations.ts';
import type { Requirement } from '../judging/requirement.ts';
import type { Verdict } from '../judging/verdict.ts';
import { createRedactor, type Redactor } from '../redaction/redaction.ts';
import { coverageOf } from '../results/coverage.ts';
import { exchangeOf, type NamedExchange } from '../results/exchange.ts';
import type { FinishedRun } from '../results/finished-run.ts';
import { type Result, resultOf } from '../results/result.ts';
import type { RunSummary } from '../results/run-summary.ts';
import { writeRecording } from '../results/write-recording.ts';
import { type ObservedRun, observeRun } from './observe-run.ts';

/** What is run, and of what. */
export type RunOptions = {
  /** Those that run. */
  requirements: readonly Requirement[];
  contract: Contract;
  configuration: Configuration;
  target: Target;
  kind: RunSummary['kind'];
  waivers: readonly Waiver[];
  suite: { name: string; version: string };
};

/** The most exchanges that are shown of a requirement that has no departure: the rest are like them. */
const shownExchanges = 4;

/** A run as a whole: observes the target, judges what was observed, and makes of it what may be shown. */
export async function runConformance(options: RunOptions): Promise<FinishedRun> {
  const { requirements, contract, configuration, target, waivers } = options;
  const startedAt = Date.now();
  const observed = await observeRun(requirements, contract, configuration, target);
  const { observations, basePath, capture } = observed;
  const redactor = createRedactor(observations, [...secretsOf(configuration), ...observations.settings.secrets]);
  const bodies = createShownBodies(observations.settings.bodyLimit);
  const today = new Date().toISOString().slice(0, 10);
  const context = { observations, redactor, bodies, basePath, gate: configuration.gate, waivers, today };
  const byKey = new Map<string, NamedExchange>();
  const ofRequirement = new Map<string, readonly string[]>();
  const results = requirements.map((requirement) => {
    const unseen = capture === null ? undefined : unseenIn(capture, requirement.needs);
    const verdict: Verdict =
      unseen === undefined ? judge(requirement, observations) : { kind: 'not-applicable', reason: unseen };
    const shown = shownFor(requirement, verdict, observations);
    for (const observation of shown) {
      const { key } = observation.probe;
      const kind = verdict.kind === 'fail' ? 'departing' : 'conforming';
      if (byKey.has(key) && kind === 'conforming') continue;
      byKey.set(key, exchangeOf(observation, observations, redactor, bodies, basePath, kind));
    }
    ofRequirement.set(
      requirement.id,
      shown.map(({ probe }) => probe.key),
    );
    return resultOf(requirement, verdict, context);
  });
  if (configuration.record !== null) {
    writeRecording(configuration.record, { observations, redactor, bodies, basePath, creator: options.suite });
  }
  const summary = summarise(observed, results, startedAt, redactor, options);
  return { results, summary, exchanges: { byKey, ofRequirement }, errors: [] };
}

/** What a verdict rests on: the answers with a departure, or else the requirement's own. */
function shownFor(requirement: Requirement, verdict: Verdict, observations: Observations): readonly Observation[] {
  const departing = verdict.kind === 'fail' ? verdict.departures.violations.map(({ observation }) => observation) : [];
  if (departing.length > 0) return [...new Set(departing)];
  const own = requirement.probes(observations.settings).flatMap(({ key }) => observations.of(key) ?? []);
  return own.slice(0, shownExchanges);
}

function summarise(
  { observations, trouble, milliseconds, capture }: ObservedRun,
  judged: readonly Result[],
  startedAt: number,
  redactor: Redactor,
  { configuration, target, kind, waivers }: RunOptions,
): RunSummary {
  const { gate, requireEvidence, seed, concurrency, timeoutMilliseconds, bodyLimit } = configuration;
  const [first] = observations.fullLists;
  const outcomes = new Map(judged.map((result) => [result.id, result]));
  return {
    target: target.origin + target.basePath,
    kind,
    settings: {
      gate,
      requireEvidence,
      seed,
      concurrency,
      timeoutMilliseconds,
      bodyLimitMebibytes: bodyLimit / 1024 / 1024,
      waivers: configuration.waivers.files,
    },
    startedAt,
    requests: observations.all.reduce((sum, { attempts }) => sum + attempts, 0),
    retries: trouble.retries,
    freshConnections: trouble.freshConnections,
    milliseconds,
    waited: trouble.waited,
    waitBound: trouble.boundReached,
    renewed: trouble.renewed,
    connections: first?.facts.list?.length ?? null,
    paged: first !== undefined && isPaged(first),
    capture,
    coverage: coverageOf(observations),
    staleWaivers: staleWaivers(waivers, outcomes),
    staleFails: configuration.waivers.staleFails,
    undocumented: first ? undocumentedMembers(first, redactor.text) : [],
  };
}
