import { createServer } from 'node:https';
import { afterAll, describe, expect, test } from 'vitest';
import { createApi } from '../../reference/api.ts';
import { serve } from '../../reference/server.ts';
import { createWorld } from '../../reference/world.ts';
import { account } from '../fake-keystone.ts';
import { fixture, serverTls } from '../fixtures.ts';
import { startProxy } from '../forward-proxy.ts';
import { listen } from '../listening.ts';
import { removeRun, runSuite, type SuiteRun } from './run-suite.ts';

const open: { close(): Promise<void> }[] = [];
const runs: SuiteRun[] = [];
afterAll(async () => {
  runs.forEach(removeRun);
  for (const each of open) await each.close();
});

function closing<Opened extends { close(): Promise<void> }>(opened: Opened): Opened {
  open.push(opened);
  return opened;
}

async function run(environment: Record<string, string>, ...options: string[]): Promise<SuiteRun> {
  const made = await runSuite(environment, ...options);
  runs.push(made);
  return made;
}

/** Starts a TLS target; one that asks for the client's certificate gets none. */
async function tlsTarget(asksForClient = false): Promise<string> {
  const server = createServer(serverTls(asksForClient), (_, response) => response.end());
  return `https://127.0.0.1:${closing(await listen(server)).port}`;
}

describe.concurrent('a target over TLS', () => {
  test('that is not trusted ends the run with one line that says what to do', async () => {
    const url = await tlsTarget();
    const { code, stdout, stderr } = await run({ TARGET_URL: url });
    expect([code, stdout, stderr]).toEqual([
      2,
      '',
      `${url} cannot be reached: no TLS session could be set up (UNABLE_TO_VERIFY_LEAF_SIGNATURE)` +
        '; TARGET_CA names its certificate authority, TARGET_CERT the certificate that it may ask for (exit 2)\n',
    ]);
  });

  test('that is not verified is warned of loudly, and a closed connection is explained', async () => {
    const url = await tlsTarget(true);
    const { code, stderr } = await run({ TARGET_URL: url, TARGET_INSECURE: '1' }, '-t', 'envelope\\.status:');
    expect([code, stderr.split('\n')]).toEqual([
      1,
      [
        `${url} closes the connection: TARGET_CERT names the certificate that it may ask for`,
        `ipsec-vpn-conformance 0.2.0: ${url}`,
        `WARNING: the certificate of ${url} is not verified (TARGET_INSECURE): anybody on the way may answer in its place, and read the credentials`,
        '',
      ],
    ]);
  });
});

test('a secret in the URL of a proxy shows nowhere when a run goes through it', async () => {
  const token = 'gAAAAABproxied-token';
  const world = createWorld({ seed: 1, items: 12, tokens: { first: token } });
  const target = closing(await serve(createApi(world)));
  const proxy = closing(await startProxy(Number(new URL(target.url).port), { tls: serverTls() }));
  const environment = {
    TARGET_URL: 'http://target.example',
    TARGET_TOKEN: token,
    HTTP_PROXY: `https://user:${encodeURIComponent(account.password)}@localhost:${proxy.port}`,
    NODE_EXTRA_CA_CERTS: fixture('authority.pem'),
  };
  const { code, stdout, stderr } = await run(environment, '-t', 'envelope');
  expect([code, stderr]).toEqual([0, 'ipsec-vpn-conformance 0.2.0: http://target.example\n']);
  expect(new Set(proxy.proxied.map(({ method, target: asked }) => `${method} ${asked}`))).toEqual(
    new Set(['CONNECT target.example:80']),
  );
  expect(stdout).not.toMatch(/secret|user:/);
});
