import { describe, expect, test } from 'vitest';
import { createShownBodies } from '../harness/answers/shown-bodies.ts';
import { readRecording } from '../harness/captures/recording.ts';
import type { Settings } from '../harness/configuration/settings.ts';
import { contract } from '../harness/contract/editions.ts';
import { createObservations } from '../harness/judging/create-observations.ts';
import type { Observations } from '../harness/judging/observations.ts';
import { createRedactor } from '../harness/redaction/redaction.ts';
import { recordingText } from '../harness/results/write-recording.ts';
import { createApi } from '../reference/api.ts';
import { faults } from '../reference/faults/all.ts';
import { requirements } from '../suites/requirements.ts';
import { credentials, freshWorld, judgeAll, observeApi, observeFault, readerFor, settings } from './observe-fault.ts';

/** A run that judges a recording is told nothing but the file. */
const noCredentials = { first: false, second: false, caseSensitive: false };

const creator = { name: 'ipsec-vpn-conformance', version: '0.0.0' };

/** Observations after they were written to a recording and read again. */
function recorded(observations: Observations): { text: string; again: Observations } {
  const redactor = createRedactor(observations, observations.settings.secrets);
  const bodies = createShownBodies(settings.bodyLimit);
  const text = [...recordingText({ observations, redactor, bodies, basePath: '', creator })].join('');
  const own = { ...settings, credentials: noCredentials, secrets: [], defaultsConnections: [], knownConnections: [] };
  return { text, again: read(text, own) };
}

function read(text: string, own: Settings): Observations {
  return createObservations({ ...readRecording(Buffer.from(text), own, contract), contract });
}

/**
 * Every verdict but one: of a psk a recording shows only that it is one, so that no given value can be held against it.
 */
function kinds(observations: Observations): Record<string, string> {
  const verdicts = [...judgeAll(observations)].filter(([id]) => id !== 'known.given.psk');
  return Object.fromEntries(verdicts.map(([id, { kind }]) => [id, kind]));
}

// All of them take a minute: npm run selftest:recordings. Every sixtieth is enough to see a mistake of the format.
const step = process.env.RECORDINGS === 'all' ? 1 : 60;

describe('a recording is judged as the run was', () => {
  for (const fault of faults.filter((_, index) => index % step === 0)) {
    // Wire faults mostly wait.
    const prove = fault.kind === 'wire' ? test.concurrent : test;
    prove(`${fault.name}: ${fault.describes}`, async () => {
      const observations = await observeFault(fault, requirements, readerFor(settings));
      expect(kinds(recorded(observations).again)).toEqual(kinds(observations));
    });
  }
});

test('a recording holds no secret', async () => {
  const world = freshWorld();
  const observations = await observeApi(createApi(world));
  const { text } = recorded(observations);
  const secrets = world.connections.map(({ element }) => String(element.psk));
  for (const secret of [...secrets, ...Object.values(credentials)]) {
    expect(text.includes(JSON.stringify(secret).slice(1, -1))).toBe(false);
  }
});

test('a recording holds no short secret in a list of secrets', async () => {
  const world = freshWorld();
  for (const [index, { element }] of world.connections.entries()) element.psk = [`k${index}`];
  const observations = await observeApi(createApi(world));
  const { text, again } = recorded(observations);
  expect(text).not.toMatch(/\[\\"k\d+\\"\]/);
  expect(judgeAll(again).get('parameters.type.psk')?.kind).toBe('fail');
});

test("another tool's HAR file is judged by what it shows", () => {
  const body = { ipsec_site_connections: [{ id: 'a', mtu: '1500' }] };
  const entry = (url: string, document: unknown) => ({
    request: { method: 'GET', url },
    response: {
      status: 200,
      headers: [{ name: 'Content-Type', value: 'application/json' }],
      content: { text: JSON.stringify(document) },
    },
  });
  const url = 'https://vpn.example.com/network/v2.0/vpn/ipsec-site-connections';
  const entries = [entry('https://vpn.example.com/', {}), entry(url, body), entry(`${url}?fields=id`, body)];
  const observations = read(JSON.stringify({ log: { entries } }), settings);
  const verdicts = judgeAll(observations);
  expect(observations.all.map(({ probe }) => probe.asks)).toMatchObject([{ names: null }, { names: ['id'] }]);
  expect(verdicts.get('parameters.type.mtu')?.kind).toBe('fail');
  expect(verdicts.get('envelope.status')?.kind).toBe('pass');
  expect(verdicts.get('authentication.missing')?.kind).toBe('inconclusive');
});

test.for([[{}], [{ log: {} }], [{ log: { entries: [] } }]])('%o is refused', ([document]) => {
  expect(() => read(JSON.stringify(document), settings)).toThrow(/the recording|the HAR file/);
});
