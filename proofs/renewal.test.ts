import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readConfiguration, secretsOf } from '../harness/configuration.ts';
import { plainNetwork } from '../harness/network.ts';
import { readLogin } from '../harness/openstack-credentials.ts';
import { environmentOptions } from '../harness/openstack-options.ts';
import type { Phase } from '../harness/probe.ts';
import { signIn } from '../harness/sign-in.ts';
import { createApi } from '../reference/api.ts';
import { type Api, header, withBody } from '../reference/http.ts';
import { type Served, serve } from '../reference/server.ts';
import { createWorld } from '../reference/world.ts';
import { createRedactor } from '../reporters/redaction.ts';
import { observeRun } from '../suites/observe-run.ts';
import { requirements } from '../suites/requirements.ts';
import { account, endpoint, type FakeKeystone, otherAccount, startKeystone } from './fake-keystone.ts';
import { idsWith, judgeAll } from './observe-fault.ts';
import { removeRun, runSuite, type SuiteRun } from './run-suite.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

/** A cloud: a target, and the Keystone that issues its tokens. */
type Cloud = { keystone: FakeKeystone; target: Served; environment: Record<string, string> };

/**
 * Starts a cloud whose tokens expire.
 * @param lives after how many requests the first project's tokens expire, one after the other; others never do
 * @param wrap what the target does besides
 */
async function startCloud(lives: readonly number[], wrap: (api: Api) => Api = (api) => api): Promise<Cloud> {
  const world = createWorld({ seed: 1, items: 12, tokens: { first: 'unused' } });
  const projects = new Map<string, string>();
  world.projects = projects;
  const left = new Map<string, number>();
  const api = wrap(createApi(world));
  const target = await serve((request) => {
    const token = header(request, 'x-auth-token') ?? '';
    const requests = left.get(token) ?? Number.POSITIVE_INFINITY;
    left.set(token, requests - 1);
    // All tokens of a cloud expire together: they were issued together.
    if (requests <= 0) projects.clear();
    return api(request);
  });
  let issued = 0;
  const keystone = await startKeystone({
    catalogue: [endpoint(target.url)],
    onIssue: (token, project) => {
      const isFirst = project === account.project.id;
      projects.set(token, isFirst ? world.firstProject : world.secondProject);
      if (isFirst) left.set(token, lives[issued++] ?? Number.POSITIVE_INFINITY);
    },
  });
  open.push(target, keystone);
  const environment = {
    OS_AUTH_URL: keystone.authUrl,
    OS_USERNAME: account.user.name,
    OS_PASSWORD: account.password,
    OS_PROJECT_NAME: account.project.name,
  };
  return { keystone, target, environment };
}

/** Runs the suite against a cloud, with a token that Keystone issues, or that is given. */
async function run({ keystone, target: { url }, environment }: Cloud, isGiven = false) {
  const own = isGiven
    ? { TARGET_URL: url, TARGET_TOKEN: (await signIn(readConfiguration(environment))).credentials.first }
    : {};
  const configuration = readConfiguration({ ...environment, ...own } as NodeJS.ProcessEnv, 'no-such.env');
  const { name, password, project } = otherAccount;
  const other = { OS_USERNAME: name, OS_PASSWORD: password, OS_PROJECT_NAME: project.name };
  const second = readLogin(environmentOptions({ ...environment, ...other }), plainNetwork.proxies);
  const signedIn = await signIn({ ...configuration, keystone: { ...configuration.keystone, second } });
  if (!signedIn.target) throw new Error('Keystone names the target');
  const observed = await observeRun(requirements, signedIn, signedIn.target);
  const redactor = createRedactor(observed.observations, [
    ...secretsOf(signedIn),
    ...observed.observations.settings.secrets,
  ]);
  return { ...observed, redactor, keystone, verdicts: judgeAll(observed.observations) };
}

type Run = Awaited<ReturnType<typeof run>>;

const kinds = ({ verdicts }: Run) => Object.fromEntries([...verdicts].map(([id, { kind }]) => [id, kind]));

let usual: Run;
beforeAll(async () => {
  usual = await run(await startCloud([]));
});

/** How many requests are asked before a phase begins. */
function firstOf(phase: Phase): number {
  return usual.observations.all.findIndex(({ probe }) => probe.phase === phase);
}

test('a token that does not expire is not renewed', () => {
  expect(usual.trouble.renewed).toBeNull();
  expect(usual.keystone.asked).toHaveLength(2);
  expect(idsWith('fail', usual.verdicts)).toEqual([]);
});

