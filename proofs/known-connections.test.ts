import { expect, test } from 'vitest';
import { parseKnownConnections } from '../harness/configuration/known-connections.ts';
import { createApi } from '../reference/api.ts';
import { DEFAULTS_CONNECTION } from '../reference/inventory.ts';
import { ofFirstProject } from '../reference/variants/stored.ts';
import { requirements } from '../suites/requirements.ts';
import { freshWorld, judgeAll, observeApi, settings } from './observe-fault.ts';

test('a file says what connections were created with', () => {
  const text = `
connections:
  - id: 851f280f-5639-4ea3-81aa-e298525ab74b
    given: { name: "uniçødé", mtu: 1400, dpd: { action: clear } }
  - name: minimal
    given: {}
`;
  expect(parseKnownConnections(text, 'known.yaml')).toEqual([
    {
      by: { member: 'id', value: '851f280f-5639-4ea3-81aa-e298525ab74b' },
      given: { name: 'uniçødé', mtu: 1400, dpd: { action: 'clear' } },
    },
    { by: { member: 'name', value: 'minimal' }, given: {} },
  ]);
});

test.for([
  ['connections: [', 'known.yaml:1: is no YAML'],
  ['connections:\n  - given: {}\n', 'known.yaml:2: connections needs either an id or a name'],
  ['connections:\n  - id: a\n    name: b\n    given: {}\n', 'known.yaml:2: connections needs either an id or a name'],
  ['connections:\n  - id: a\n', 'known.yaml:2: lacks given'],
  ['connections:\n  - id: a\n    given:\n      mtu: "1400"\n', 'known.yaml:4: mtu must be of type integer'],
  ['connections:\n  - id: a\n    given:\n      psk: 12345678\n', 'known.yaml:4: psk must be of type string'],
  ['connections:\n  - id: a\n    given:\n      status: ACTIVE\n', 'known.yaml:4: "status" is not known here'],
])('%o is refused in one line', ([text, line]) => {
  expect(() => parseKnownConnections(text as string, 'known.yaml')).toThrow(line as string);
});

async function verdictsWith(given: Record<string, unknown>, changed: Record<string, unknown> = {}, id?: string) {
  const world = freshWorld();
  const [first] = ofFirstProject(world);
  Object.assign(first as object, changed);
  const own = {
    ...settings,
    defaultsConnections: [],
    knownConnections: [
      { by: { member: 'id' as const, value: id ?? String(first?.id) }, given },
      { by: { member: 'name' as const, value: DEFAULTS_CONNECTION }, given: {} },
    ],
  };
  return judgeAll(await observeApi(createApi(world), requirements, own));
}

test('a known connection that was given no value is judged by the defaults', async () => {
  const verdicts = await verdictsWith({
    dpd: { action: 'x', interval: 1, timeout: 2 },
    route_mode: 'x',
    auth_mode: 'x',
  });
  expect(verdicts.get('defaults.dpd.interval')?.kind).toBe('pass');
});

test('networks come back in any order', async () => {
  const verdicts = await verdictsWith(
    { peer_cidrs: ['10.2.0.0/16', '10.1.0.0/16'] },
    { peer_cidrs: ['10.1.0.0/16', '10.2.0.0/16'] },
  );
  expect(verdicts.get('known.given.peer_cidrs')?.kind).toBe('pass');
});

test('a masked psk is no departure, and no proof', async () => {
  const masked = await verdictsWith({ psk: 'as-it-was-given' }, { psk: '********' });
  expect(masked.get('known.given.psk')).toMatchObject({
    kind: 'inconclusive',
    reason: expect.stringMatching(/^it came back masked/),
  });
  expect(masked.get('known.given.mtu')).toMatchObject({ reason: 'it was given to no known connection' });
  expect((await verdictsWith({ psk: 'as-it-was-given' }, { psk: 'another-one' })).get('known.given.psk')?.kind).toBe(
    'fail',
  );
});

test('what was given to a connection that is not listed is not said to be given to none', async () => {
  const verdicts = await verdictsWith({ mtu: 1400 }, {}, 'no-such-id');
  expect(verdicts.get('known.given.mtu')).toMatchObject({
    kind: 'inconclusive',
    reason: 'no known connection that it was given to is listed, once',
  });
});

test('without a file nothing is judged', async () => {
  const verdicts = judgeAll(await observeApi(createApi(freshWorld())));
  expect(verdicts.get('known.listed')?.kind).toBe('not-applicable');
});
