import type { Observation } from '../answers/observation.ts';
import { createShownBodies } from '../answers/shown-bodies.ts';
import { secretsOf } from '../configuration/configuration.ts';
import { judge } from '../judging/judge.ts';
import { unseenIn } from '../judging/needs.ts';
import type { Observations } from '../judging/observations.ts';
import type { Requirement } from '../judging/requirement.ts';
import type { Verdict } from '../judging/verdict.ts';
import { createRedactor } from '../redaction/redaction.ts';
import { createExchanges, type NamedExchange } from '../results/exchange.ts';
import type { FinishedRun } from '../results/finished-run.ts';
import { reported } from '../results/reported.ts';
import { writeRecording } from '../results/write-recording.ts';
import type { ObservedRun } from './observe-run.ts';
import { nearestEdition, standingsWith } from './other-editions.ts';
import { reportOf } from './report-of.ts';
import type { RunOptions } from './run-options.ts';

/** The most exchanges that are shown of a requirement that has no departure: the rest are like them. */
const shownExchanges = 4;

/**
 * Judges what a run observed, and makes of it what may be shown; writes the recording where one was asked for.
 * @param startedAt milliseconds since the epoch, UTC
 */
export function judgeRun(observed: ObservedRun, startedAt: number, options: RunOptions): FinishedRun {
  const { requirements, configuration, waivers, suite, program = 'npm test --' } = options;
  const { observations, basePath, capture } = observed;
  const redactor = createRedactor(observations, [...secretsOf(configuration), ...observations.settings.secrets]);
  const bodies = createShownBodies(observations.settings.bodyLimit);
  const today = new Date().toISOString().slice(0, 10);
  const invocation = redactor.text(`${configuration.shell} ${program}`.trim());
  const context = { observations, redactor, bodies, basePath, gate: configuration.gate, waivers, today, invocation };
  const exchangeOf = createExchanges({ observations, redactor, bodies, basePath });
  const byKey = new Map<string, NamedExchange>();
  const ofRequirement = new Map<string, readonly string[]>();
  const results = requirements.map((requirement) => {
    const unseen = capture === null ? undefined : unseenIn(capture, requirement.needs);
    const verdict: Verdict =
      unseen === undefined ? judge(requirement, observations) : { kind: 'not-applicable', reason: unseen };
    const shown = shownFor(requirement, verdict, observations);
    // More is shown of an answer that departs. One that departs from one requirement and keeps another is shown both ways.
    const kind = verdict.kind === 'fail' ? 'departing' : 'conforming';
    const keyOf = ({ probe, step }: Observation) => `${kind} ${step} ${probe.key}`;
    for (const observation of shown) {
      const key = keyOf(observation);
      if (!byKey.has(key)) byKey.set(key, exchangeOf(observation, kind));
    }
    ofRequirement.set(requirement.id, shown.map(keyOf));
    return reported(requirement, verdict, context);
  });
  if (configuration.record !== null) {
    writeRecording(configuration.record, { observations, redactor, bodies, basePath, creator: suite });
  }
  const editions = standingsWith(observations, options.others ?? [], capture);
  const nearest = editions.length === 0 ? undefined : nearestEdition(observations, results, editions);
  const report = reportOf(observed, results, { ...options, startedAt, redactor, editions, nearest });
  return { report, exchanges: { byKey, ofRequirement }, errors: [] };
}

/** The observations that a verdict rests on: the answers with a departure, or else the requirement's own. */
function shownFor(requirement: Requirement, verdict: Verdict, observations: Observations): readonly Observation[] {
  const departing = verdict.kind === 'fail' ? verdict.departures.violations.map(({ observation }) => observation) : [];
  if (departing.length > 0) return [...new Set(departing)];
  const own = requirement.probes(observations.settings).flatMap(({ key }) => observations.of(key) ?? []);
  return own.slice(0, shownExchanges);
}
