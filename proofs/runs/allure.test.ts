import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Label, type Link, Status, type TestResult } from 'allure-js-commons';
import { ALLURE_HTTP_EXCHANGE_CONTENT_TYPE, type HttpExchange } from 'allure-js-commons/http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Standing } from '../../harness/gating/gate.ts';
import type { ConformanceReport } from '../../harness/results/report.ts';
import { forgetRun, historyOf } from '../../reporters/allure-history.ts';
import { verdictText } from '../../reporters/verdict-text.ts';
import { type AllureResults, categoriesOf, readAllure } from '../allure-results.ts';
import { serveFaulty } from '../faulty-target.ts';
import { failing, serveFailing, writeWaivers } from './failing-target.ts';
import { removeRun, runCommand, runSuite, type SuiteRun } from './run-suite.ts';

const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
const github = {
  GITHUB_ACTIONS: 'true',
  GITHUB_SERVER_URL: 'https://github.example',
  GITHUB_REPOSITORY: 'vpn/conformance',
  GITHUB_RUN_ID: '4711',
  GITHUB_RUN_NUMBER: '12',
  GITHUB_WORKFLOW: 'nightly',
};
const gitlab = {
  GITLAB_CI: 'true',
  CI_PIPELINE_IID: '34',
  CI_JOB_NAME: 'conformance',
  CI_PIPELINE_URL: 'https://gitlab.example/vpn/-/pipelines/99',
};

let targets: readonly Awaited<ReturnType<typeof serveFailing>>[] = [];
let runs: readonly SuiteRun[] = [];
/** The Allure results of the run against the failing target, and its report. */
let failed: AllureResults & { run: SuiteRun; url: string; report: ConformanceReport };
/** The Allure results of the run of two requirements against a target that conforms. */
let passed: AllureResults & { run: SuiteRun };

beforeAll(async () => {
  const [bad, good] = await Promise.all([serveFailing(), serveFaulty()]);
  targets = [bad, good];
  const [first, second] = await Promise.all([
    runSuite({ TARGET_URL: bad.url, WAIVERS: writeWaivers(folder), ...github }),
    runSuite({ TARGET_URL: good.url, ...gitlab }, '-t', 'parameters\\.type\\.(mtu|psk):'),
  ]);
  runs = [first, second];
  const report = JSON.parse(readFileSync(join(first.folder, 'results/conformance.json'), 'utf8')) as ConformanceReport;
  failed = { ...readAllure(first.folder), run: first, url: bad.url, report };
  passed = { ...readAllure(join(second.folder, 'results/partial')), run: second };
});
afterAll(async () => {
  runs.forEach(removeRun);
  rmSync(folder, { recursive: true, force: true });
  for (const target of targets) await target.close();
});

function told(id: string, { tests }: AllureResults = failed): TestResult {
  const found = tests.get(id);
  if (!found) throw new Error(`Allure was told nothing of ${id}`);
  return found;
}

const labelled = ({ labels }: { labels: readonly Label[] }) => labels.map(({ name, value }) => [name, value]);

test('the runs are what these proofs are about', () => {
  expect([failed.run.code, passed.run.code, passed.tests.size]).toEqual([1, 0, 2]);
  expect(failed.tests.size).toBe(failed.report.requirements.length);
});

