import { Ajv2020, type JSONSchemaType } from 'ajv/dist/2020.js';

/** Where the servers of this run are, and what opens them. */
export type Instance = {
  NOAUTH_URL: string;
  NEUTRON_URL: string;
  /** With /v3. */
  KEYSTONE_URL: string;
  ADMIN_PASSWORD: string;
  SERVICE_PASSWORD: string;
  DATABASE_SOCKET: string;
  /** Everything that a run writes stands below it. */
  DIRECTORY: string;
};

const text = { type: 'string', minLength: 1 } as const;
const schema: JSONSchemaType<Instance> = {
  type: 'object',
  properties: {
    NOAUTH_URL: text,
    NEUTRON_URL: text,
    KEYSTONE_URL: text,
    ADMIN_PASSWORD: text,
    SERVICE_PASSWORD: text,
    DATABASE_SOCKET: text,
    DIRECTORY: text,
  },
  required: [
    'NOAUTH_URL',
    'NEUTRON_URL',
    'KEYSTONE_URL',
    'ADMIN_PASSWORD',
    'SERVICE_PASSWORD',
    'DATABASE_SOCKET',
    'DIRECTORY',
  ],
};
const validate = new Ajv2020().compile(schema);

/**
 * Reads what `run` exports.
 * @throws Error where a variable is missing, by its name
 */
export function readInstance(environment: NodeJS.ProcessEnv): Instance {
  const given: unknown = { ...environment };
  if (!validate(given)) throw new Error(`start it with npm run interop:neutron (${validate.errors?.[0]?.message})`);
  return given;
}
