import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createContractAjv } from '../harness/base/ajv.ts';
import { editions } from '../harness/contract/editions.ts';

const folder = new URL('../schemas/', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.schema.json'),
);
/** Compiles nothing but the meta-schema, which a run leaves out. */
const ajv = createContractAjv({ validateSchema: true });

test.for(files)('%s is a valid schema', (file) => {
  const schema = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
  expect(ajv.validateSchema(schema), ajv.errorsText()).toBe(true);
});

test('an invalid schema is noticed', () => {
  expect(ajv.validateSchema({ $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'text' })).toBe(false);
});

test('the errata ledger is of its form', () => {
  const read = (file: string) => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
  const validate = ajv.compile(read('errata.schema.json'));
  for (const { edition } of editions) {
    expect(validate(read(`${edition.name}/errata.json`)), `${edition.name}: ${ajv.errorsText(validate.errors)}`).toBe(
      true,
    );
  }
});
