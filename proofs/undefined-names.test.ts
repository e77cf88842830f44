import { expect, test } from 'vitest';
import { undefinedTreatments } from '../harness/comparing/undefined-names.ts';
import { createObservations } from '../harness/judging/create-observations.ts';
import { judge } from '../harness/judging/judge.ts';
import { requirements } from '../suites/requirements.ts';
import { answered } from './answered.ts';
import { settings } from './observe-fault.ts';

/** The observations of a target that was only asked for one undefined name. */
function asked(id: string, body: unknown, status = 200) {
  const requirement = requirements.find((each) => each.id === id)!;
  const [probe] = requirement.probes(settings);
  const { observation, observations: seen } = answered(
    JSON.stringify(body),
    ['content-type', 'application/json'],
    probe,
  );
  const observations = createObservations({ ...seen, all: [{ ...observation, status } as typeof observation] });
  return { requirement, observations };
}

const listOf = (...elements: unknown[]) => ({ ipsec_site_connections: elements });
const full = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`member${index}`, index]));

test.for([
  ['alone', 'dpd', listOf({ dpd: {} }), 'honoured'],
  ['alone', 'comma', listOf({ id: 'a', name: 'b' }), 'honoured: as several names'],
  ['alone', 'upper-case', listOf({ id: 'a' }), 'honoured: in any letter case'],
  ['alone', 'dpd', listOf({}, {}), 'ignored: empty elements'],
  ['alone', 'dpd', listOf(full), 'ignored: full elements'],
  ['alone', 'dpd', listOf({ id: 'a', name: 'b' }), '2 other members returned'],
  ['alone', 'dpd', listOf({ dpd: {} }, { dpd: {}, id: 'a' }), '2 other members returned'],
  ['alone', 'dpd', listOf(), 'not seen: the list is empty'],
  ['alone', 'dpd', { error: 'no' }, 'not a list'],
  ['beside', 'dpd', listOf({ dpd: {}, id: 'a' }), 'honoured'],
  ['beside', 'dpd', listOf({ id: 'a' }), 'ignored: id alone'],
] as const)('%s, %s: what came is told, %j as "%s"', ([where, kind, body, told]) => {
  const { observations } = asked(`projection.${where === 'alone' ? 'undefined' : 'beside'}.${kind}`, body);
  const seen = undefinedTreatments(observations).filter((each) => each.alone !== null || each.beside !== null);
  expect(seen).toEqual([{ name: expect.any(String), alone: null, beside: null, [where]: told }]);
});

test.for([
  [400, 'pass', 'refused with status 400'],
  [499, 'pass', 'refused with status 499'],
  [429, 'inconclusive', null],
  [300, 'fail', 'not a list'],
  [399, 'fail', 'not a list'],
  [500, 'fail', 'not a list'],
  [199, 'fail', 'not a list'],
] as const)('an undefined name that is answered with status %i: %s', ([status, kind, told]) => {
  const { requirement, observations } = asked('projection.undefined.dpd', { error: 'no' }, status);
  expect(judge(requirement, observations).kind).toBe(kind);
  expect(undefinedTreatments(observations).find(({ name }) => name === 'dpd')?.alone).toBe(told);
});
