import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Status } from 'allure-js-commons';
import { afterAll, describe, expect, test } from 'vitest';
import type { TestModule } from 'vitest/node';
import { createObservations } from '../harness/judging/create-observations.ts';
import { judge } from '../harness/judging/judge.ts';
import { brokenRun } from '../harness/results/finished-run.ts';
import { reported } from '../harness/results/reported.ts';
import { AllureReporter } from '../reporters/allure.ts';
import { categories } from '../reporters/allure-categories.ts';
import { executorOf } from '../reporters/allure-executor.ts';
import { historyOf } from '../reporters/allure-history.ts';
import { allureTest } from '../reporters/allure-test.ts';
import { coverageMarkdown } from '../reporters/coverage-markdown.ts';
import { requirements } from '../suites/requirements.ts';
import { categoriesOf, readAllure } from './allure-results.ts';
import { answered } from './answered.ts';
import { reportContext } from './report-context.ts';

const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [requirement] = requirements;
if (!requirement) throw new Error('there is no requirement');
const { id, title } = requirement;

describe("the suite's own fault", () => {
  const { observations: seen } = answered('{}');
  const observations = createObservations({ ...seen, all: [] });
  const context = reportContext(observations);

  test.for([['violation: of the suite'], ['waived: ']])('in a judge is broken, whatever it says: %s', ([message]) => {
    const broken = judge(
      {
        ...requirement,
        judge() {
          throw new Error(message);
        },
      },
      observations,
    );
    const told = allureTest(reported(requirement, broken, context));
    expect(told).toMatchObject({ status: Status.BROKEN, testCaseId: id });
    expect(told.statusDetails.message).toMatch(/^the suite broke, not the target\n\nError: /);
    expect(told.statusDetails.message).toContain(message);
    expect(categoriesOf(categories, told)).toEqual(["The suite's own fault"]);
  });

  test('before anything was judged is broken for each requirement, and leaves its identity as it is', () => {
    const reporter = new AllureReporter(join(folder, 'allure-results'), {}, { ...brokenRun(''), errors: [] });
    reporter.onTestRunEnd([unjudgedModule('no space left on device')]);
    const { tests, categories: own } = readAllure(folder);
    expect([...tests.keys()]).toEqual([id]);
    const told = tests.get(id);
    expect(told).toMatchObject({
      status: Status.BROKEN,
      statusDetails: { message: 'the suite broke, not the target\n\nno space left on device' },
      historyId: id,
      testCaseId: id,
      fullName: id,
      steps: [],
    });
    expect(told && categoriesOf(own, told)).toEqual(["The suite's own fault"]);
  });
});

/** A module of one test that vitest skipped, because what comes before the tests broke. */
function unjudgedModule(message: string): TestModule {
  const file = { filepath: join(folder, 'conformance.test.ts') };
  const skipped = {
    type: 'test',
    mode: 'skip',
    name: `${id}: ${title}`,
    meta: {},
    file,
    result: { state: 'skip', startTime: 1 },
  };
  return {
    task: { type: 'suite', mode: 'run', name: '', tasks: [skipped] },
    children: { allTests: () => [{ meta: () => ({}) }] },
    meta: () => ({}),
    errors: () => [{ message }],
  } as object as TestModule;
}

test('no executor is named outside a pipeline', () => {
  expect(executorOf({ CI: 'true', GITHUB_RUN_ID: '1', CI_PIPELINE_IID: '1' })).toBeUndefined();
});

test('what the run saw says what was retried, left out, paged and undocumented', () => {
  const coverage = {
    connections: 3,
    paged: true,
    parameters: [],
    enums: [],
    defaults: [],
    undefinedNames: [{ name: 'a|b', alone: null, beside: 'refused with status 400' }],
    undocumented: ['ipsec_site_connections[].x'],
    elementsLeftOut: 4,
  };
  const lines = coverageMarkdown(coverage, { retries: 5, freshConnections: 6 });
  expect(lines).toEqual(
    expect.arrayContaining([
      '- 3 connections in the first full list.',
      '- The list is paged: only its first page was judged.',
      '- Left out of a comparison, because they came, went or changed meanwhile: 4 elements at most.',
      '- Retried: 5 requests after 429 or 503, 6 because a connection was closed.',
      '| a\\|b | not seen | refused with status 400 |',
      'Undocumented members, which are allowed: ipsec_site_connections\\[\\].x',
    ]),
  );
  expect(coverageMarkdown({ ...coverage, connections: null }, { retries: 0, freshConnections: 0 })[0]).toBe(
    '- No list was seen.',
  );
});

test('each target has a history of its own, and each edition; the embedded one has the same on any port', () => {
  const folder = mkdtempSync(join(tmpdir(), 'history-'));
  const file = join(folder, 'conformance.json');
  const of = (url: string, edition = '2020-04', kind = 'target') => {
    writeFileSync(file, JSON.stringify({ target: { url, kind }, contract: { edition } }));
    return historyOf(file);
  };
  const names = [
    of('https://vpn.example.com/eu'),
    of('https://staging.example.com:8443'),
    of('https://vpn.example.com/eu', 'openstack'),
    of('http://127.0.0.1:1', '2020-04', 'embedded'),
    of('file:../saved/run.har', '2020-04', 'file'),
  ];
  expect(names).toEqual([
    'vpn.example.com-eu.2020-04.jsonl',
    'staging.example.com-8443.2020-04.jsonl',
    'vpn.example.com-eu.openstack.jsonl',
    'embedded.2020-04.jsonl',
    'saved-run.har.2020-04.jsonl',
  ]);
  expect(of('http://127.0.0.1:2', '2020-04', 'embedded')).toBe(names[3]);
  rmSync(folder, { recursive: true });
  expect(historyOf(file)).toBe('unknown.jsonl');
});
