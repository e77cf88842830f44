import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createSecureServer, type SecureServerOptions } from 'node:http2';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { readConfiguration, settingsOf, type Target } from '../harness/configuration/configuration.ts';
import { secretVariables } from '../harness/configuration/shell-settings.ts';
import { createClient } from '../harness/http/client.ts';
import { type Auth, fullList, other, type Probe, requestTarget } from '../harness/probes/probe.ts';
import { curl, rerun } from '../harness/results/reproduction.ts';
import { requirements } from '../suites/requirements.ts';
import { fixture, passphrase, serverTls } from './fixtures.ts';
import { startProxy } from './forward-proxy.ts';
import { listen } from './listening.ts';
import { settings } from './observe-fault.ts';
import type { Environment } from './signing-in.ts';

const hasCurl = spawnSync('curl', ['--version']).status === 0;
const hasIpv6 = Object.values(networkInterfaces()).some((own) => own?.some(({ address }) => address === '::1'));

const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ca = { TARGET_CA: fixture('authority.pem') };
const isIssued = { first: true, second: true };

/** A request as a target sees it. */
type Seen = { version: string; method: string; target: string; headers: readonly string[]; body: string };

type RecordingTarget = { url: string; port: number; seen: Seen[] };

const open: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const each of open.splice(0)) await each.close();
});

/** Starts a target that keeps what it was asked, and answers with a coded body. */
async function startTarget(tls?: SecureServerOptions, host = '127.0.0.1'): Promise<RecordingTarget> {
  const seen: Seen[] = [];
  const answer: RequestListener = async (request, response) => {
    const own = await describeRequest(request);
    seen.push(own);
    response.setHeader('Content-Encoding', 'gzip');
    response.end(request.method === 'HEAD' ? undefined : gzipSync(answerTo(own)));
  };
  // Over TLS it would rather speak HTTP/2, as gateways do.
  const server = tls
    ? createSecureServer({ ...tls, allowHTTP1: true }, answer as never)
    : createServer({ maxHeaderSize: 128 * 1024 }, answer);
  const listening = await listen(server, host);
  open.push(listening);
  const { port } = listening;
  return { url: `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`, port, seen };
}

const answerTo = ({ method, target }: Seen) => `answer to ${method} ${target}\n`;

async function describeRequest(request: IncomingMessage): Promise<Seen> {
  const { httpVersion: version, method = '', url: target = '', rawHeaders } = request;
  const headers = rawHeaders.flatMap((name, at) =>
    // How long a connection lasts is no part of what is asked, and each request has an id of its own.
    at % 2 === 1 || /^((proxy-)?connection|x-openstack-request-id)$/i.test(name)
      ? []
      : [`${name.toLowerCase()}: ${rawHeaders[at + 1]}`],
  );
  return { version, method, target, headers: headers.sort(), body: await text(request) };
}

/**
 * Asks what the suite asks, then what its command lines ask, and holds these to the suite's own requests.
 * @param environment of both
 * @param issuing the environment of the command lines alone, where Keystone issues the tokens
 */
async function askTwice(
  { seen, ...given }: RecordingTarget,
  probes: readonly Probe[],
  environment: Environment = {},
  issuing?: Environment,
): Promise<void> {
  const all = { TARGET_URL: given.url, ...environment };
  const configuration = readConfiguration(all, 'no-such.env');
  const target = configuration.target as Target;
  const { access, credentials: has } = settingsOf(configuration, target);
  const client = createClient({ ...target, ...configuration });
  open.push(client);
  for (const probe of probes) expect(await client.transport(probe)).toMatchObject({ kind: 'answer', status: 200 });
  const asked = seen.splice(0);
  const way = { ...target, hasToken: has.first, access: issuing ? { ...access, isIssued } : access };
  const printed = await shell(
    probes.map((probe) => curl(probe, way)),
    issuing ?? all,
  );
  expect(seen).toEqual(asked);
  expect(asked).toHaveLength(probes.length);
  for (const each of asked) if (each.method === 'GET') expect(printed).toContain(answerTo(each));
}

/** Runs the lines in a shell, each as it stands, and returns their output. */
function shell(lines: readonly string[], environment: Environment): Promise<string> {
  const { PATH = '' } = process.env;
  const env = { HOME: folder, ...environment, PATH: `${folder}:${PATH}` };
  return new Promise((resolve, reject) => {
    const run = execFile('sh', { env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) =>
      error || stderr !== '' ? reject(new Error(stderr, { cause: error })) : resolve(stdout),
    );
    run.stdin?.end(`set -e\n${lines.join('\n')}\n`);
  });
}

