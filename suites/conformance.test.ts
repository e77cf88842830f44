import { writeFileSync } from 'node:fs';
import { beforeAll, inject, type TestContext, test } from 'vitest';
import { secretsOf } from '../harness/configuration.ts';
import { undocumentedMembers } from '../harness/drift.ts';
import { judge } from '../harness/judge.ts';
import type { Observations } from '../harness/observations.ts';
import type { Requirement } from '../harness/requirement.ts';
import type { Verdict } from '../harness/verdict.ts';
import { staleWaivers } from '../harness/waivers.ts';
import packageJson from '../package.json' with { type: 'json' };
import { exchangeOf, longestBody, type NamedExchange } from '../reporters/exchange.ts';
import { failureLines, waivedText } from '../reporters/failure-text.ts';
import { createRedactor, type Redactor } from '../reporters/redaction.ts';
import { type Result, resultOf } from '../reporters/result.ts';
import type { RunSummary } from '../reporters/run-summary.ts';
import { recordingOf } from '../reporters/write-recording.ts';
import { coverageOf } from './coverage.ts';
import { type ObservedRun, observeRun } from './observe-run.ts';
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
  const observed = await observeRun(running, configuration, target);
  const { observations, basePath, capture } = observed;
  const exchanges: Record<string, readonly NamedExchange[]> = {};
  const redactor = createRedactor(observations, [...secretsOf(configuration), ...observations.settings.secrets]);
  const today = new Date().toISOString().slice(0, 10);
  const context = { observations, redactor, basePath, gate: configuration.gate, waivers, today };
  for (const requirement of running) {
    const unseen = capture === null ? undefined : notInCapture(requirement.id, capture);
    const verdict: Verdict =
      unseen === undefined ? judge(requirement, observations) : { kind: 'not-applicable', reason: unseen };
    const result = resultOf(requirement, verdict, context);
    results.set(requirement.id, result);
    exchanges[requirement.id] = exchangesOf(requirement, verdict, observations, redactor, basePath);
  }
  if (configuration.record !== null) {
    const recording = recordingOf(observations, redactor, basePath, { name, version });
    writeFileSync(configuration.record, `${JSON.stringify(recording, null, 1)}\n`);
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

/** The exchanges that a verdict rests on: those with a departure, or else the requirement's own. */
function exchangesOf(
  requirement: Requirement,
  verdict: Verdict,
  observations: Observations,
  redactor: Redactor,
  basePath: string,
): readonly NamedExchange[] {
  const departing = verdict.kind === 'fail' ? verdict.departures.violations.map(({ observation }) => observation) : [];
  const own = requirement.probes(observations.settings).flatMap(({ key }) => observations.of(key) ?? []);
  const shown = departing.length > 0 ? [...new Set(departing)] : own.slice(0, shownExchanges);
  const longest = departing.length > 0 ? longestBody.departing : longestBody.conforming;
  return shown.map((observation) => exchangeOf(observation, observations, redactor, basePath, longest));
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
    connections: first?.elements?.length ?? null,
    paged: first?.paged ?? false,
    capture,
    coverage: coverageOf(observations),
    staleWaivers: staleWaivers(waivers, outcomes),
    staleFails: configuration.waivers.staleFails,
    undocumented: first ? undocumentedMembers(first, redactor.text) : [],
  };
}
