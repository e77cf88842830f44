import { createHash } from 'node:crypto';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import connection from '../schemas/connection.schema.json' with { type: 'json' };
import dpd from '../schemas/dpd.schema.json' with { type: 'json' };
import errataLedger from '../schemas/errata.json' with { type: 'json' };
import errataSchema from '../schemas/errata.schema.json' with { type: 'json' };
import list from '../schemas/list.schema.json' with { type: 'json' };
import { createAjv } from './ajv.ts';
import type { Level } from './verdict.ts';

/** The table row that a property stands for. */
export type Row = { table: number; row: number; parameter: string };

/** JSON Schema, as far as the contract uses it. */
export type SchemaNode = {
  $ref?: string;
  row?: Row;
  type?: JsonType;
  projectable?: boolean;
  sensitive?: true;
  default?: unknown;
  deprecated?: boolean;
  required?: readonly string[];
  properties?: Readonly<Record<string, SchemaNode>>;
  items?: SchemaNode;
  allOf?: readonly SchemaNode[];
  enum?: readonly unknown[];
  requirement?: { id: string; level: Level; title: string; source: string; judges?: 'non-empty' };
  [keyword: string]: unknown;
};
export type JsonType = 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array' | 'null';

/** One documented member: its path within an element (`['dpd', 'action']`) and its schema. */
export type Parameter = { path: readonly string[]; name: string; row: Row; schema: SchemaNode };

export type Erratum = {
  id: string;
  kind: string;
  finding: string;
  decision: string;
  /** The values that it explains; left out where it explains any. */
  explains?: readonly unknown[];
  touches: readonly string[];
};

const ajv = createAjv();
const schemas: readonly SchemaNode[] = [connection, dpd, list] as readonly object[] as readonly SchemaNode[];
for (const schema of schemas) ajv.addSchema(schema);
// addSchema accepts a malformed own keyword; only compiling holds it to its metaSchema.
for (const schema of schemas) ajv.compile({ $ref: schema.$id });

const validateConnection = ajv.getSchema('connection.schema.json') as ValidateFunction;
const connectionSchema = connection as object as SchemaNode;
// The same nodes below, so that an error finds the same rule; only the top-level `required` is gone.
const { required, ...members } = connectionSchema;
const validateMembers = ajv.compile({ ...members, $id: 'members.schema.json' });
const schemaById = new Map(schemas.map((schema) => [schema.$id as string, schema]));

if (!ajv.validate(errataSchema, errataLedger)) throw new Error(`schemas/errata.json: ${ajv.errorsText()}`);

/** The errata ledger: the page's contradictions and silences, each with its decision. */
export const errata: readonly Erratum[] = errataLedger;

/** Which contract this is: the page, its revision, and what the schemas made of it. */
export const contractIdentity = {
  page: 'Querying IPsec VPN Connections',
  operation: 'GET /v2.0/vpn/ipsec-site-connections',
  revision: 'April 2020',
  schemas: `sha256:${createHash('sha256')
    .update(JSON.stringify([connection, dpd, list, errataLedger]))
    .digest('hex')}`,
} as const;

/** The 24 rows of Table 2 as members of an element, in the order of the table. */
export const parameters: readonly Parameter[] = collect(connectionSchema, []).sort((a, b) => a.row.row - b.row.row);

/** The names that `fields` is defined for: contract clause 10. */
export const projectableNames: readonly string[] = parameters
  .filter((parameter) => parameter.schema.projectable)
  .map((parameter) => parameter.name);

/** The names of the top-level rows. */
export const topLevelNames: ReadonlySet<string> = new Set(
  parameters.filter((parameter) => parameter.path.length === 1).map((parameter) => parameter.name),
);

/** The names of the rows that are members of dpd. */
export const dpdMembers: readonly string[] = parameters.flatMap(({ path: [top, member] }) =>
  top === 'dpd' && member !== undefined ? [member] : [],
);

/**
 * Holds one element to the connection schema.
 * @param projected the element comes from a projected list: members may be left out
 * @returns Ajv's errors, each with the schema node it comes from; none when the element conforms.
 */
export function validateElement(element: unknown, projected: boolean): readonly ErrorObject[] {
  const validate = projected ? validateMembers : validateConnection;
  return validate(element) ? [] : (validate.errors ?? []);
}

/** The errata that touch a requirement. */
export function errataOf(id: string): readonly Erratum[] {
  return errata.filter((erratum) => erratum.touches.some((pattern) => matchesId(pattern, id)));
}

/** Whether an id pattern, where an asterisk stands for any run of characters, fits a requirement id. */
export function matchesId(pattern: string, id: string): boolean {
  const source = pattern.split('*').map((part) => part.replace(/[.\\+?^${}()|[\]]/g, '\\$&'));
  return new RegExp(`^${source.join('.*')}$`).test(id);
}

/** A property's schema node, with a `$ref` to another file of the contract followed. */
export function resolve(node: SchemaNode): SchemaNode {
  return node.$ref === undefined ? node : (schemaById.get(node.$ref) ?? node);
}

function collect(node: SchemaNode, path: readonly string[]): Parameter[] {
  return Object.entries(resolve(node).properties ?? {}).flatMap(([member, schema]) => {
    const at = [...path, member];
    if (!schema.row) throw new Error(`the contract's ${at.join('.')} names no table row`);
    return [{ path: at, name: at.join('.'), row: schema.row, schema }, ...collect(schema, at)];
  });
}