/** Tokens with what a shell could take for its own. */
const tokens = { TARGET_TOKEN: 'gAAAAABf\'$(id)`id`"\\Zz!*==', SECOND_TOKEN: 'gAAAAABs$HOME\'"Yy==' };

const auths: readonly Auth[] = [
  { kind: 'first' },
  { kind: 'second' },
  { kind: 'none' },
  ...(['empty', 'garbage', 'truncated', 'extended', 'case-swapped'] as const).map(
    (how): Auth => ({ kind: 'altered', how }),
  ),
];

/** One request for each way to be somebody, and to be nobody. */
const asEverybody = auths.map((auth) => other(JSON.stringify(auth), 'credentials', { auth }));

/** Every request that a requirement asks for, where all is given that it may need. */
const ofRequirements = [
  ...new Map(
    requirements
      .flatMap((requirement) => requirement.probes(settings))
      .map((probe) => [JSON.stringify({ ...probe, key: '', phase: '', asks: '' }), probe]),
  ).values(),
];

describe('a command line that reproduces a request sends the same, and shows the answer:', () => {
  beforeEach(({ skip }) => skip(!hasCurl, 'curl is not installed'));

  test('of every request of the requirements', async () => {
    const kinds = new Set(ofRequirements.map(({ method, accept }) => `${method} ${accept}`));
    expect(kinds).toEqual(
      new Set(['GET application/json', 'HEAD application/json', 'GET */*', 'GET null', 'GET application/xml']),
    );
    for (const part of ['%00', '%FF', '%ZZ', '=%&', "'", '%0D%0A', '[]', '+']) {
      expect(ofRequirements.some((probe) => `${requestTarget('', probe)}&`.includes(part))).toBe(true);
    }
    await askTwice(await startTarget(), ofRequirements, tokens);
  });

  test('of a request with what curl would make something else of', async () => {
    const odd = other('odd', 'odd', {
      path: '/v2.0/vpn/../vpn/./ipsec-site-connections',
      query: [['fields[1-3]', '{id,name}']],
    });
    await askTwice(await startTarget(), [odd]);
  });

  test('below a base path', async () => {
    const target = await startTarget();
    await askTwice(target, [fullList('first')], { TARGET_URL: `${target.url}/network/` });
  });

  test('without a token', async () => {
    await askTwice(await startTarget(), [fullList('first')]);
  });

  test('with each token, and spoilt ones', async () => {
    await askTwice(await startTarget(), asEverybody, tokens);
  });

  test('with tokens that Keystone issues', async () => {
    // OpenStack's own client, as far as the lines need it: one token for each cloud.
    const command = join(folder, 'openstack');
    const arguments_ = 'token issue -f value -c id';
    writeFileSync(
      command,
      `#!/bin/sh\ncase "$*" in\n"${arguments_}") printf '%s\\n' "$FIRST" ;;\n` +
        `"--os-cloud other ${arguments_}") printf '%s\\n' "$SECOND" ;;\n*) exit 1 ;;\nesac\n`,
    );
    chmodSync(command, 0o755);
    const { TARGET_TOKEN: FIRST, SECOND_TOKEN: SECOND } = tokens;
    await askTwice(await startTarget(), asEverybody, tokens, { FIRST, SECOND, SECOND_OS_CLOUD: 'other' });
  });

  test('with headers for a gateway', async () => {
    const headers = {
      'X-Gateway-Key': 'a "b" $HOME `id` \\ \'c\' ;%s',
      Cookie: 'a=b; c="d"',
      Authorization: 'Bearer ==',
    };
    await askTwice(await startTarget(), [fullList('first')], { TARGET_HEADERS: JSON.stringify(headers) });
  });

  test.for<[string, () => Environment, asksForClient: boolean]>([
    ['to a target with an authority of its own', () => ca, false],
    ['to a target that is not verified', () => ({ TARGET_INSECURE: '1' }), false],
    [
      'to a target that knows its clients',
      () => ({ ...ca, TARGET_CERT: fixture('client.pem'), TARGET_KEY: fixture('client.key') }),
      true,
    ],
    [
      'to a target that knows its clients, by a key with a passphrase',
      () => ({
        ...ca,
        TARGET_CERT: fixture('client.pem'),
        TARGET_KEY: fixture('client-encrypted.key'),
        TARGET_KEY_PASSPHRASE: passphrase,
      }),
      true,
    ],
  ])('%s', async ([, environment, asksForClient]) => {
    await askTwice(await startTarget(serverTls(asksForClient)), [fullList('first')], environment());
  });

  test('to an IPv6 address', async ({ skip }) => {
    skip(!hasIpv6, 'this machine has no ::1');
    await askTwice(await startTarget(undefined, '::1'), [fullList('first')]);
  });

  test('past a proxy on this machine, and through one elsewhere', async () => {
    const target = await startTarget();
    const proxy = await startProxy(target.port);
    open.push(proxy);
    const HTTP_PROXY = `http://127.0.0.1:${proxy.port}`;
    await askTwice(target, [fullList('first')], { HTTP_PROXY, http_proxy: HTTP_PROXY });
    expect(proxy.proxied).toEqual([]);
    target.seen.splice(0);
    await askTwice(target, [fullList('first')], { TARGET_URL: 'http://target.example', HTTP_PROXY });
    expect(proxy.proxied).toHaveLength(2);
  });
});

