import { Ajv2020, type ErrorObject, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import keywords from '../../schemas/keywords.json' with { type: 'json' };
import { formats } from './formats.ts';

/**
 * A new Ajv for JSON Schema 2020-12. That the project's own schemas are valid ones is proven once, not at the start of
 * each run: compiling the meta-schema takes longer than compiling all of them.
 * @param options Ajv's; `validateSchema: true` holds each schema to its meta-schema
 */
export function createAjv(options: Options = {}): Ajv2020 {
  const ajv = new Ajv2020({ validateSchema: false, ...options });
  addFormats.default(ajv);
  return ajv;
}

/** Holds a value to a schema; `errors` are those of the latest call. */
export type Validator<Valid> = {
  (value: unknown): value is Valid;
  readonly errors: readonly ErrorObject[];
};

/**
 * Makes a validator. Its schema is compiled when the first value is held to it: most runs read few of the files that
 * schemas are there for.
 * @param part a reference to the part of the schema that is meant, like `clouds.schema.json#/$defs/cloud`
 */
export function createValidator<Valid>(schema: object, options: Options = {}, part?: string): Validator<Valid> {
  let compiled: ValidateFunction | undefined;
  const compile = () => {
    const ajv = createAjv(options);
    return part === undefined ? ajv.compile(schema) : ajv.addSchema(schema).compile({ $ref: part });
  };
  const validate = (value: unknown) => {
    compiled ??= compile();
    return compiled(value);
  };
  return Object.defineProperty(validate, 'errors', { get: () => compiled?.errors ?? [] }) as object as Validator<Valid>;
}

/**
 * The same in strict mode, with the contract's own annotation keywords and formats. `verbose` puts the schema node into
 * each error, which is how an error finds its rule. Code that Ajv optimizes takes longer to make than it saves.
 * @param options Ajv's; `validateSchema: true` also holds each annotation keyword to its metaSchema
 */
export function createContractAjv(options: Options = {}): Ajv2020 {
  const ajv = createAjv({ strict: true, allErrors: true, verbose: true, code: { optimize: false }, ...options });
  for (const [name, validate] of Object.entries(formats)) ajv.addFormat(name, validate);
  for (const [keyword, metaSchema] of Object.entries(keywords)) {
    ajv.addKeyword({ keyword, ...(options.validateSchema ? { metaSchema } : {}) });
  }
  return ajv;
}
