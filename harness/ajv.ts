import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import keywords from '../schemas/keywords.json' with { type: 'json' };
import { formats } from './formats.ts';

/**
 * A new Ajv for JSON Schema 2020-12 in strict mode, with the contract's own annotation keywords (each held to its
 * metaSchema) and formats. `verbose` puts the schema node into each error, which is how an error finds its rule.
 */
export function createAjv(): Ajv2020 {
  const ajv = new Ajv2020({ strict: true, allErrors: true, verbose: true });
  addFormats.default(ajv);
  for (const [name, validate] of Object.entries(formats)) ajv.addFormat(name, validate);
  for (const [keyword, metaSchema] of Object.entries(keywords)) ajv.addKeyword({ keyword, metaSchema });
  return ajv;
}
