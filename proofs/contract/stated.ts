import type { SchemaNode, SchemaType } from '../../harness/contract/schema-node.ts';
import { notSupported, type ResponseRow, table2 } from './tables.ts';

/** The three files of the contract, or weakened copies of them. */
export type ContractSchemas = { connection: SchemaNode; dpd: SchemaNode; list: SchemaNode };

/** The contract's statement on one row of Table 2. */
export type StatedRow = {
  table: number | undefined;
  row: number | undefined;
  parameter: string | undefined;
  type: string | undefined;
  items: string | undefined;
  required: boolean;
  values: readonly unknown[] | undefined;
  default: unknown;
  deprecated: boolean;
  projectable: boolean | undefined;
  sensitive: boolean;
};

const jsonTypes: Readonly<Record<ResponseRow['type'], SchemaType>> = {
  String: 'string',
  Integer: 'integer',
  Boolean: 'boolean',
  Object: 'object',
  'List<String>': 'array',
};

/** Where a row stands: its name within dpd or within an element. */
export function placeOf({ parameter, within }: ResponseRow): string {
  return within === undefined ? parameter : `${within}.${parameter}`;
}

/** The statements that the contract must have on each row of Table 2, by its place. */
export const expectedRows: ReadonlyMap<string, StatedRow> = new Map(
  table2.map((row, index) => [
    placeOf(row),
    {
      table: 2,
      row: index + 1,
      parameter: row.parameter,
      type: jsonTypes[row.type],
      items: row.type === 'List<String>' ? 'string' : undefined,
      // Without `fields` all parameters are returned, deprecated ones too.
      required: true,
      values: row.values,
      default: row.default,
      deprecated: row.deprecated ?? false,
      // Members of dpd cannot be named.
      projectable: row.within === undefined ? !notSupported.some((name) => name === row.parameter) : undefined,
      sensitive: row.parameter === 'psk',
    },
  ]),
);

/** The statements of the schemas on each row, by its place. */
export function statedRows({ connection, dpd }: ContractSchemas): ReadonlyMap<string, StatedRow> {
  return new Map([...rowsOf(connection, ''), ...rowsOf(dpd, 'dpd.')]);
}

function rowsOf(schema: SchemaNode, above: string): [string, StatedRow][] {
  return Object.entries(schema.properties ?? {}).map(([member, node]) => [
    above + member,
    {
      table: node.row?.table,
      row: node.row?.row,
      parameter: node.row?.parameter,
      type: node.type,
      items: node.items?.type,
      required: schema.required?.includes(member) ?? false,
      values: node.enum,
      default: node.default,
      deprecated: node.deprecated ?? false,
      projectable: node.projectable,
      sensitive: node.sensitive ?? false,
    },
  ]);
}
