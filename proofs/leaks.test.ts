import { describe, expect, test } from 'vitest';
import type { Observation } from '../harness/answers/observation.ts';
import { createShownBodies } from '../harness/answers/shown-bodies.ts';
import type { Observations } from '../harness/judging/observations.ts';
import { type Actual, value } from '../harness/judging/verdict.ts';
import { other } from '../harness/probes/probe.ts';
import { createRedactor } from '../harness/redaction/redaction.ts';
import { undocumentedMembers } from '../harness/results/drift.ts';
import { createExchanges } from '../harness/results/exchange.ts';
import type { ReportedDepartures, ReportedRequirement } from '../harness/results/report.ts';
import { reported } from '../harness/results/reported.ts';
import { recordingText } from '../harness/results/write-recording.ts';
import { requirements } from '../suites/requirements.ts';
import { answered } from './answered.ts';
import { credentials, judgeAll, settings } from './observe-fault.ts';
import { reportContext } from './report-context.ts';

/** Found wherever it is reflected. */
const long = 'hunter22hunter22';
/** Too short to be found by value: only its place tells that it is a secret. */
const short = '7q';

const [requirement] = requirements;
const elements = [
  { id: `at ${long}`, psk: long, mtu: `is ${long}`, name: long },
  { id: 'a', psk: short },
];
const body = JSON.stringify({ ipsec_site_connections: elements });
const mtu = '/ipsec_site_connections/0/mtu';
const psk = '/ipsec_site_connections/1/psk';

type Fails = { pointer: string; actual: Actual };

/** The result of a requirement that fails at one place of an answer. */
function failing({ pointer, actual }: Fails, { observation, observations } = answered(body)): ReportedRequirement {
  const found = actual.kind === 'value' ? actual.value : null;
  const departures = {
    violations: [{ observation, pointer, expected: 'another', actual }],
    count: 1,
    of: 1,
    answers: 1,
    distinct: [{ value: found, count: 1 }],
    all: { groups: [{ at: pointer, actual, count: 1, answers: 1 }], complete: true, rest: { count: 0, answers: 0 } },
  };
  const evidence = { judged: 1, of: 'values', answers: 1, leftOut: 0, notes: [] };
  return reported(requirement!, { kind: 'fail', departures, evidence }, reportContext(observations));
}

/** The parts of a departure that are shown. */
const shown: Readonly<Record<string, (departures: ReportedDepartures) => unknown>> = {
  'its different values': ({ distinct }) => distinct,
  'the actual value': ({ places }) => places[0]?.actual,
  'the code frame': ({ places }) => places[0]?.frame,
  'the id of the connection': ({ places }) => places[0]?.connection,
  'the values that waivers are held to': ({ groups }) => groups,
  'all of it': (departures) => departures,
};

describe('of a departure, no secret is in', () => {
  test.for(Object.entries(shown))('%s, where it is reflected', ([, of]) => {
    const { departures } = failing({ pointer: mtu, actual: value(`is ${long}`) });
    expect(JSON.stringify(of(departures!))).not.toContain(long);
  });

  test.for(Object.entries(shown))('%s, where its place tells that it is one', ([, of]) => {
    const { departures } = failing({ pointer: psk, actual: value([short]) });
    expect(JSON.stringify(of(departures!))).not.toContain(short);
  });

  test('its place, where a member is named like the secret', () => {
    const twice = `{"ipsec_site_connections": [{"psk": "${long}", "${long}": 1, "${long}": 2}]}`;
    const { observations } = answered(twice);
    const [verdict] = judgeAll(observations, duplicates).values();
    const result = reported(duplicates[0]!, verdict!, reportContext(observations));
    expect(result.departures?.count).toBe(1);
    expect(JSON.stringify(result)).not.toContain(long);
  });
});

const duplicates = requirements.filter(({ id }) => id === 'envelope.duplicate-members');

test('the place of a departure is told as it is where it names no secret', () => {
  const { departures } = failing({ pointer: mtu, actual: value(1) });
  expect([departures?.places[0]?.pointer, departures?.groups[0]?.at]).toEqual([mtu, mtu]);
});

test('no secret is in what is said of a suite that broke', () => {
  const { observations } = answered(body);
  const error = new Error(`cannot read ${long}`);
  const result = reported(requirement!, { kind: 'broken', error }, reportContext(observations));
  expect(result.reason).toContain('cannot read');
  expect(JSON.stringify(result)).not.toContain(long);
});

/** Answers that reflect a secret, by where they do. */
const reflecting: Readonly<Record<string, { observation: Observation; observations: Observations }>> = {
  'a header': answered(body, ['X-Echo', long]),
  'a header for credentials': answered('{}', ['Set-Cookie', `a=${short}`]),
  'the type of the body': answered(body, ['Content-Type', `text/plain; about=${long}`]),
  'a body that is JSON': answered(body),
  'a body that is JSON, in a sensitive place': answered(JSON.stringify({ psk: short })),
  'a body that is no JSON': answered(`{"psk": "${short}", "keys": {"psk": ["${long}"]}} and ${long}`),
  'a token in the body': answered(`{"token": 1, "told": "${credentials.first}"}`),
};
const known = [long, short, credentials.first];
const bodies = createShownBodies(settings.bodyLimit);

describe.for(Object.entries(reflecting))('%s', ([, { observation, observations }]) => {
  const redactor = createRedactor(observations, settings.secrets);

  test('shows no secret in an exchange', () => {
    const exchange = JSON.stringify(
      createExchanges({ observations, redactor, bodies, basePath: '' })(observation, 'departing'),
    );
    expect(known.filter((secret) => exchange.includes(secret))).toEqual([]);
  });

  test('shows no secret in a recording', () => {
    const creator = { name: 'suite', version: '1' };
    const recording = [...recordingText({ observations, redactor, bodies, basePath: '', creator })].join('');
    expect(known.filter((secret) => recording.includes(secret))).toEqual([]);
  });
});

test('an exchange shows that a token was sent, and no binary body', () => {
  const probe = other('errors.of-a-token', 'credentials', { auth: { kind: 'altered', how: 'truncated' } });
  // Two bytes a character, of which a secret is not known to be one.
  const wide = Buffer.concat([Buffer.from(body), Buffer.from(long, 'utf16le')]);
  const { observation, observations } = answered(wide, [], probe);
  const redactor = createRedactor(observations, settings.secrets);
  const { exchange } = createExchanges({ observations, redactor, bodies, basePath: '' })(observation, 'departing');
  expect(exchange.request.headers).toContainEqual({ name: 'x-auth-token', value: '__ALLURE_REDACTED__' });
  expect(exchange.response?.body?.value).toBe('(binary)');
});

test('undocumented members are told without the secret that one is named like', () => {
  const named = { psk: long, [long]: 1, dpd: { [`${long}.x`]: 1 } };
  const { observations } = answered(JSON.stringify({ ipsec_site_connections: [named], [long]: 1 }));
  const { redactor } = reportContext(observations);
  const [list] = observations.fullLists;
  expect(undocumentedMembers(list!, (name) => name).filter((path) => path.includes(long))).toHaveLength(3);
  expect(undocumentedMembers(list!, redactor.text).join()).not.toContain(long);
});
