import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareReports } from '../../harness/results/comparison.ts';
import { isConformanceReport } from '../../harness/results/read-report.ts';
import type { ConformanceReport, ReportedRequirement } from '../../harness/results/report.ts';
import packageJson from '../../package.json' with { type: 'json' };
import type { Served } from '../../reference/server.ts';
import { annotations, summary } from '../../reporters/github.ts';
import { junitXml } from '../../reporters/junit.ts';
import { serveFaulty } from '../faulty-target.ts';
import { removeRun, runCommand, runPasted, runSuite, runSuiteIn, type SuiteRun } from './run-suite.ts';

const fault = 'derived.type.mtu.string.last';
const id = 'parameters.type.mtu';
const runs: SuiteRun[] = [];
let served: Served;
let failing: SuiteRun;

beforeAll(async () => {
  served = await serveFaulty([fault]);
  failing = await run({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: 'summary.md' });
});
afterAll(async () => {
  runs.forEach(removeRun);
  await served.close();
});

async function run(environment: Record<string, string>, ...options: string[]): Promise<SuiteRun> {
  const made = await runSuite({ TARGET_URL: served.url, ...environment }, ...options);
  runs.push(made);
  return made;
}

function reportOf({ folder }: SuiteRun): ConformanceReport {
  const document: unknown = JSON.parse(readFileSync(join(folder, 'results/conformance.json'), 'utf8'));
  if (!isConformanceReport(document)) throw new Error('the report is not of its published form');
  return document;
}

