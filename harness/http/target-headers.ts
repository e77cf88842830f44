import schema from '../../schemas/target-headers.schema.json' with { type: 'json' };
import { createValidator, type Validator } from '../base/ajv.ts';
import { ConfigurationError } from '../base/configuration-error.ts';

/** Headers that each request to the target carries besides its own, by name; their values are secrets. */
export type TargetHeaders = Readonly<Record<string, string>>;

const validate: Validator<Record<string, string>> = createValidator(schema);

/** Names that are not the user's to set, and why. */
const refusals: readonly (readonly [pattern: RegExp, why: string])[] = [
  [
    /^(host|content-length|transfer-encoding|connection|keep-alive|upgrade|te|trailer|expect|proxy-.*)$/i,
    'belongs to the connection',
  ],
  [/^x-auth-token$/i, 'is what TARGET_TOKEN is for'],
  [/^(accept|accept-encoding)$/i, 'is what the suite tests'],
  [/^(range|if-.*)$/i, 'asks for another answer than the list'],
];

/**
 * Reads TARGET_HEADERS: a JSON object of strings.
 * @throws ConfigurationError one line, which never holds a value
 */
export function readTargetHeaders(text: string | undefined): TargetHeaders {
  if (text === undefined) return {};
  const headers = parse(text);
  if (!validate(headers)) {
    const { keyword, instancePath = '', propertyName } = validate.errors[0] ?? {};
    if (keyword === 'type' && instancePath === '') throw new ConfigurationError('TARGET_HEADERS must be a JSON object');
    if (propertyName !== undefined) {
      throw new ConfigurationError(`TARGET_HEADERS has a name that is not made of letters, digits, ".", "_" and "-"`);
    }
    const name = instancePath.slice(1);
    throw new ConfigurationError(`TARGET_HEADERS: the value of ${name} must be a text of printable ASCII`);
  }
  const names = Object.keys(headers);
  for (const name of names) {
    const [, why] = refusals.find(([pattern]) => pattern.test(name)) ?? [];
    if (why !== undefined) throw new ConfigurationError(`TARGET_HEADERS cannot hold ${name}: it ${why}`);
    if (names.some((other) => other !== name && other.toLowerCase() === name.toLowerCase())) {
      throw new ConfigurationError(`TARGET_HEADERS holds ${name} twice: names differ only in letter case`);
    }
  }
  return headers;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ConfigurationError('TARGET_HEADERS is not JSON; it is an object like {"X-Gateway-Key": "…"}');
  }
}
