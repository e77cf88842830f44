import connection from '../../schemas/2020-04/connection.schema.json' with { type: 'json' };
import dpd from '../../schemas/2020-04/dpd.schema.json' with { type: 'json' };
import type { Json } from '../json.ts';

const rowTypes = ['string', 'integer', 'boolean', 'object', 'array'] as const;
export type RowType = (typeof rowTypes)[number];

/** One row of Table 2, as the contract's schemas state it. */
export type Row = {
  /** As requirement ids name it: `mtu`, `dpd.interval`. */
  name: string;
  /** Where it stands in an element: `['dpd', 'interval']`. */
  path: readonly string[];
  type: RowType;
  /** The documented values, and the requirement that a value outside of them fails. */
  values: { documented: readonly string[]; requirement: string } | undefined;
  /** The requirement that an empty value fails. */
  nonEmpty: string | undefined;
  default: Json | undefined;
  projectable: boolean;
};

/** The part of a member's schema that rows are made of. */
export type Node = {
  type?: string;
  enum?: readonly string[];
  minLength?: number;
  default?: Json;
  projectable?: boolean;
  allOf?: readonly (Node & { requirement?: { id: string } })[];
};

/** The 24 rows: those of an element, then those of its dpd. */
export const ROWS: readonly Row[] = [...rowsOf(connection.properties, []), ...rowsOf(dpd.properties, ['dpd'])];

/** The names that are members of an element itself. */
export const TOP_LEVEL: readonly string[] = ROWS.filter((row) => row.path.length === 1).map((row) => row.name);

/** The 18 names that `fields` is defined for: clause `defined-names`. */
export const DEFINED: readonly string[] = namesForFields(ROWS);

/** The names among some rows that `fields` is defined for. */
export function namesForFields(rows: readonly Row[]): readonly string[] {
  return rows.filter((row) => row.projectable).map((row) => row.name);
}

/** The rows of a schema's members, in its order. */
export function rowsOf(properties: Readonly<Record<string, Node>>, above: readonly string[]): Row[] {
  return Object.entries(properties).map(([member, node]) => {
    const path = [...above, member];
    const name = path.join('.');
    return {
      name,
      path,
      type: typeOf(name, node),
      values: valuesOf(name, node),
      nonEmpty: node.allOf?.find((weaker) => weaker.minLength === 1)?.requirement?.id,
      default: node.default,
      projectable: node.projectable ?? false,
    };
  });
}

function typeOf(name: string, { type }: Node): RowType {
  const known = rowTypes.find((each) => each === type);
  if (known === undefined) throw new Error(`the contract says of ${name} that its type is ${type}: no table has such`);
  return known;
}

function valuesOf(name: string, node: Node): Row['values'] {
  if (node.enum) return { documented: node.enum, requirement: `enums.${name}` };
  const weaker = node.allOf?.find((each) => each.enum);
  return weaker?.enum && weaker.requirement && { documented: weaker.enum, requirement: weaker.requirement.id };
}