describe('the reports of a failing run', () => {
  test('say on the console what fails, where, by which clause, and how to see it again', () => {
    const { code, stdout } = failing;
    expect(code).toBe(1);
    expect(stdout).toContain('✗ parameters.type.mtu  MUST  mtu is an integer');
    expect(stdout).toContain('at        /ipsec_site_connections/11/mtu (connection ');
    expect(stdout).toContain('source    Table 2, row 2 (mtu)');
    expect(stdout).toContain(`-H 'Accept: application/json' '${served.url}/v2.0/vpn/ipsec-site-connections'`);
    expect(stdout).toContain(`TARGET_URL=${served.url} npm test -- -t 'parameters\\.type\\.mtu:'`);
  });

  test('name a command that, pasted into a shell, runs the requirement against the same target again', async () => {
    const again = /^ +(TARGET_URL=.* npm test -- .*)$/m.exec(failing.stdout)?.[1] ?? '';
    const pasted = await runPasted(again);
    runs.push(pasted);
    const { code, stdout } = pasted;
    expect(stdout).toContain('✗ parameters.type.mtu  MUST  mtu is an integer');
    expect(stdout).toContain('1 requirement, ');
    expect(code).toBe(1);
  });

  test('say it in JSON', () => {
    const { outcome, requirements, coverage } = reportOf(failing);
    expect([failing.code, outcome.exitCode]).toEqual([1, 1]);
    const [violation, ...rest] = requirements.filter(({ verdict }) => verdict === 'violation');
    expect(rest).toEqual([]);
    expect(violation).toMatchObject({
      id,
      source: 'Table 2, row 2 (mtu)',
      rerun: `TARGET_URL=${served.url} npm test -- -t 'parameters\\.type\\.mtu:'`,
      departures: {
        places: [{ pointer: '/ipsec_site_connections/11/mtu', expected: 'an integer' }],
        groups: [{ at: '/ipsec_site_connections/*/mtu' }],
        complete: true,
      },
    });
    expect(violation?.departures?.places[0]?.curl).toContain(`'${served.url}/v2.0/vpn/ipsec-site-connections'`);
    expect(coverage.parameters.find(({ name }) => name === 'mtu')).toEqual({
      name: 'mtu',
      seen: 12,
      null: 0,
      absent: 0,
    });
    expect(coverage.enums.find(({ name }) => name === 'status')).toMatchObject({ unseen: [], others: 0 });
    expect(coverage.undefinedNames.find(({ name }) => name === 'dpd')).toMatchObject({ alone: 'honoured' });
  });

  test('say it in Markdown, for GitHub too', () => {
    const markdown = readFileSync(join(failing.folder, 'results/conformance.md'), 'utf8');
    expect(markdown).toContain('does not conform (exit 1)');
    expect(markdown).toContain(`### \`${id}\` (MUST)`);
    expect(readFileSync(join(failing.folder, 'summary.md'), 'utf8')).toBe(markdown);
    expect(failing.stdout).toContain(`::error title=${id}::violation: mtu is an integer%0A1 of 12 values`);
  });

  test('say it in JUnit, with the reason of each skip', () => {
    const xml = readFileSync(join(failing.folder, 'results/junit.xml'), 'utf8');
    expect(xml).toContain('<failure message="violation: mtu is an integer" type="MUST">');
    expect(xml).toContain('<skipped message="not-applicable: no credentials were given">');
    expect(xml).toContain('<skipped message="inconclusive: a list does not show');
    expect(xml).toMatch(
      /<testsuites name="http:[^>]* tests="\d+" failures="1" errors="0" skipped="\d+" time="\d+\.\d{3}">/,
    );
    expect(xml).toMatch(/<testcase classname="parameters" name="parameters\.type\.mtu: [^>]* time="\d+\.\d{3}">/);
    const properties = [...xml.matchAll(/<property name="([^"]+)" value="([^"]*)"\/>/g)].map(([, name, value]) => [
      name,
      value,
    ]);
    expect(properties.slice(0, 5)).toEqual([
      ['target', served.url],
      ['gate', 'SHOULD'],
      ['seed', '1'],
      ['edition', '2020-04'],
      ['version', packageJson.version],
    ]);
  });
});

test('what JUnit and GitHub cannot take as it is, is escaped', () => {
  const report = reportOf(failing);
  const requirements = report.requirements.map((each) =>
    each.id === id ? { ...each, title: 'a <b> & "c"\n100% \u0001::' } : each,
  );
  expect(junitXml({ ...report, requirements })).toContain('violation: a &lt;b&gt; &amp; &quot;c&quot;&#10;100% ::');
  expect(annotations({ ...report, requirements })[0]).toContain('violation: a <b> & "c"%0A100%25 ');
});

test('GitHub is told of ten violations, MUST first, the last of them naming the rest', () => {
  const report = reportOf(failing);
  const failedAlready = report.requirements.find((each) => each.id === id) as ReportedRequirement;
  const sixteen = report.requirements.slice(0, 16).map((each, index) => {
    const level = index < 12 ? ('SHOULD' as const) : ('MUST' as const);
    return { ...failedAlready, id: each.id, level };
  });
  const told = (count: number) => annotations({ ...report, requirements: sixteen.slice(16 - count) });
  const titles = (lines: readonly string[]) => lines.map((line) => /^::error title=([^:]+)::/.exec(line)?.[1]);
  const ids = sixteen.map((each) => each.id);
  expect(titles(told(10))).toEqual([...ids.slice(12), ...ids.slice(6, 12)]);
  expect(titles(told(16))).toEqual([...ids.slice(12), ...ids.slice(0, 5), '7 more']);
  expect(told(16).at(-1)).toBe(`::error title=7 more::${ids.slice(5, 12).join('%0A')}`);
});

test('a summary is no larger than GitHub takes, and is cut between lines', () => {
  const line = '- für jede Zeile ein paar Zeichen\n';
  const large = line.repeat(40_000);
  const end = '\n\nThe rest is in conformance.md.\n';
  for (const used of [0, 500_000]) {
    const text = summary(large, used);
    expect(Buffer.byteLength(text) + used).toBeLessThanOrEqual(1024 * 1024);
    expect(text.endsWith(end)).toBe(true);
    expect(
      text
        .slice(0, -end.length)
        .split('\n')
        .every((each) => `${each}\n` === line),
    ).toBe(true);
  }
  expect(summary(large, 1024 * 1024)).toBe('');
  expect(summary(line, 500_000)).toBe(line);
});

describe('waivers', () => {
  test('drafted from a run are refused without reasons, excuse it with them, and nothing else', async () => {
    const drafted = await runCommand('waive', failing.folder, 'known.yaml');
    expect(drafted).toMatchObject({ code: 0, stderr: '' });
    const file = join(failing.folder, 'known.yaml');
    const draft = readFileSync(file, 'utf8');
    const select = ['-t', 'parameters\\.type'];
    const refused = await run({ WAIVERS: file }, ...select);
    expect([refused.code, refused.stderr]).toEqual([
      2,
      `${file}:4: reason must say why the failure is accepted: it is empty (exit 2)\n`,
    ]);
    writeFileSync(file, draft.replace('reason: ""', 'reason: the gateway quotes numbers'));
    const waived = await run({ WAIVERS: file }, ...select);
    expect([waived.code, waived.stderr]).toEqual([0, expect.stringMatching(/^ipsec-vpn-conformance \S+: \S+\n$/)]);
    expect(waived.stdout).toContain(`~ ${id}  MUST  waived: the gateway quotes numbers (${file}:3)`);
    writeFileSync(file, draft.replace('reason: ""', 'reason: x').replace(/value: .*/, 'value: another'));
    const other = await run({ WAIVERS: file }, ...select);
    expect(other.code).toBe(1);
    expect(other.stdout).toContain(`the waiver at ${file}:3 does not cover /ipsec_site_connections/*/mtu`);
    expect(other.stdout).toContain('✗ Waivers that match nothing');
  });

  test('that match nothing only warn where that is wanted', async () => {
    const file = join(failing.folder, 'stale.yaml');
    writeFileSync(
      file,
      "waivers:\n  - requirement: enums.status\n    reason: x\n    departures: [{at: '', value: 1}]\n",
    );
    const warned = await run({ WAIVERS: file, STALE_WAIVERS: 'warn' }, '-t', 'enums\\.status:');
    expect(warned.code).toBe(0);
    expect(warned.stdout).toContain('Waivers that match nothing');
  });
});

describe('comparing two reports', () => {
  const good = (report: ConformanceReport): ConformanceReport => ({
    ...report,
    requirements: report.requirements.map(({ departures: _, ...each }) =>
      each.id === id ? { ...each, verdict: 'pass' } : each,
    ),
  });

  test('names what newly fails, what is fixed, and nothing where nothing changed', () => {
    const bad = reportOf(failing);
    expect(compareReports(good(bad), bad)).toMatchObject({ newlyFailing: [{ id, before: 'pass' }], fixed: [] });
    expect(compareReports(bad, good(bad))).toMatchObject({ newlyFailing: [], fixed: [{ id, after: 'pass' }] });
    expect(compareReports(bad, bad)).toMatchObject({
      newlyFailing: [],
      fixed: [],
      changed: [],
      evidence: [],
      remarks: [],
    });
  });

  test('names another departure of a requirement that failed before', () => {
    const bad = reportOf(failing);
    const groups = [{ at: '/ipsec_site_connections/*/mtu', value: null, count: 1, answers: 1 }];
    const other = bad.requirements.map((each) =>
      each.id === id && each.departures ? { ...each, departures: { ...each.departures, groups } } : each,
    );
    expect(compareReports(bad, { ...bad, requirements: other })).toMatchObject({ newlyFailing: [{ id }] });
  });

  test('names new drift and changed evidence', () => {
    const bad = reportOf(failing);
    const coverage = { ...bad.coverage, undocumented: [...bad.coverage.undocumented, 'x'], paged: true };
    const comparison = compareReports(bad, { ...bad, coverage });
    expect(comparison).toMatchObject({ newDrift: ['x'], evidence: [{ what: 'paging' }] });
  });

  test('is one command, which fails when something newly fails', async () => {
    const { folder } = failing;
    writeFileSync(join(folder, 'good.json'), JSON.stringify(good(reportOf(failing))));
    const files = ['good.json', 'results/conformance.json'] as const;
    const worse = await runCommand('compare', folder, ...files);
    expect(worse.code).toBe(1);
    expect(worse.stdout).toContain(`Newly failing\n- ${id} (MUST): pass → violation (`);
    const better = await runCommand('compare', folder, ...[...files].reverse(), '--format', 'markdown');
    expect(better).toMatchObject({ code: 0, stderr: '' });
    expect(await runCommand('compare', folder, 'good.json')).toMatchObject({ code: 2, stdout: '' });
    expect(await runCommand('compare', folder, 'good.json', 'nowhere.json')).toMatchObject({
      code: 2,
      stderr: 'nowhere.json cannot be read (ENOENT) (exit 2)\n',
    });
  });
});

test('an early end leaves the reports of the earlier run as they are', async () => {
  const { folder } = failing;
  const before = readFileSync(join(folder, 'results/conformance.json'), 'utf8');
  const ended = await runSuiteIn(folder, { TARGET_URL: 'http://127.0.0.1:1' });
  expect(ended.code).toBe(2);
  expect(readFileSync(join(folder, 'results/conformance.json'), 'utf8')).toBe(before);
  expect(readdirSync(join(folder, 'allure-results'))).not.toEqual([]);
});

test('a run of some requirements leaves the reports of a whole one as they are', async () => {
  const { folder } = failing;
  const before = readFileSync(join(folder, 'results/conformance.json'), 'utf8');
  const { stdout } = await runSuiteIn(folder, {}, '-t', 'envelope\\.status:');
  expect(stdout).toContain('no violation seen: 1 of 1 selected MUST judged');
  expect(readFileSync(join(folder, 'results/conformance.json'), 'utf8')).toBe(before);
  const partial = JSON.parse(readFileSync(join(folder, 'results/partial/conformance.json'), 'utf8'));
  expect(partial.selection.requirements).toBe(1);
});

test('a second run in the same folder ends at once, and says who writes there', async () => {
  const { folder } = failing;
  const lock = join(folder, 'results/.lock');
  writeFileSync(lock, JSON.stringify({ pid: process.pid, host: hostname(), target: 'https://other.example' }));
  const { code, stderr } = await runSuiteIn(folder, {});
  expect([code, stderr]).toEqual([
    2,
    `results is in use: process ${process.pid} on ${hostname()}, testing https://other.example; ` +
      'set OUT to another folder, or wait (exit 2)\n',
  ]);
  const elsewhere = { pid: 7, host: 'a-container', target: 'https://other.example', startedAt: '2027-01-31T04:05:06Z' };
  writeFileSync(lock, JSON.stringify(elsewhere));
  expect((await runSuiteIn(folder, {})).stderr).toBe(
    'results is in use: process 7 on a-container, testing https://other.example since 2027-01-31T04:05:06Z; ' +
      'if it has ended, remove results/.lock; set OUT to another folder, or wait (exit 2)\n',
  );
  rmSync(lock);
  // A run that died left its lock behind, and results that were not complete.
  mkdirSync(join(folder, 'results/partial/.allure-7'), { recursive: true });
  writeFileSync(
    join(folder, 'results/partial/.lock'),
    JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), target: 'https://other.example' }),
  );
  expect(await runSuiteIn(folder, {}, '-t', 'envelope\\.status:')).toMatchObject({ code: 0 });
  expect(readdirSync(join(folder, 'results/partial')).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('reports that cannot be written end the run before it begins, in one line', async () => {
  const { folder } = failing;
  const blocked = join(folder, 'a-file');
  writeFileSync(blocked, '');
  const summary = join(folder, 'nowhere', 'summary.md');
  expect(await runSuiteIn(folder, { OUT: blocked })).toMatchObject({
    code: 2,
    stdout: '',
    stderr: `results cannot be written: ${blocked}/results (ENOTDIR) (exit 2)\n`,
  });
  expect(await runSuiteIn(folder, { GITHUB_STEP_SUMMARY: summary })).toMatchObject({
    code: 2,
    stdout: '',
    stderr: `GITHUB_STEP_SUMMARY cannot be written: there is no folder ${join(folder, 'nowhere')} (exit 2)\n`,
  });
  expect(await runSuiteIn(folder, { TARGET_URL: 'reference', RECORD: 'nowhere/run.har' })).toMatchObject({
    code: 2,
    stdout: '',
    stderr: 'RECORD cannot be written: there is no folder nowhere (exit 2)\n',
  });
});
