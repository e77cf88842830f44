import fc from 'fast-check';
import { contract } from '../harness/contract/editions.ts';
import type { Parameter, SchemaNode } from '../harness/contract/schema-node.ts';
import type { Json } from '../reference/json.ts';

/** Any text, the empty one, quotes, escapes and characters beyond the basic plane included. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom('', '"', '\\', 'null', '<b>&amp;', '日本語'),
);

const address = fc.oneof(fc.ipV4(), fc.ipV6(), fc.domain(), fc.constantFrom('vpn', 'vpn.example.com.', 'my_gateway'));
const cidr4 = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([net, length]) => `${net}/${length}`);
const cidr6 = fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })).map(([net, length]) => `${net}/${length}`);
/** Networks of one IP family, each once. */
const cidrs = fc.oneof(fc.uniqueArray(cidr4, { maxLength: 4 }), fc.uniqueArray(cidr6, { maxLength: 4 }));
const projectId = fc.uuid().map((id) => id.replaceAll('-', ''));

/** Values that a parameter may hold: by its schema, and by name where the schema only says which are malformed. */
function conforming({ name, schema }: Parameter): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const documented = (schema.allOf ?? []).find((node) => node.enum)?.enum;
  if (documented) return fc.constantFrom(...documented);
  if (name === 'peer_cidrs') return cidrs;
  if (name === 'peer_address') return address;
  if (name === 'mtu') return fc.integer({ min: 1280, max: 65_535 });
  if (name.startsWith('dpd.')) return fc.integer({ min: 1, max: 86_400 });
  if ((schema.allOf ?? []).some((node) => node.format === 'resource-uuid')) return fc.uuid();
  return schema.type === 'boolean' ? fc.boolean() : text;
}

/** An element as the contract allows it; timeout is above interval, and both project names are equal. */
export const connection: fc.Arbitrary<Record<string, Json>> = fc
  .tuple(
    fc.record(
      Object.fromEntries(contract.parameters.filter(({ path }) => path.length === 1 && path[0] !== 'dpd').map(member)),
    ),
    fc.record(
      Object.fromEntries(contract.parameters.filter(({ path }) => path[0] === 'dpd' && path.length === 2).map(member)),
    ),
    projectId,
  )
  .map(([element, dpd, project]) => {
    const { interval, timeout } = dpd as { interval: number; timeout: number };
    return {
      ...(element as Record<string, Json>),
      dpd: { ...dpd, timeout: interval + timeout } as Json,
      project_id: project,
      tenant_id: project,
    };
  });

function member(parameter: Parameter): [string, fc.Arbitrary<unknown>] {
  return [parameter.path.at(-1) as string, conforming(parameter)];
}

/** A parameter, and a value of none of its types. */
export const wrongType: fc.Arbitrary<{ parameter: Parameter; value: Json }> = fc
  .constantFrom(...contract.parameters)
  .chain((parameter) => fc.constantFrom(...othersThan(parameter.schema)).map((value) => ({ parameter, value })));

const samples: readonly { type: string; value: Json }[] = [
  { type: 'string', value: 'text' },
  { type: 'integer', value: 30 },
  { type: 'number', value: 30.5 },
  { type: 'boolean', value: true },
  { type: 'object', value: {} },
  { type: 'array', value: [1] },
  { type: 'null', value: null },
];

function othersThan({ type }: SchemaNode): readonly Json[] {
  // Numbers in an array are no strings, so that the sample is wrong for peer_cidrs too.
  return samples.filter((sample) => sample.type !== type || type === 'array').map(({ value }) => value);
}

/** A secret as users have them: with quotes, blanks, and characters of every kind, and long enough to be told. */
export const secret = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 12, maxLength: 40 }),
  fc.base64String({ minLength: 16, maxLength: 40 }),
  fc.stringMatching(/^[A-Za-z0-9"'\\/&<> %+=-]{12,30}$/),
);
