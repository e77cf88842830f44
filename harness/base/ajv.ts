import { Ajv2020, type Options } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import keywords from '../../schemas/keywords.json' with { type: 'json' };
import { formats } from './formats.ts';

/**
 * A new Ajv for JSON Schema 2020-12. That the project's own schemas are valid ones is proven once, not at the start of
 * each run: compiling the meta-schema takes longer than compiling all of them.
 * @param options Ajv's; `validateSchema: true` holds each schema to its meta-schema
 */
export function createAjv(options: Options = {}): Ajv2020 {
  return new Ajv2020({ validateSchema: false, ...options });
}

/**
 * The same in strict mode, with the contract's own annotation keywords (each held to its metaSchema) and formats.
 * `verbose` puts the schema node into each error, which is how an error finds its rule.
 */
export function createContractAjv(options: Options = {}): Ajv2020 {
  const ajv = createAjv({ strict: true, allErrors: true, verbose: true, ...options });
  addFormats.default(ajv);
  for (const [name, validate] of Object.entries(formats)) ajv.addFormat(name, validate);
  for (const [keyword, metaSchema] of Object.entries(keywords)) ajv.addKeyword({ keyword, metaSchema });
  return ajv;
}
