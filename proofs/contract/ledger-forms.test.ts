import { describe, expect, test } from 'vitest';
import { createContractAjv } from '../../harness/base/ajv.ts';
import errataSchema from '../../schemas/errata.schema.json' with { type: 'json' };
import keywords from '../../schemas/keywords.json' with { type: 'json' };
import { type Edges, keywordEdges, ledgerEdges } from './ledger-forms.ts';
import { weakenings } from './weakenings.ts';

const { $id: _, ...ledger } = errataSchema;
const subjects: readonly { name: string; schema: object; edges: Edges | undefined }[] = [
  ...Object.entries(keywords).map(([keyword, schema]) => ({
    name: `keywords.json#/${keyword}`,
    schema,
    edges: keywordEdges[keyword],
  })),
  { name: 'errata.schema.json#', schema: ledger, edges: ledgerEdges },
];

const ajv = createContractAjv({ validateSchema: true });
Object.assign(ajv.opts, { strictTypes: false, strictRequired: false, allErrors: false });

function takes(schema: object, values: readonly unknown[]): readonly boolean[] {
  const validate = ajv.compile(schema);
  return values.map((value) => validate(value) as boolean);
}

describe.for(subjects.map(({ name, ...rest }) => [name, rest] as const))('%s', ([name, { schema, edges }]) => {
  const { accepts = [], refuses = [] } = edges ?? {};
  const values = [...accepts, ...refuses];

  test('takes what is well formed, and refuses what is not', () => {
    const wrong = takes(schema, values).flatMap((taken, index) =>
      taken === index < accepts.length ? [] : [`${taken ? 'takes' : 'refuses'} ${JSON.stringify(values[index])}`],
    );
    expect(accepts.length).toBeGreaterThan(0);
    expect(wrong).toEqual([]);
  });

  test('does otherwise when any keyword is left out or widened', () => {
    const known = String(takes(schema, values));
    const unnoticed = weakenings(schema as Record<string, unknown>).flatMap(({ at, what, weakened }) => {
      try {
        return String(takes(weakened, values)) === known ? [`${name}${at} ${what}`] : [];
      } catch {
        // No schema any more: the contract does not load.
        return [];
      }
    });
    expect(unnoticed).toEqual([]);
  });
});
