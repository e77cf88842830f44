import { describe, expect, test } from 'vitest';
import { contract } from '../../harness/contract/editions.ts';
import { requirements } from '../../suites/requirements.ts';
import { answered } from '../answered.ts';
import { idsWith, judgeAll } from '../observe-fault.ts';
import { type Boundary, bodies, connection, connectionBoundaries, dpdBoundaries } from './boundaries.ts';
import { table2 } from './tables.ts';

/** The rules of the schemas that a list of one element breaks. */
function brokenBy(element: unknown): readonly string[] {
  const { observation } = answered(JSON.stringify({ ipsec_site_connections: [element] }));
  const { findings } = observation.facts.list!;
  return contract.rules.filter((_, at) => findings.of(at).failed > 0).map(({ id }) => id);
}

/** The envelope's requirements that a body breaks. */
function brokenByBody(body: unknown): readonly string[] {
  const envelope = requirements.filter(({ id }) => id.startsWith('envelope.'));
  return idsWith('fail', judgeAll(answered(JSON.stringify(body)).observations, envelope));
}

function without(name: string): object {
  const { [name]: _, ...rest } = connection;
  return rest;
}

const dpd = connection.dpd as object;
const boundaries: readonly [string, Boundary, (value: unknown) => readonly string[]][] = [
  ...Object.entries(connectionBoundaries).map(([name, boundary]): (typeof boundaries)[number] => [
    name,
    boundary,
    (value) => brokenBy({ ...connection, [name]: value }),
  ]),
  ...Object.entries(dpdBoundaries).map(([name, boundary]): (typeof boundaries)[number] => [
    `dpd.${name}`,
    boundary,
    (value) => brokenBy({ ...connection, dpd: { ...dpd, [name]: value } }),
  ]),
  ['the body', bodies, brokenByBody],
];

const levels = new Map(requirements.map(({ id, level }) => [id, level]));

describe.for(boundaries)('%s', ([, { accepts, refuses }, broken]) => {
  test('conforms at its edges', () => {
    for (const value of accepts) expect(broken(value), JSON.stringify(value)).toEqual([]);
  });

  test.for(refuses)('$id ($level) is broken just beyond them, alone', ({ id, level, values }) => {
    expect(levels.get(id)).toBe(level);
    for (const value of values) expect(broken(value), JSON.stringify(value)).toEqual([id]);
  });
});

test.for(Object.keys(connectionBoundaries))('an element without %s breaks its presence, and nothing else', (name) => {
  expect(brokenBy(without(name))).toEqual([`parameters.presence.${name}`]);
});

test('each row has its edges', () => {
  const rows = table2.map(({ parameter, within }) => (within === undefined ? parameter : `${within}.${parameter}`));
  expect(boundaries.map(([name]) => name).filter((name) => name !== 'the body')).toEqual(expect.arrayContaining(rows));
});

test('each rule of the schemas is broken at an edge', () => {
  const broken = new Set([
    ...boundaries.flatMap(([, { refuses }]) => refuses.map(({ id }) => id)),
    ...Object.keys(connectionBoundaries).map((name) => `parameters.presence.${name}`),
  ]);
  expect(contract.rules.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
});