describe('a command line that runs one requirement again', () => {
  // As vitest names the tests, and as suites/conformance.test.ts does.
  const names = requirements.map(({ id, title }) => `${id}: ${title}`);

  test('selects it and no other, for every requirement', () => {
    for (const { id } of requirements) {
      const [, pattern = ''] = /^npm test -- -t '([^']+)'$/.exec(rerun(id, 'npm test --')) ?? [];
      const selected = names.filter((name) => new RegExp(pattern).test(name));
      expect([id, selected.map((name) => name.split(':')[0])]).toEqual([id, [id]]);
    }
  });

  const url = 'http://vpn.example.com/network';
  const headers = '{"X-Key":"a-key-of-the-gateway"}';
  test.for<[what: string, environment: Environment, shell: string]>([
    ['nothing is set', {}, ''],
    ['the target', { TARGET_URL: url }, `TARGET_URL=${url}`],
    ['the embedded target by name', { TARGET_URL: 'reference' }, 'TARGET_URL=reference'],
    ['what is set to its default', { TARGET_URL: url, SEED: '1', GATE: 'should' }, `TARGET_URL=${url}`],
    [
      'settings that are not the defaults',
      { TARGET_URL: url, SEED: '7', GATE: 'must', EDITION: 'openstack', REQUEST_IDS: '0', TARGET_BODY_LIMIT_MIB: '4' },
      `TARGET_URL=${url} TARGET_BODY_LIMIT_MIB=4 REQUEST_IDS=0 SEED=7 EDITION=openstack GATE=must`,
    ],
    [
      'blanks and quotes',
      { DEFAULTS_CONNECTION: "it's mine", TARGET_URL: url },
      `TARGET_URL=${url} DEFAULTS_CONNECTION='it'\\''s mine'`,
    ],
    [
      'secrets',
      { TARGET_URL: url, TARGET_TOKEN: 'a-token', SECOND_TOKEN: 'another', TARGET_HEADERS: headers },
      `TARGET_URL=${url} TARGET_TOKEN="\${TARGET_TOKEN:?}" SECOND_TOKEN="\${SECOND_TOKEN:?}" TARGET_HEADERS="\${TARGET_HEADERS:?}"`,
    ],
    ['where results go', { TARGET_URL: url, OUT: 'out', RECORD: join(folder, 'run.har') }, `TARGET_URL=${url}`],
    [
      'a sign-in of Keystone',
      {
        OS_AUTH_URL: 'http://keystone.example/v3',
        OS_USERNAME: 'u',
        OS_PASSWORD: 'hunter2hunter2',
        OS_PROJECT_NAME: 'p',
      },
      'OS_AUTH_URL=http://keystone.example/v3',
    ],
  ])('names %s', ([, environment, wanted]) => {
    expect(readConfiguration(environment, 'no-such.env').shell).toBe(wanted);
  });

  test('names the variables that options named, and leaves to a .env file what it holds', () => {
    const heldBy = { ...secretVariables, TARGET_TOKEN: 'MY_TOKEN' };
    const environment = { TARGET_URL: url, TARGET_TOKEN: 'a-token' };
    const configuration = readConfiguration(environment, 'no-such.env', heldBy);
    expect(configuration.shell).toBe(`TARGET_URL=${url} TARGET_TOKEN="\${MY_TOKEN:?}"`);
    const { access } = settingsOf(configuration, configuration.target as Target);
    const line = (auth: Auth) =>
      curl({ ...fullList('first'), auth }, { origin: url, basePath: '', hasToken: true, access });
    expect(line({ kind: 'first' })).toContain('-H "X-Auth-Token: $MY_TOKEN"');
    expect(line({ kind: 'altered', how: 'extended' })).toMatch(/\$\{MY_TOKEN\}A1b2C3d4/);
    const file = join(folder, 'of-a-project.env');
    writeFileSync(file, 'TARGET_TOKEN=a-token\nSEED=3\n');
    expect(readConfiguration({ TARGET_URL: url }, file).shell).toBe(`TARGET_URL=${url} SEED=3`);
  });
});