describe('a token that Keystone issued and that expires', () => {
  test.for<Phase>(['list', 'single', 'undefined', 'parallel', 'errors', 'odd'])(
    'in the phase %s is renewed once, with the second one, and no verdict is another',
    async (phase) => {
      const renewed = await run(await startCloud([firstOf(phase)]));
      expect(kinds(renewed)).toEqual(kinds(usual));
      expect(renewed.keystone.asked).toHaveLength(4);
      expect(renewed.trouble.renewed).toBeGreaterThan(0);
    },
  );

  test('among requests side by side is renewed once for all that were refused', async () => {
    const { trouble, keystone } = await run(await startCloud([firstOf('parallel') + 1]));
    expect(trouble.renewed).toBeGreaterThan(1);
    expect(keystone.issued).toHaveLength(4);
  });

  test('twice: what remains is inconclusive, and nothing fails', async () => {
    const stopped = await run(await startCloud([firstOf('pairs'), 20]));
    expect(stopped.keystone.issued).toHaveLength(4);
    expect(stopped.observations.stopped).toBe('the token expired during the run');
    expect([...idsWith('fail', stopped.verdicts), ...idsWith('broken', stopped.verdicts)]).toEqual([]);
    expect(stopped.verdicts.get('projection.single.mtu')).toMatchObject({ kind: 'pass' });
    expect(stopped.verdicts.get('authentication.isolation')).toMatchObject({
      kind: 'inconclusive',
      reason: 'the token expired during the run',
    });
  });

  test('when Keystone is gone: what remains is inconclusive', async () => {
    const cloud = await startCloud([firstOf('pairs')], (api) => (request) => {
      if (!isListening) return api(request);
      isListening = false;
      void cloud.keystone.close();
      return api(request);
    });
    let isListening = true;
    const stopped = await run(cloud);
    expect(stopped.observations.stopped).toBe('the token expired during the run');
    expect(idsWith('fail', stopped.verdicts)).toEqual([]);
  });

  test('no new token shows', async () => {
    const { redactor, keystone } = await run(await startCloud([firstOf('single')]));
    for (const token of keystone.issued) expect(redactor.text(`X-Auth-Token: ${token}`)).not.toContain(token);
  });
});

test('a token that was given is not renewed: what remains is inconclusive', async () => {
  const given = await run(await startCloud([firstOf('pairs')]), true);
  expect(given.keystone.asked.map(({ auth }) => auth.identity.password?.user.name)).toEqual(['alpha', 'beta']);
  expect(given.trouble.renewed).toBeNull();
  expect(given.observations.stopped).toBe('the token expired during the run');
  expect(idsWith('fail', given.verdicts)).toEqual([]);
});

test('a target that refuses a valid token now and then violates, and nothing is renewed', async () => {
  const refusing = (api: Api): Api => {
    let requests = 0;
    return (request) => (++requests % 10 === 0 ? { ...api(request), status: 401 } : api(request));
  };
  const { keystone, verdicts, trouble } = await run(await startCloud([], refusing));
  expect(keystone.issued).toHaveLength(2);
  expect(trouble.renewed).toBeNull();
  expect(idsWith('fail', verdicts)).toContain('envelope.status');
});

describe('the whole command', () => {
  const runs: SuiteRun[] = [];
  afterAll(() => runs.forEach(removeRun));

  test('tells that the token was renewed, and shows neither', async () => {
    const leaky =
      (api: Api): Api =>
      (request) => {
        const answer = api(request);
        const spoilt = Buffer.from(answer.body)
          .toString()
          .replace(/"mtu":\d+/, '"mtu":"1500"');
        const spoiltAnswer = withBody(answer, spoilt);
        return {
          ...spoiltAnswer,
          headers: [...spoiltAnswer.headers, ['X-Echo', header(request, 'x-auth-token') ?? '']],
        };
      };
    const cloud = await startCloud([firstOf('pairs')], leaky);
    const told = await runSuite(cloud.environment);
    runs.push(told);
    expect(told.code).toBe(1);
    expect(told.stdout).toContain('✗ parameters.type.mtu ');
    expect(told.stdout).toMatch(/The token expired and was renewed once; asked again: \d+\./);
    expect(told.stderr).toMatch(/^Keystone at \S+ gave the token and the target: user alpha, project alpha-project\n$/);
    expect(cloud.keystone.issued).toHaveLength(2);
    const written = readdirSync(told.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    for (const text of [told.stdout, told.stderr, ...written]) {
      for (const secret of [...cloud.keystone.issued, account.password]) expect(text).not.toContain(secret);
    }
  });
});
