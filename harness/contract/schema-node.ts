import type { Level } from './level.ts';

/** The table row that a property stands for. */
export type Row = { table: number; row: number; parameter: string };

/** JSON Schema, as far as the contract uses it. */
export type SchemaNode = {
  $ref?: string;
  row?: Row;
  type?: SchemaType;
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
export type SchemaType = 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array' | 'null';

/** One documented member: its path within an element (`['dpd', 'action']`) and its schema. */
export type Parameter = {
  path: readonly string[];
  name: string;
  row: Row;
  schema: SchemaNode;
  /** Whether the schema that holds it requires it. */
  isRequired: boolean;
};
