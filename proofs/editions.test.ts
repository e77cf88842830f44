import { describe, expect, test } from 'vitest';
import { createAnswerReader } from '../harness/answers/answer-reader.ts';
import type { Contract } from '../harness/contract/contract.ts';
import { editions, contract as usual } from '../harness/contract/editions.ts';
import { observe } from '../harness/run/observe.ts';
import { nearestEdition, probesOfOthers, standingsWith } from '../harness/run/other-editions.ts';
import { createApi } from '../reference/api.ts';
import { living } from '../reference/controls/living.ts';
import { inEdition } from '../reference/editions.ts';
import { knownConnections } from '../reference/known.ts';
import type { Wrap } from '../reference/variants/wrap.ts';
import { requirementsOf } from '../suites/requirements.ts';
import { faultsOf } from './edition-faults.ts';
import { identities } from './identities.ts';
import { freshWorld, idsWith, impatient, inProcess, judgeAll, settings } from './observe-fault.ts';

/** Observes the reference target in an edition, under a fault or none, for an edition. */
async function observed(served: string, contract: Contract, wrap: Wrap = (api) => api) {
  const world = inEdition(freshWorld(), served);
  const requirements = requirementsOf(contract);
  const own = { ...settings, knownConnections: knownConnections(world) };
  const reader = createAnswerReader({ contract, bodyLimit: own.bodyLimit, tokens: own.secrets });
  const more = probesOfOthers(requirements, othersOf(contract), own);
  const asking = { requirements, settings: own, reader, more };
  const way = { transport: inProcess(wrap(createApi(world), world)), patience: impatient };
  const { observations } = await observe(asking, way);
  return { observations, verdicts: judgeAll(observations, requirements) };
}

function othersOf(contract: Contract) {
  const others = editions.filter((each) => each !== contract);
  return others.map((each) => ({ contract: each, requirements: requirementsOf(each) }));
}

const named = editions.map((contract) => [contract.edition.name, contract] as const);

test.for(named)('the ids, levels and titles of %s are frozen', async ([name, contract]) => {
  const text = `${identities(requirementsOf(contract)).join('\n')}\n`;
  const file = contract === usual ? 'identity.snapshot.txt' : `editions/${name}.snapshot.txt`;
  await expect(text).toMatchFileSnapshot(file);
});

test.for(named)('the reference target in %s conforms to it, and nothing is inconclusive', async ([name, contract]) => {
  const { verdicts } = await observed(name, contract);
  expect(idsWith('fail', verdicts)).toEqual([]);
  expect(idsWith('inconclusive', verdicts)).toEqual([]);
});

describe('a run says how the target stands with the other editions:', () => {
  test.for([
    ['2020-04', '2020-04', { 'otc-2025-08': ['created_at', 'tags', 'forms.psk'], openstack: [] }],
    ['otc-2025-08', 'otc-2025-08', { '2020-04': ['project_id'] }],
    ['otc-2025-08', '2020-04', { 'otc-2025-08': [] }],
    ['swiss-2025-07', '2020-04', { 'otc-2025-08': [], 'swiss-2025-07': [], openstack: [] }],
    ['openstack', 'openstack', { '2020-04': [] }],
  ] as const)('served %s, held to %s', async ([served, held, expected]) => {
    const contract = editions.find(({ edition }) => edition.name === held) as Contract;
    const { observations } = await observed(served, contract);
    const standings = new Map(standingsWith(observations, othersOf(contract)).map((each) => [each.edition, each]));
    for (const [edition, broken] of Object.entries(expected)) {
      const standing = standings.get(edition);
      expect(standing?.judged, edition).toBeGreaterThan(70);
      expect(
        standing?.broken.map((id) => id.replace('parameters.presence.', '')),
        edition,
      ).toEqual(broken);
      expect((standing?.judged ?? 0) - (standing?.kept ?? 0)).toBe(broken.length);
    }
  });
});

test.for([
  ['2020-04', '2020-04'],
  ['otc-2025-08', 'otc-2025-08'],
  ['swiss-2025-07', 'swiss-2025-07'],
  // Nothing in its answers breaks April 2020.
  ['openstack', '2020-04'],
] as const)('a target in %s, held to April 2020, is nearest to %s', async ([served, nearest]) => {
  const { observations, verdicts } = await observed(served, usual);
  const results = requirementsOf(usual).map(({ id, level }) => {
    const verdict = verdicts.get(id)?.kind === 'fail' ? ('violation' as const) : ('pass' as const);
    return { level, verdict };
  });
  expect(nearestEdition(observations, results, standingsWith(observations, othersOf(usual)))).toBe(nearest);
});

describe.for(named.filter(([, contract]) => contract !== usual))('what %s alone states', ([name, contract]) => {
  const faults = faultsOf(contract);

  test.for(faults.map(([id, wrap], index) => [id, index, wrap] as const))(
    '%s is broken by fault %i',
    async ([id, , wrap]) => {
      const { verdicts } = await observed(name, contract, wrap);
      expect(verdicts.get(id)?.kind).toBe('fail');
    },
  );

  // Only these are asked again for the run's own edition alone: a departure of theirs must not be taken for a busy target's.
  const askedAgain = requirementsOf(contract).filter(({ level, askAgain }) => level === 'MUST' && askAgain);
  const askedAgainIds = new Set(askedAgain.map(({ id }) => id));
  const askedAgainFaults = faults.filter(([id]) => askedAgainIds.has(id));

  test.for(askedAgainFaults.map(([id, wrap], index) => [id, index, wrap] as const))(
    'a run held to April 2020 says that %s is broken (fault %i)',
    async ([id, , wrap]) => {
      const { observations } = await observed(name, usual, wrap);
      const standing = standingsWith(observations, othersOf(usual)).find(({ edition }) => edition === name);
      expect(standing?.broken).toContain(id);
    },
  );

  test('has a fault each', () => {
    const before = new Map(requirementsOf(usual).map((each) => [each.id, each.level]));
    const own = requirementsOf(contract).filter(({ id, level }) => before.get(id) !== level);
    const proven = new Set(faults.map(([id]) => id));
    // One of the members stands for all of a kind.
    const unproven = own.filter(({ id }) => !proven.has(id) && !/^(projection\.with-id|known\.given)\./.test(id));
    expect(unproven.map(({ id }) => id)).toEqual([]);
  });
});

test('what a busy target explains is no broken MUST of another edition', async () => {
  // These depart once in a way that is not asked again for another edition.
  for (const seed of [9, 31, 42]) {
    const { observations } = await observed('openstack', usual, living(seed).wrap);
    const standing = standingsWith(observations, othersOf(usual)).find(({ edition }) => edition === 'openstack');
    expect(standing?.broken, `seed ${seed}`).toEqual([]);
  }
});
