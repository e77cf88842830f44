import { beforeAll, inject, type TestContext, test } from 'vitest';
import type { Observation } from '../harness/answers/observation.ts';
import { createShownBodies } from '../harness/answers/shown-bodies.ts';
import { secretsOf } from '../harness/configuration/configuration.ts';
import { contract } from '../harness/contract/april-2020.ts';
import { undocumentedMembers } from '../harness/judging/drift.ts';
import { judge } from '../harness/judging/judge.ts';
import { isPaged } from '../harness/judging/living-inventory.ts';
import type { Observations } from '../harness/judging/observations.ts';
import type { Requirement } from '../harness/judging/requirement.ts';
import type { Verdict } from '../harness/judging/verdict.ts';
import { staleWaivers } from '../harness/judging/waivers.ts';
import { createRedactor, type Redactor } from '../harness/redaction/redaction.ts';
import { type ObservedRun, observeRun } from '../harness/run/observe-run.ts';
import packageJson from '../package.json' with { type: 'json' };
import { exchangeOf, type NamedExchange } from '../reporters/exchange.ts';
import { failureLines, waivedText } from '../reporters/failure-text.ts';
import { type Result, resultOf } from '../reporters/result.ts';
import type { RunSummary } from '../reporters/run-summary.ts';
import { writeRecording } from '../reporters/write-recording.ts';
import { coverageOf } from './coverage.ts';
import { notInCapture } from './offline.ts';
import { requirements } from './requirements.ts';

const { configuration, target, embedded, waivers } = inject('run');
const { name, version } = packageJson;
const results = new Map<string, Result>();

/** The most exchanges that are shown of a requirement that has no departure: the rest are like them. */
const shownExchanges = 4;

// biome-ignore lint/correctness/noEmptyPattern: vitest reads which fixtures a hook wants from this pattern.
beforeAll(async ({}, suite) => {
  const selected = new Set(suite.tasks.filter(({ mode }) => mode === 'run').map(({ name }) => name));
  const running = requirements.filter(({ id, title }) => selected.has(testName(id, title)));
  const startedAt = Date.now();
  const observed = await observeRun(running, contract, configuration, target);
  const { observations, basePath, capture } = observed;
  const exchanges: Record<string, readonly NamedExchange[]> = {};
  const redactor = createRedactor(observations, [...secretsOf(configuration), ...observations.settings.secrets]);
  const bodies = createShownBodies(observations.settings.bodyLimit);
  const today = new Date().toISOString().slice(0, 10);
  const context = { observations, redactor, bodies, basePath, gate: configuration.gate, waivers, today };
  for (const requirement of running) {
    const unseen = capture === null ? undefined : notInCapture(requirement.id, capture);
    const verdict: Verdict =
      unseen === undefined ? judge(requirement, observations) : { kind: 'not-applicable', reason: unseen };
    const result = resultOf(requirement, verdict, context);
    results.set(requirement.id, result);
    exchanges[requirement.id] = shownFor(requirement, verdict, observations).map((observation) =>
      exchangeOf(observation, observations, redactor, bodies, basePath),
    );
  }
  if (configuration.record !== null) {
    writeRecording(configuration.record, { observations, redactor, bodies, basePath, creator: { name, version } });
  }
  suite.meta.exchanges = exchanges;
  suite.meta.summary = summarise(observed, [...results.values()], startedAt, redactor);
});

for (const { id, title } of requirements) {
  test(testName(id, title), (context) => {
    const result = results.get(id) ?? missing(id);
    context.task.meta.result = result;
    settle(result, context);
  });
}

function testName(id: string, title: string): string {
  return `${id}: ${title}`;
}

/** A verdict in vitest's terms: only a gated violation is a failed assertion, only a broken suite another error. */
function settle(result: Result, context: TestContext): void {
  if (result.verdict === 'pass') return;
  const text = failureLines(result).join('\n');
  if (result.verdict === 'broken') throw bare('Error', `the suite broke, not the target: ${result.reason}`);
  if (result.gated) throw bare('AssertionError', `${result.level} ${result.title}\n${text}`);
  if (result.verdict !== 'fail') context.skip(`${result.verdict}: ${result.reason}`);
  context.skip(result.waiving.kind === 'waived' ? waivedText(result.waiving) : `advice: ${text}`);
}

/** An error without a stack: frames of the suite say nothing about the target. */
function bare(name: string, message: string): Error {
  return Object.assign(new Error(message), { name, stack: '' });
}

function missing(id: string): never {
  throw new Error(`${id} was not judged`);
}

/** What a verdict rests on: the answers with a departure, or else the requirement's own. */
function shownFor(requirement: Requirement, verdict: Verdict, observations: Observations): readonly Observation[] {
  const departing = verdict.kind === 'fail' ? verdict.departures.violations.map(({ observation }) => observation) : [];
  if (departing.length > 0) return [...new Set(departing)];
  const own = requirement.probes(observations.settings).flatMap(({ key }) => observations.of(key) ?? []);
  return own.slice(0, shownExchanges);
}

function summarise(run: ObservedRun, judged: readonly Result[], startedAt: number, redactor: Redactor): RunSummary {
  const { observations, trouble, milliseconds, capture } = run;
  const { gate, requireEvidence, seed, concurrency, timeoutMilliseconds, bodyLimit } = configuration;
  const [first] = observations.fullLists;
  const outcomes = new Map(judged.map((result) => [result.id, result]));
  return {
    target: target.origin + target.basePath,
    kind: embedded ? 'embedded' : configuration.file === null ? 'target' : 'file',
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
