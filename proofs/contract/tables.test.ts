import { describe, expect, test } from 'vitest';
import { contract } from '../../harness/contract/editions.ts';
import connection from '../../schemas/2020-04/connection.schema.json' with { type: 'json' };
import dpd from '../../schemas/2020-04/dpd.schema.json' with { type: 'json' };
import errata from '../../schemas/2020-04/errata.json' with { type: 'json' };
import list from '../../schemas/2020-04/list.schema.json' with { type: 'json' };
import { requirements } from '../../suites/requirements.ts';
import { settings } from '../observe-fault.ts';
import { errataIds } from './errata-ids.ts';
import { type ContractSchemas, expectedRows, statedRows } from './stated.ts';
import { notSupported, table1, table2 } from './tables.ts';

const schemas = { connection, dpd, list } as object as ContractSchemas;
const stated = statedRows(schemas);
const ids = requirements.map(({ id }) => id);

describe('Table 1', () => {
  test.for(table1)('$parameter is a String that may be left out', ({ parameter, mandatory }) => {
    const [plain] = requirements[0]?.probes(settings) ?? [];
    expect(plain).toMatchObject({ query: mandatory ? [[parameter, expect.any(String)]] : [], asks: { names: null } });
    const single = requirements.find(({ id }) => id === 'projection.single.mtu');
    expect(single?.probes(settings).map(({ query }) => query)).toContainEqual([[parameter, 'mtu']]);
  });

  test('fields takes the name of a row, but for those that the note excludes', () => {
    const names = table2
      .filter(({ parameter, within }) => within === undefined && !notSupported.some((name) => name === parameter))
      .map(({ parameter }) => parameter);
    expect(contract.projectableNames).toEqual(names);
    expect(ids.filter((id) => id.startsWith('projection.single.'))).toEqual(
      names.map((name) => `projection.single.${name}`),
    );
    for (const name of notSupported) expect(ids).toContain(`projection.undefined.${name}`);
  });
});

describe('Table 2', () => {
  test.for([...expectedRows])('%s is stated as the page has it', ([place, row]) => {
    expect(stated.get(place)).toEqual(row);
  });

  test('has 24 rows, in their order, and the contract no other one', () => {
    expect(contract.parameters.map(({ name }) => name)).toEqual([...expectedRows.keys()]);
    expect([...stated.keys()].sort()).toEqual([...expectedRows.keys()].sort());
  });

  test.for([...expectedRows])('%s has its requirements', ([place, row]) => {
    expect(ids).toContain(`parameters.presence.${place}`);
    expect(ids).toContain(`parameters.type.${place}`);
    expect(ids.includes(`defaults.${place}`)).toBe(row.default !== undefined);
    if (row.values) expect(requirements.find(({ id }) => id === `enums.${place}`)?.level).toBe('MUST');
  });
});

test.for(Object.entries(schemas))('%s.schema.json is named after its file', ([name, { $id }]) => {
  expect($id).toBe(`${name}.schema.json`);
});

describe('the errata ledger', () => {
  test('has what the page contradicts and leaves open, and no more', () => {
    expect(errata.map(({ id }) => id).sort()).toEqual(Object.keys(errataIds).sort());
  });

  test.for(Object.entries(errataIds))('%s explains the requirements that rest on it', ([erratum, touched]) => {
    for (const id of touched) expect(contract.errataOf(id).map((each) => each.id)).toContain(erratum);
  });
});
