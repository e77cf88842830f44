import { expect, test } from 'vitest';
import { editions, contract as usual } from '../harness/contract/editions.ts';
import { observe } from '../harness/run/observe.ts';
import { createApi } from '../reference/api.ts';
import { inEdition } from '../reference/editions.ts';
import { faults } from '../reference/faults/all.ts';
import type { Fault } from '../reference/faults/fault.ts';
import { knownConnections } from '../reference/known.ts';
import { requirementsOf } from '../suites/requirements.ts';
import { faultsOf, isOfContract } from './edition-faults.ts';
import { freshWorld, idsWith, impatient, inProcess, judgeAll, readerFor, settings } from './observe-fault.ts';
import { idsOf } from './prove-faults.ts';

type ApiFault = Extract<Fault, { kind: 'api' }>;
const inProcessFaults = faults.filter((fault): fault is ApiFault => fault.kind === 'api');

const declared = new Map(
  inProcessFaults.map((fault) => [fault, new Set([...idsOf(fault.fails)].filter(isOfContract))] as const),
);

/** Some faults that, together, fail every requirement that any fails: those that fail few come first, for they tell most. */
function covering(): readonly ApiFault[] {
  const open = new Set(inProcessIds);
  const chosen: ApiFault[] = [];
  for (const [fault, ids] of [...declared].sort(([, one], [, another]) => one.size - another.size)) {
    const fresh = [...ids].filter((id) => open.has(id));
    if (fresh.length === 0) continue;
    chosen.push(fault);
    for (const id of fresh) open.delete(id);
  }
  return chosen;
}

const inProcessIds = new Set([...declared.values()].flatMap((ids) => [...ids]));
const onlyOnWire = new Set(
  faults.flatMap(({ kind, fails }) => (kind === 'api' ? [] : [...idsOf(fails)])).filter((id) => !inProcessIds.has(id)),
);

const others = editions.filter((contract) => contract !== usual);

test.for(others.map((contract) => [contract.edition.name, contract] as const))(
  'in %s, every requirement that is made from the contract fails for some fault',
  async ([name, contract]) => {
    const requirements = requirementsOf(contract).filter(({ id }) => isOfContract(id));
    const failed = new Set(faultsOf(contract).map(([id]) => id));
    let reader = readerFor(settings, contract);
    for (const [turn, fault] of covering().entries()) {
      if (turn % 40 === 0) reader = readerFor(settings, contract);
      const world = inEdition(freshWorld(), name);
      const own = { ...settings, origin: fault.origin ?? settings.origin, knownConnections: knownConnections(world) };
      const transport = inProcess(fault.wrap(createApi(world), world));
      const { observations } = await observe(
        { requirements, settings: own, reader },
        { transport, patience: impatient },
      );
      for (const id of idsWith('fail', judgeAll(observations, requirements))) failed.add(id);
    }
    // What only a fault on the wire fails is judged by the same code in every edition.
    const missing = requirements.filter(({ id }) => !failed.has(id) && !onlyOnWire.has(id)).map(({ id }) => id);
    expect(missing).toEqual([]);
  },
);
