import type { ErrorObject } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { createContractAjv } from '../../harness/base/ajv.ts';
import type { SchemaNode } from '../../harness/contract/schema-node.ts';
import connectionSchema from '../../schemas/2020-04/connection.schema.json' with { type: 'json' };
import dpdSchema from '../../schemas/2020-04/dpd.schema.json' with { type: 'json' };
import listSchema from '../../schemas/2020-04/list.schema.json' with { type: 'json' };
import { type Boundary, bodies, connection, connectionBoundaries, dpdBoundaries } from './boundaries.ts';
import { type ContractSchemas, expectedRows, statedRows } from './stated.ts';
import { type Weakening, weakenings } from './weakenings.ts';

const schemas = {
  connection: connectionSchema,
  dpd: dpdSchema,
  list: listSchema,
} as object as ContractSchemas;

/** Keywords that Ajv does not judge by: they are held to the page's tables, in proofs/contract/tables.test.ts. */
const annotations: ReadonlySet<string> = new Set(['$id', 'row', 'default', 'deprecated', 'projectable', 'sensitive']);

const ajv = createContractAjv({ validateSchema: true });
// Strict mode refuses some weakened schemas at load; here each is held to the values all the same.
Object.assign(ajv.opts, { strictTypes: false, strictRequired: false });
ajv.addSchema(dpdSchema);
// What makes an element one is proven apart, so that a list need not be held to all of it.
ajv.addSchema({ $id: 'connection.schema.json', type: 'object' });

const nonObjects: readonly unknown[] = [null, [], 'text', 7, true];

/** Values that a schema accepts, and values that it refuses. */
type Edges = { accepts: readonly unknown[]; refuses: readonly unknown[] };

/** One file of the contract, with the values at its edges: those that one property's schema can tell apart. */
type Subject = { name: keyof ContractSchemas; edgesOf(property: string): Edges };

const subjects: readonly Subject[] = [
  { name: 'connection', edgesOf: (property) => around(connection, property, connectionBoundaries[property]) },
  { name: 'dpd', edgesOf: (property) => around(connection.dpd as object, property, dpdBoundaries[property]) },
  { name: 'list', edgesOf: () => flat(bodies) },
];

function flat({ accepts, refuses }: Boundary): Edges {
  return { accepts, refuses: refuses.flatMap(({ values }) => values) };
}

function around(whole: object, property: string, boundary: Boundary | undefined): Edges {
  const { [property]: _, ...rest } = whole as Record<string, unknown>;
  const { accepts, refuses } = flat(boundary ?? { accepts: [], refuses: [] });
  const holding = (value: unknown) => ({ ...whole, [property]: value });
  return { accepts: accepts.map(holding), refuses: [...nonObjects, rest, ...refuses.map(holding)] };
}

/** The property that a weakening is about. */
function propertyOf({ path, what }: Weakening, schema: SchemaNode): string {
  const [keyword, property] = path;
  if (keyword === 'properties' && property !== undefined) return property;
  const named = /^lacks (.*)$/.exec(what)?.[1];
  return named ?? (Object.keys(schema.properties ?? {})[0] as string);
}

/** The schema as far as it speaks of one property: to compile all of it for each weakening takes too long. */
function trimmed(schema: SchemaNode, property: string): SchemaNode {
  const { $id: _, properties, required, ...own } = schema;
  const kept = properties?.[property];
  return {
    ...own,
    ...(kept === undefined ? {} : { properties: { [property]: kept } }),
    ...(required === undefined ? {} : { required: required.filter((name) => name === property) }),
  };
}

/** A schema's verdict on values, a text for each, or the reason why it is no schema. */
function verdictsOf(schema: SchemaNode, values: readonly unknown[]): readonly string[] | string {
  try {
    const validate = ajv.compile(schema);
    return values.map((value) => (validate(value) ? '' : (validate.errors ?? []).flatMap(wordsOf).join()));
  } catch (error) {
    return String(error);
  }
}

function wordsOf({ instancePath, keyword, params, parentSchema, data }: ErrorObject): string[] {
  const { requirement } = parentSchema as SchemaNode;
  if (requirement?.judges === 'non-empty' && data === '') return [];
  const rule = requirement ? `${requirement.level} ${requirement.id}` : `MUST ${keyword}`;
  return [`${instancePath} ${params.missingProperty ?? ''} ${rule}`];
}

/** The weakenings of a file that no value at an edge and no row of the page's tables tells from the contract. */
function unnoticed({ name, edgesOf }: Subject): readonly string[] {
  const schema = schemas[name];
  const known = new Map<string, string>();
  const valuesFor = (property: string) => {
    const { accepts, refuses } = edgesOf(property);
    return [...accepts, ...refuses];
  };
  const knownVerdicts = (property: string): string => {
    const verdicts = known.get(property) ?? JSON.stringify(verdictsOf(trimmed(schema, property), valuesFor(property)));
    known.set(property, verdicts);
    return verdicts;
  };
  return weakenings(schema).flatMap((weakening) => {
    const { at, path, what, weakened } = weakening;
    if (annotations.has(path.at(-1) as string)) {
      return isNoticedByTables(name, weakened) ? [] : [`${name}.schema.json#${at} ${what}`];
    }
    const property = propertyOf(weakening, schema);
    const verdicts = JSON.stringify(verdictsOf(trimmed(weakened, property), valuesFor(property)));
    return verdicts === knownVerdicts(property) ? [`${name}.schema.json#${at} ${what}`] : [];
  });
}

function isNoticedByTables(name: keyof ContractSchemas, weakened: SchemaNode): boolean {
  if (weakened.$id !== `${name}.schema.json`) return true;
  const stated = statedRows({ ...schemas, [name]: weakened });
  return JSON.stringify([...stated].sort()) !== JSON.stringify([...expectedRows].sort());
}

describe.for(subjects.map((subject) => [subject.name, subject] as const))('the schema of the %s', ([name, subject]) => {
  test.for(Object.keys(schemas[name].properties ?? {}))('takes and refuses what it has to at %s', (property) => {
    const schema = trimmed(schemas[name], property);
    const { accepts, refuses } = subject.edgesOf(property);
    const wrong = [
      ...accepts.filter((value) => verdictsOf(schema, [value])[0] !== ''),
      ...refuses.filter((value) => verdictsOf(schema, [value])[0] === ''),
    ];
    expect(wrong).toEqual([]);
  });
});

describe('a keyword of the contract that is left out or widened is noticed', () => {
  test.for(subjects)('in the schema of the $name', (subject) => {
    expect(weakenings(schemas[subject.name]).length).toBeGreaterThan(5);
    expect(unnoticed(subject)).toEqual([]);
  });

  test('or the proof names it', () => {
    const blind = unnoticed({ name: 'dpd', edgesOf: () => ({ accepts: [], refuses: [] }) });
    expect(blind).toContain('dpd.schema.json#/properties/interval/allOf/0/minimum is left out');
    expect(blind).toContain('dpd.schema.json#/required lacks action');
  });
});
