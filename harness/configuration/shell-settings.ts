import schema from '../../schemas/configuration.schema.json' with { type: 'json' };
import { shellQuoted } from '../base/shell.ts';

/** The variables whose values are secrets, and for each the variable of the shell that holds it. */
export const secretVariables = {
  TARGET_TOKEN: 'TARGET_TOKEN',
  SECOND_TOKEN: 'SECOND_TOKEN',
  TARGET_HEADERS: 'TARGET_HEADERS',
  TARGET_KEY_PASSPHRASE: 'TARGET_KEY_PASSPHRASE',
};

/** As `secretVariables`; a value is another name where an option like `--token-env` gave one. */
export type SecretVariables = Readonly<typeof secretVariables>;

/** These say where results go: a requirement that runs again is to overwrite nothing. */
const outputVariables: ReadonlySet<string> = new Set(['OUT', 'RECORD']);

/** The variables that were set, as texts: all of them, and those of the environment, which leave out a .env file's. */
type SetVariables = {
  variables: Readonly<Record<string, string>>;
  environment: NodeJS.ProcessEnv;
  heldBy: SecretVariables;
};

/**
 * The settings that are not the defaults, as assignments before a command of a POSIX shell. A secret is a reference to
 * the variable that holds it: where that is not set, the shell says so and stops. Secrets of a .env file are left out:
 * they are read from there again.
 * @returns empty where all are the defaults
 */
export function shellSettings({ variables, environment, heldBy }: SetVariables): string {
  const assignments = Object.entries(schema.properties).flatMap(([name, property]) => {
    const value = variables[name];
    if (value === undefined || outputVariables.has(name)) return [];
    if (isSecret(name)) return environment[name] ? [`${name}="\${${heldBy[name]}:?}"`] : [];
    return 'default' in property && String(property.default) === value ? [] : [assignment(name, value)];
  });
  return assignments.join(' ');
}

/**
 * The variable that names the cloud of a sign-in, as an assignment. The rest of a sign-in is expected in the shell, as
 * OpenStack's own client expects it.
 */
export function shellCloud(environment: NodeJS.ProcessEnv): string {
  const name = environment.OS_CLOUD ? 'OS_CLOUD' : 'OS_AUTH_URL';
  return assignment(name, environment[name] ?? '');
}

function isSecret(name: string): name is keyof SecretVariables {
  return Object.hasOwn(secretVariables, name);
}

function assignment(name: string, value: string): string {
  return `${name}=${/^[\w.,:/@%+-]+$/.test(value) ? value : shellQuoted(value)}`;
}