describe('a result', () => {
  test('stands under the operation, its suite and its row, with its level', () => {
    expect(labelled(told('parameters.type.mtu'))).toEqual([
      ['epic', 'Querying IPsec VPN Connections'],
      ['feature', 'parameters'],
      ['story', 'Table 2, row 2: mtu'],
      ['severity', 'critical'],
      ['tag', 'MUST'],
    ]);
    expect(labelled(told('errors.unknown-path.404'))).toEqual([
      ['epic', 'Querying IPsec VPN Connections'],
      ['feature', 'errors'],
      ['story', 'RFC 9110 section 15.5'],
      ['severity', 'minor'],
      ['tag', 'MAY'],
    ]);
    for (const each of failed.tests.values()) {
      const names = each.labels.map(({ name }) => name);
      expect(names).toEqual(['epic', 'feature', 'story', 'severity', 'tag']);
      expect(each.labels.every(({ value }) => value !== '')).toBe(true);
    }
  });

  test('has the identity of its requirement, whatever the target', () => {
    expect(failed.url).not.toBe(targets[1]?.url);
    for (const id of passed.tests.keys()) {
      const { historyId, testCaseId, fullName, parameters } = told(id);
      expect({ historyId, testCaseId, fullName, parameters }).toEqual({
        historyId: id,
        testCaseId: id,
        fullName: id,
        parameters: [],
      });
      expect(told(id, passed)).toMatchObject({ historyId, testCaseId, fullName, parameters });
    }
    for (const [id, { historyId, testCaseId }] of failed.tests) expect([historyId, testCaseId]).toEqual([id, id]);
  });

  test('quotes the row in its description, names its source, and links the public texts', () => {
    const { description = '', links } = told('parameters.type.mtu');
    expect(description).toContain('Source: Table 2, row 2 (mtu).');
    expect(description).toContain('> Table 2, row 2: `mtu`, integer. Largest packet');
    expect(told('parameters.presence.mtu').description).toContain(
      '`parameters.presence.mtu` in docs/requirements/parameters.md',
    );
    expect(links).toEqual([]);
    expect(told('enums.dpd.action').description).toMatch(/> Table 2, row 14: `dpd\.action`, string; one of `clear`, /);
    const hrefs = (each: { links: readonly Link[] }) => each.links.map(({ name, url }) => [name, url]);
    expect(hrefs(told('errors.unknown-path.404'))).toEqual([
      ['RFC 9110 section 15.5', 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5'],
    ]);
    const issue = 'https://tracker.example/VPN-311';
    expect(told('parameters.type.peer_ep_group_id').links).toEqual([{ type: 'issue', name: issue, url: issue }]);
  });

  test('of a failure says alone where, what, by which clause, and how to see it again', () => {
    const { status, statusDetails } = told('parameters.type.mtu');
    expect(status).toBe(Status.FAILED);
    const { message = '' } = statusDetails;
    expect(message).toMatch(/^violation: mtu is an integer\n\n1 of 12 values, in /);
    for (const part of [
      'at        /ipsec_site_connections/11/mtu (connection ',
      'expected  an integer',
      'source    Table 2, row 2 (mtu)',
      'more      docs/requirements/parameters.md',
      `'${failed.url}/v2.0/vpn/ipsec-site-connections'`,
      "npm test -- -t 'parameters\\.type\\.mtu:'",
    ]) {
      expect(message).toContain(part);
    }
  });

  test('of a failure in many places says once what these have in common', () => {
    const { message = '' } = told('enums.status').statusDetails;
    const count = (part: string) => message.split(part).length - 1;
    expect(['\nat ', '\nexpected ', '\nactual ', 'GET /v2.0', 'This is the spelling'].map(count)).toEqual([
      3, 1, 3, 1, 1,
    ]);
  });

  test('of a failure names the erratum that explains it, and no other', () => {
    expect(told('parameters.type.mtu').statusDetails.message).not.toContain('erratum');
    expect(told('parameters.type.peer_ep_group_id').statusDetails.message).toContain('erratum   nullability: ');
    expect(told('enums.status').statusDetails.message).toContain('erratum   status-spelling: ');
  });

  test('that is skipped keeps its reason', () => {
    expect(told('defaults.dpd.interval')).toMatchObject({
      status: Status.SKIPPED,
      statusDetails: {
        message:
          'inconclusive: a list does not show which values were given at creation; to see it: set DEFAULTS_CONNECTION' +
          ' to the id or name of a connection created without the values that have defaults',
      },
    });
    expect(told('authentication.missing')).toMatchObject({
      status: Status.SKIPPED,
      statusDetails: { message: 'not-applicable: no credentials were given' },
    });
  });

  test('has one step for each exchange, with the exchange attached', () => {
    const asked = [...failed.tests.values()].filter(({ statusDetails: { message = '' } }) => !/^not-app/.test(message));
    for (const { steps, status } of asked) {
      expect(steps.length).toBeGreaterThan(0);
      for (const { name = '', attachments, status: outcome } of steps) {
        expect(attachments.map(({ type }) => type)).toEqual([ALLURE_HTTP_EXCHANGE_CONTENT_TYPE]);
        const { request, response } = JSON.parse(failed.text(attachments[0]?.source ?? '')) as HttpExchange;
        const target = request.url.slice(failed.url.length);
        expect(name).toMatch(/^(GET|HEAD) /);
        expect(name.startsWith(`${request.method} ${target}`)).toBe(true);
        expect(name.endsWith(` → ${response?.status}`)).toBe(true);
        expect(outcome).toBe(status === Status.FAILED ? Status.FAILED : Status.PASSED);
      }
    }
    expect(told('robustness.accept.xml').steps.map(({ name }) => name)).toContain(
      'GET /v2.0/vpn/ipsec-site-connections (Accept: application/xml) → 200',
    );
  });
});

// Allure shows a file with the first step that names it, and says of the others that it could not be loaded.
test('each attachment can be opened in the HTML report', async () => {
  const { code, stderr } = await runCommand('report', failed.run.folder);
  expect([code, stderr]).toEqual([0, '']);
  const page = readFileSync(join(failed.run.folder, 'results/report.html'), 'utf8');
  expect(page).toContain('<meta name="viewport"');
  const results = [...page.matchAll(/"data\/test-results\/[^"]+","([^"]+)"/g)].map(([, data = '']) =>
    Buffer.from(data, 'base64').toString(),
  );
  expect(results).toHaveLength(failed.tests.size);
  const missed = results.map((text) => [...text.matchAll(/"missed":(true|false)/g)].map(([, is]) => is));
  expect(missed.flat().length).toBeGreaterThan(failed.tests.size);
  expect(missed.flat().filter((is) => is === 'true')).toEqual([]);
});

test('a run whose only failures are waived or advice passes the quality gate of Allure, and another does not', async () => {
  const target = await serveFaulty(['derived.type.peer_ep_group_id.null.last', 'errors.unknown-path.400']);
  const waived = await runSuite({ TARGET_URL: target.url, WAIVERS: writeWaivers(folder), STALE_WAIVERS: 'warn' });
  await target.close();
  runs = [...runs, waived];
  expect(waived.code).toBe(0);
  const told = [...readAllure(waived.folder).tests].filter(([, { status }]) => status === Status.FAILED);
  // Files of results stand in no order.
  expect(Object.fromEntries(told.map(([id, { statusDetails }]) => [id, statusDetails]))).toMatchObject({
    'parameters.type.peer_ep_group_id': { known: true },
    'errors.unknown-path.404': { muted: true },
  });
  expect(told).toHaveLength(2);
  expect([await allureGate(waived), await allureGate(failed.run)]).toEqual([0, 1]);
});

/** The exit code of Allure's own gate, which no failure passes but one that is known or muted. */
function allureGate(run: SuiteRun): Promise<number> {
  const allure = join(dirname(fileURLToPath(import.meta.resolve('allure'))), '..', 'cli.js');
  // The gate calls a method of iterators that Node has from 22 on.
  const iterators = 'Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()))';
  const toArray = `data:text/javascript,${encodeURIComponent(`${iterators}.toArray ??= function () { return [...this]; }`)}`;
  const parameters = ['--import', toArray, allure, 'quality-gate', '--max-failures', '0', 'allure-results'];
  return new Promise((resolve) => {
    execFile(process.execPath, parameters, { cwd: run.folder }, (error) => resolve(error ? Number(error.code) : 0));
  });
}

const categoryOf: Readonly<Record<Standing, readonly string[]>> = {
  pass: [],
  violation: ['Violation'],
  waived: ['Waived'],
  advice: ['Advice'],
  inconclusive: ['Inconclusive'],
  'not-applicable': ['Not applicable'],
  broken: ["The suite's own fault"],
};

describe('the categories', () => {
  test('hold each result that did not pass in exactly its own', () => {
    const expired = failing.filter(({ becomes }) => becomes === 'expired waiver').map(({ id }): string => id);
    for (const { id, verdict } of failed.report.requirements) {
      const expected = expired.includes(id) ? ['Expired waiver'] : categoryOf[verdict];
      expect([id, categoriesOf(failed.categories, told(id))]).toEqual([id, expected]);
    }
  });

  test.for(failing)('$id becomes: $becomes', ({ id, becomes }) => {
    const [name = ''] = categoriesOf(failed.categories, told(id));
    expect(name.toLowerCase()).toBe(becomes);
  });
});

test('the environment says what was tested, and how', () => {
  const environment = failed.text('environment.properties').split('\n');
  const values = Object.fromEntries(environment.map((line) => line.split(/=(.*)/)));
  expect(values.verdict).toBe(verdictText(failed.report).headline);
  expect(values).toMatchObject({
    target: failed.url,
    seed: '1',
    gate: 'SHOULD',
    node: process.version,
    connections: '12',
    undocumented: 'ipsec_site_connections[].local_id',
  });
  expect(values.requests).toMatch(/^\d+ in \d+\.\d s$/);
});

test('the executor is the pipeline that the results come from', () => {
  expect(JSON.parse(failed.text('executor.json'))).toEqual({
    name: 'GitHub Actions',
    type: 'github',
    buildName: 'nightly #12',
    buildOrder: 12,
    buildUrl: 'https://github.example/vpn/conformance/actions/runs/4711',
  });
  expect(JSON.parse(passed.text('executor.json'))).toEqual({
    name: 'GitLab CI',
    type: 'gitlab',
    buildName: 'conformance #34',
    buildOrder: 34,
    buildUrl: 'https://gitlab.example/vpn/-/pipelines/99',
  });
});

test('what the run saw is one attachment of the report, and says the same as the other reports', () => {
  const [attachment, ...others] = failed.globals.flatMap(({ attachments }) => attachments);
  expect(others).toEqual([]);
  expect(attachment).toMatchObject({ name: 'What the run saw', type: 'text/markdown' });
  const text = failed.text(attachment?.source ?? '');
  const markdown = readFileSync(join(failed.run.folder, 'results/conformance.md'), 'utf8');
  expect(markdown).toContain(`## What the run saw\n\n${text}`);
  const { parameters, enums, defaults, undefinedNames } = failed.report.coverage;
  for (const { name, seen, null: nulls, absent } of parameters) {
    expect(text).toContain(`| ${name} | ${seen} | ${nulls} | ${absent} |`);
  }
  for (const { name, seen, unseen, others } of enums) {
    expect(text).toContain(`| ${name} | ${seen.join(', ')} | ${unseen.join(', ')} | ${others} |`);
  }
  for (const { name, connections } of defaults) expect(text).toContain(`| ${name} | ${connections} |`);
  for (const { name, alone, beside } of undefinedNames) {
    expect(text).toContain(`| ${name || '(empty)'} | ${alone} | ${beside} |`);
  }
  expect(text).toContain('| peer_ep_group_id | 11 | 1 | 0 |');
  expect(text).toContain(
    '| status | ACTIVE, DOWN, BUILD, ERROR | PENDING_CREATE, PENDING_UPDATE, PENDING_DELETE | 3 |',
  );
});

test('the history grows run by run, and holds a requirement in each', async () => {
  const { folder: home } = failed.run;
  const results = join(home, 'allure-results');
  const history = join(home, 'results/history', historyOf(join(home, 'results/conformance.json')));
  const verdicts = () =>
    readFileSync(history, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => {
        const entries = Object.values((JSON.parse(line) as { testResults: object }).testResults) as TestResult[];
        return entries.filter(({ fullName }) => fullName === 'parameters.type.mtu').map(({ status }) => status);
      });
  const report = async () => {
    expect(await runCommand('report', home)).toMatchObject({ code: 0, stderr: '' });
  };
  await report();
  expect(verdicts()).toEqual([['failed']]);
  // Allure heads its page with the share of tests that passed: the verdict stands beside it.
  const { headline } = verdictText(failed.report);
  expect(headline).toMatch(/^DOES NOT CONFORM: /);
  const page = () => readFileSync(join(home, 'results/report.html'), 'utf8');
  expect(page()).toContain(`IPsec VPN connections: ${headline}`);
  renameSync(results, join(home, 'first'));
  renameSync(join(passed.run.folder, 'results/partial/allure-results'), results);
  await report();
  expect(verdicts()).toEqual([['failed'], ['passed']]);
  // The verdict is that of the results, though conformance.json is still the other run's.
  expect(page()).toContain('IPsec VPN connections: no violation seen: 2 of 2 selected MUST judged (exit 0)');
  // A report of the same results is made again: its run is in the history once.
  forgetRun(history, join(home, 'first'));
  expect(verdicts()).toHaveLength(2);
  renameSync(results, join(home, 'second'));
  renameSync(join(home, 'first'), results);
  await report();
  expect(verdicts()).toEqual([['failed'], ['passed'], ['failed']]);
  forgetRun(history, results);
  expect(verdicts()).toEqual([['failed'], ['passed']]);
});
