import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readConfiguration, secretsOf } from '../harness/configuration/configuration.ts';
import { contract } from '../harness/contract/editions.ts';
import { plainNetwork } from '../harness/http/network.ts';
import { readLogin } from '../harness/openstack/login.ts';
import { environmentOptions } from '../harness/openstack/options.ts';
import type { Phase } from '../harness/probes/probe.ts';
import { createRedactor } from '../harness/redaction/redaction.ts';
import { observeRun } from '../harness/run/observe-run.ts';
import { signIn } from '../harness/run/sign-in.ts';
import type { Api } from '../reference/http.ts';
import { requirements } from '../suites/requirements.ts';
import { type Cloud, startCloud } from './expiring-cloud.ts';
import { otherAccount } from './fake-keystone.ts';
import { idsWith, judgeAll } from './observe-fault.ts';

const open: Cloud[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function cloudOf(...cloud: Parameters<typeof startCloud>): Promise<Cloud> {
  const started = await startCloud(...cloud);
  open.push(started);
  return started;
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
  const observed = await observeRun(requirements, contract, signedIn, signedIn.target);
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
  usual = await run(await cloudOf([]));
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
      const renewed = await run(await cloudOf([firstOf(phase)]));
      expect(kinds(renewed)).toEqual(kinds(usual));
      expect(renewed.keystone.asked).toHaveLength(4);
      expect(renewed.trouble.renewed).toBeGreaterThan(0);
    },
  );

  test('among requests side by side is renewed once for all that were refused', async () => {
    const { trouble, keystone } = await run(await cloudOf([firstOf('parallel') + 1]));
    expect(trouble.renewed).toBeGreaterThan(1);
    expect(keystone.issued).toHaveLength(4);
  });

  test('twice: what remains is inconclusive, and nothing fails', async () => {
    const stopped = await run(await cloudOf([firstOf('pairs'), 20]));
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
    const cloud = await cloudOf([firstOf('pairs')], (api) => (request) => {
      if (!isListening) return api(request);
      isListening = false;
      cloud.keystone.vanish();
      return api(request);
    });
    let isListening = true;
    const stopped = await run(cloud);
    expect(stopped.observations.stopped).toBe('the token expired during the run');
    expect(idsWith('fail', stopped.verdicts)).toEqual([]);
  });

  test('no new token shows', async () => {
    const { redactor, keystone } = await run(await cloudOf([firstOf('single')]));
    for (const token of keystone.issued) expect(redactor.text(`X-Auth-Token: ${token}`)).not.toContain(token);
  });
});

test('a token that was given is not renewed: what remains is inconclusive', async () => {
  const given = await run(await cloudOf([firstOf('pairs')]), true);
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
  const { keystone, verdicts, trouble } = await run(await cloudOf([], refusing));
  expect(keystone.issued).toHaveLength(2);
  expect(trouble.renewed).toBeNull();
  expect(idsWith('fail', verdicts)).toContain('envelope.status');
});
