import { describe, expect, test } from 'vitest';
import { citedRows } from '../../harness/contract/citations.ts';
import type { Contract } from '../../harness/contract/contract.ts';
import { editionNamed, editions } from '../../harness/contract/editions.ts';
import { wrapper } from '../../harness/contract/wrapper.ts';
import { requirementsOf } from '../../suites/requirements.ts';
import { type PageFact, pages } from './pages.ts';

const jsonTypes: Readonly<Record<PageFact['type'], readonly [type: string, items?: string]>> = {
  String: ['string'],
  Integer: ['integer'],
  Boolean: ['boolean'],
  Object: ['object'],
  'List<String>': ['array', 'string'],
  'List<Object>': ['array', 'object'],
};

describe.each(pages)('$edition', ({ edition, tables, wrapperRow }) => {
  const contract = editionNamed(edition) as Contract;
  const facts = Object.entries(tables).flatMap(([table, rows]) =>
    rows.map((fact, index) => ({ ...fact, table: Number(table), row: index + 1 })),
  );

  test.for(facts)('$parameter is stated as the page has it', ({ parameter, type, within, ...fact }) => {
    const name = within === undefined ? parameter : `${within}.${parameter}`;
    const stated = contract.parameters.find((each) => each.name === name);
    const { schema, row } = stated ?? {};
    const isOneDefault = schema?.enum?.length === 1 && schema.enum[0] === schema.default;
    expect(row).toEqual({ table: fact.table, row: fact.row, parameter });
    expect([schema?.type, ...(schema?.items ? [schema.items.type] : [])]).toEqual(jsonTypes[type]);
    expect(isOneDefault ? undefined : schema?.enum && new Set(schema.enum)).toEqual(
      fact.values && new Set(fact.values),
    );
    expect(schema?.default).toEqual(fact.unasserted === undefined ? fact.default : undefined);
    if (fact.unasserted !== undefined) expect(contract.errata.map(({ id }) => id)).toContain(fact.unasserted);
    expect(schema?.deprecated ?? false).toBe(fact.deprecated ?? false);
  });

  test('has no other rows, and names the list where the page does', () => {
    const names = facts.map(({ parameter, within }) => (within === undefined ? parameter : `${within}.${parameter}`));
    expect(contract.parameters.map(({ name }) => name)).toEqual(names);
    const row = contract.schemas.at(-1)?.properties?.[wrapper]?.row;
    expect(row?.row ?? null).toBe(wrapperRow);
  });

  test('every top-level row is a name for fields: no note excludes one', () => {
    const names = facts.filter(({ within }) => within === undefined).map(({ parameter }) => parameter);
    expect(contract.projectableNames).toEqual(names);
  });
});

test.for(editions.map((contract) => [contract.edition.name, contract] as const))(
  'the sources of %s cite its own rows',
  ([, contract]) => {
    for (const { id, source } of requirementsOf(contract)) {
      if (contract.edition.sections) expect(source, id).not.toMatch(/Table \d/);
      const [, table, rows, names] = /Table (\d+), rows? (\d+(?: and \d+)?)(?: \(([^):]*)[:)])?/.exec(source) ?? [];
      if (names === undefined) continue;
      const cited = citedRows(contract, source);
      expect(cited.map(({ row }) => row.parameter).join(', '), id).toBe(names);
      expect(
        cited.map(({ row }) => `${row.table} ${row.row}`),
        id,
      ).toEqual(rows?.split(' and ').map((row) => `${table} ${row}`));
    }
  },
);
