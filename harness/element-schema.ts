import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { createContractAjv } from './ajv.ts';
import { contractSchemas } from './contract.ts';

const ajv = createContractAjv();
for (const schema of contractSchemas) ajv.addSchema(schema);
// addSchema accepts a malformed own keyword; only compiling holds it to its metaSchema.
for (const schema of contractSchemas) ajv.compile({ $ref: schema.$id });

const validateConnection = ajv.getSchema('connection.schema.json') as ValidateFunction;
// The same nodes below, so that an error finds the same rule; only the top-level `required` is gone.
const { required, ...members } = validateConnection.schema as Readonly<Record<string, unknown>>;
const validateMembers = ajv.compile({ ...members, $id: 'members.schema.json' });

/**
 * Holds one element to the connection schema.
 * @param projected the element comes from a projected list: members may be left out
 * @returns Ajv's errors, each with the schema node it comes from; none when the element conforms.
 */
export function validateElement(element: unknown, projected: boolean): readonly ErrorObject[] {
  const validate = projected ? validateMembers : validateConnection;
  return validate(element) ? [] : (validate.errors ?? []);
}
