import { afterAll, describe, expect, test } from 'vitest';
import { createApi } from '../../reference/api.ts';
import { type Served, serve } from '../../reference/server.ts';
import { upstreamError } from '../../reference/variants/refusals.ts';
import { createWorld } from '../../reference/world.ts';
import { serveFaulty } from '../faulty-target.ts';
import { removeRun, runSuite, type SuiteRun } from './run-suite.ts';

const runs: SuiteRun[] = [];
const servers: Served[] = [];
afterAll(async () => {
  runs.forEach(removeRun);
  for (const server of servers) await server.close();
});

async function suite(environment: Record<string, string>, ...options: string[]): Promise<SuiteRun> {
  const run = await runSuite(environment, ...options);
  runs.push(run);
  return run;
}

/** A target without credentials, under a fault or none; returns its URL. */
async function target(fault?: string, items = 12): Promise<string> {
  const served = await serveFaulty(fault === undefined ? [] : [fault], items);
  servers.push(served);
  return served.url;
}

describe.concurrent('the exit code', () => {
  test('is 0 for the embedded target, and nothing is inconclusive', async () => {
    const { code, stdout, stderr } = await suite({});
    const line = 'ipsec-vpn-conformance 0.2.0: the embedded reference target, not a service of yours\n';
    expect({ code, stderr }).toEqual({ code: 0, stderr: line });
    expect(stdout).toContain('this was the embedded reference target, not a service of yours (exit 0)');
    expect(stdout).toContain('Embedded reference target  http://127.0.0.1:');
    expect(stdout).not.toContain('Inconclusive');
  });

  test('is 1 for a violation, with another reporter too, and for the failing requirement alone', async () => {
    const url = await target('derived.type.mtu.string.last');
    const { code } = await suite({ TARGET_URL: url }, '--reporter=dot', '-t', 'parameters\\.type\\.mtu:');
    expect(code).toBe(1);
  });

  test('is 0 for a violation below the gate, which is told all the same', async () => {
    const url = await target('errors.unknown-path.400');
    const { code, stdout } = await suite({ TARGET_URL: url }, '-t', 'errors\\.unknown-path');
    expect(code).toBe(0);
    expect(stdout).toContain('(advice: does not fail the run)');
  });

  test('is 2 for a target that cannot be reached, in one line', async () => {
    const { code, stdout, stderr } = await suite({ TARGET_URL: 'http://127.0.0.1:1' });
    const line = 'http://127.0.0.1:1 cannot be reached: the connection was refused (ECONNREFUSED) (exit 2)\n';
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: line });
  });

  test('is 2 for a target that wants credentials, in one line', async () => {
    const world = createWorld({ seed: 1, items: 1, tokens: { first: 'the-only-token' } });
    const served = await serve(createApi(world));
    servers.push(served);
    const none = await suite({ TARGET_URL: served.url });
    const wrong = await suite({ TARGET_URL: served.url, TARGET_TOKEN: 'not-the-only-token' });
    expect([none.code, none.stderr]).toEqual([
      2,
      `${served.url} answers 401: it wants credentials: set TARGET_TOKEN, or OS_CLOUD or the OS_ variables (exit 2)\n`,
    ]);
    expect([wrong.code, wrong.stderr]).toEqual([2, `${served.url} answers 401: it refuses TARGET_TOKEN (exit 2)\n`]);
  });

  test('is 2 for a target that forbids the list to the credentials given, in one line', async () => {
    const served = await serve(() => upstreamError(403));
    servers.push(served);
    const { code, stdout, stderr } = await suite({ TARGET_URL: served.url, TARGET_TOKEN: 'a-token' });
    const line = `${served.url} answers 403: it refuses TARGET_TOKEN (exit 2)\n`;
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: line });
  });

  test('is 2 for a mistake in the configuration, in one line', async () => {
    const { code, stdout, stderr } = await suite({ TARGET_TIMEOUT_MS: 'soon' });
    const line = 'TARGET_TIMEOUT_MS must be a whole number from 1 to 3600000, not soon (exit 2)\n';
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: line });
  });

  test('is 2 where nothing is named as a filter wants, in one line', async () => {
    const line = 'no requirement is named like that: see docs/requirements.md (exit 2)\n';
    expect(await suite({}, '-t', 'no such requirement')).toMatchObject({ code: 2, stdout: '', stderr: line });
    const { code, stderr } = await suite({}, 'envelope');
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^no file is named like that: .* \(exit 2\)\n$/)]);
  });

  test('is 2 for half a run, in one line', async () => {
    const { code, stderr } = await suite({}, '--shard=1/2');
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^--shard cuts a run in two, .*\n$/)]);
  });

  test('is 3 for a target that answers 429 to everything, which passes nothing', async () => {
    const served = await serve(() => upstreamError(429));
    servers.push(served);
    const { code, stdout } = await suite({ TARGET_URL: served.url }, '-t', 'envelope');
    expect(code).toBe(3);
    expect(stdout).toContain('NOT JUDGED: no MUST about the list could be judged (exit 3)');
  });

  test('is 3 where a MUST is inconclusive and evidence is required', async () => {
    const url = await target(undefined, 0);
    const { code, stdout } = await suite({ TARGET_URL: url, REQUIRE_EVIDENCE: '1' }, '-t', 'type\\.(mtu|psk):|wrapper');
    expect(code).toBe(3);
    expect(stdout).toContain('Inconclusive: nothing was seen for or against');
  });
});
