import type { ErrorObject } from 'ajv/dist/2020.js';
import schema from '../../schemas/known-connections.schema.json' with { type: 'json' };
import { createValidator, type Validator } from '../base/ajv.ts';
import { pointerTokens } from '../base/pointer.ts';
import { errorPlace, parseYaml, readYamlFile, type YamlFile } from '../base/yaml-file.ts';

/** A connection and the values that it was created with. A member that was not given then has its default. */
export type KnownConnection = {
  by: { member: 'id' | 'name'; value: string };
  given: Readonly<Record<string, unknown>>;
};

type Written = { connections: readonly { id?: string; name?: string; given: Record<string, unknown> }[] };

const validate: Validator<Written> = createValidator(schema);

/**
 * Reads a file of known connections.
 * @throws ConfigurationError one line that begins with file and line; a given psk is never quoted
 */
export function readKnownConnections(file: string): readonly KnownConnection[] {
  return knownConnections(readYamlFile(file));
}

/**
 * Known connections from the text of a file.
 * @param file its name, for messages
 * @throws ConfigurationError
 */
export function parseKnownConnections(text: string, file: string): readonly KnownConnection[] {
  return knownConnections(parseYaml(text, file));
}

function knownConnections({ value, lineOf, refuse }: YamlFile): readonly KnownConnection[] {
  if (!validate(value)) {
    const [error] = validate.errors;
    return refuse(lineOf(errorPlace(error)), explain(error));
  }
  return value.connections.map(({ id, name, given }) => ({
    by: id === undefined ? { member: 'name', value: name ?? '' } : { member: 'id', value: id },
    given,
  }));
}

/** One line of our own from Ajv's error. */
function explain(error: ErrorObject | undefined): string {
  const name = pointerTokens(error?.instancePath ?? '').findLast((token) => !/^\d+$/.test(token)) ?? 'the file';
  switch (error?.keyword) {
    case 'additionalProperties':
      return `${JSON.stringify(error.params.additionalProperty)} is not known here`;
    case 'required':
    case 'oneOf':
      return error.params.missingProperty === 'given' ? 'lacks given' : `${name} needs either an id or a name`;
    case 'type':
      return `${name} must be of type ${error.params.type}`;
    default:
      return `${name} is not as it must be`;
  }
}
