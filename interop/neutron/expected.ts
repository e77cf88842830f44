import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Ajv2020, type JSONSchemaType } from 'ajv/dist/2020.js';
import { jsonText } from '../json-text.ts';
import type { Judged } from '../verdicts.ts';

/** The verdicts of a run that are not "pass", by requirement; with a failure, the different values found. */
export type Verdicts = Record<string, { verdict: string; observed?: readonly string[] }>;

/** The requirements whose verdict is not "pass", sorted by id. */
export function verdictsOf(judged: readonly Judged[]): Verdicts {
  const notable = judged.filter(({ verdict }) => verdict !== 'pass').sort((a, b) => (a.id < b.id ? -1 : 1));
  return Object.fromEntries(
    notable.map(({ id, verdict, observed }) => [id, observed.length === 0 ? { verdict } : { verdict, observed }]),
  );
}

/** One line for each requirement whose verdict or observed values are not the expected ones. */
export function differences(expected: Verdicts, actual: Verdicts): readonly string[] {
  const ids = [...new Set([...Object.keys(expected), ...Object.keys(actual)])].sort();
  return ids.flatMap((id) => {
    const [wanted, found] = [describe(expected[id]), describe(actual[id])];
    return wanted === found ? [] : `${id}: expected ${wanted}, found ${found}`;
  });
}

function describe(each: Verdicts[string] | undefined): string {
  if (!each) return 'pass';
  return each.observed ? `${each.verdict} (${each.observed.join(', ')})` : each.verdict;
}

const schema: JSONSchemaType<Verdicts> = {
  type: 'object',
  required: [],
  additionalProperties: {
    type: 'object',
    properties: {
      verdict: { type: 'string', enum: ['fail', 'inconclusive', 'not-applicable', 'broken'] },
      observed: { type: 'array', items: { type: 'string' }, minItems: 1, nullable: true },
    },
    required: ['verdict'],
    additionalProperties: false,
  },
};
const validate = new Ajv2020().compile(schema);

/**
 * Reads expected verdicts; a missing file expects every requirement to pass.
 * @throws Error where the file is of another form
 */
export function readExpected(path: string): Verdicts {
  if (!existsSync(path)) return {};
  const expected: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!validate(expected)) throw new Error(`${path}: ${validate.errors?.[0]?.message}`);
  return expected;
}

/** Makes what was found the expected verdicts. */
export function writeExpected(path: string, verdicts: Verdicts): void {
  writeFileSync(path, jsonText(verdicts, 1));
}
