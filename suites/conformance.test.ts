import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, inject, type TestContext, test } from 'vitest';
import { createClient } from '../harness/client.ts';
import { settingsOf } from '../harness/configuration.ts';
import { undocumentedMembers } from '../harness/drift.ts';
import { judge } from '../harness/judge.ts';
import type { Observations } from '../harness/observations.ts';
import { observe } from '../harness/observe.ts';
import type { Patience, Trouble } from '../harness/patience.ts';
import type { Verdict } from '../harness/verdict.ts';
import { describeToAllure } from '../reporters/allure-test.ts';
import { exchangeOf, type NamedExchange } from '../reporters/exchange.ts';
import { failureLines } from '../reporters/failure-text.ts';
import { createRedactor, type Redactor } from '../reporters/redaction.ts';
import { type Result, resultOf } from '../reporters/result.ts';
import type { RunSummary } from '../reporters/run-summary.ts';
import { requirements } from './requirements.ts';

const { configuration, target, embedded } = inject('run');
const settings = settingsOf(configuration, target);
const patience: Patience = { retries: 3, longestWait: 10_000, budget: 60_000, sleep: (wait) => sleep(wait) };

const results = new Map<string, { result: Result; exchanges: readonly NamedExchange[] }>();

// biome-ignore lint/correctness/noEmptyPattern: vitest reads which fixtures a hook wants from this pattern.
beforeAll(async ({}, suite) => {
  const selected = new Set(suite.tasks.filter(({ mode }) => mode === 'run').map(({ name }) => name));
  const running = requirements.filter(({ id, title }) => selected.has(testName(id, title)));
  const client = createClient({ ...target, ...configuration });
  const begun = performance.now();
  const { observations, trouble } = await observe(running, settings, client.transport, patience);
  const milliseconds = performance.now() - begun;
  await client.close();
  const redactor = createRedactor(observations, settings.secrets);
  for (const requirement of running) {
    const verdict = judge(requirement, observations);
    const result = resultOf(requirement, verdict, {
      observations,
      redactor,
      basePath: target.basePath,
      gate: configuration.gate,
    });
    results.set(requirement.id, { result, exchanges: exchangesOf(verdict, observations, redactor) });
  }
  suite.meta.summary = summarise(observations, trouble, milliseconds);
});

for (const { id, title } of requirements) {
  test(testName(id, title), async (context) => {
    const { result, exchanges } = results.get(id) ?? missing(id);
    context.task.meta.result = result;
    await describeToAllure(result, target.origin + target.basePath, exchanges);
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
  context.skip(result.verdict === 'fail' ? `advice: ${text}` : `${result.verdict}: ${result.reason}`);
}

/** An error without a stack: frames of the suite say nothing about the target. */
function bare(name: string, message: string): Error {
  return Object.assign(new Error(message), { name, stack: '' });
}

function missing(id: string): never {
  throw new Error(`${id} was not judged`);
}

/** The exchanges that a verdict rests on: those with a departure, or else the first list. */
function exchangesOf(verdict: Verdict, observations: Observations, redactor: Redactor): readonly NamedExchange[] {
  const departing = verdict.kind === 'fail' ? verdict.departures.violations.map(({ observation }) => observation) : [];
  const shown = departing.length > 0 ? [...new Set(departing)] : observations.all.slice(0, 1);
  return shown.map((observation) => exchangeOf(observation, observations, redactor, target.basePath));
}

function summarise(observations: Observations, trouble: Trouble, milliseconds: number): RunSummary {
  const [first] = observations.fullLists;
  return {
    target: target.origin + target.basePath,
    embedded,
    gate: configuration.gate,
    requireEvidence: configuration.requireEvidence,
    seed: configuration.seed,
    requests: observations.all.reduce((sum, { attempts }) => sum + attempts, 0),
    retries: trouble.retries,
    freshConnections: trouble.freshConnections,
    milliseconds,
    waited: trouble.waited,
    connections: first?.elements?.length ?? null,
    paged: first?.paged ?? false,
    undocumented: first ? undocumentedMembers(first) : [],
  };
}
