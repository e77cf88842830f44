import { type SecretVariables, secretVariables } from '../../harness/configuration/shell-settings.ts';
import schema from '../../schemas/configuration.schema.json' with { type: 'json' };
import type { Command, Given } from './command.ts';

type Property = { description?: string; enum?: readonly string[]; default?: unknown };
const properties = schema.properties as Readonly<Record<string, Property>>;

/**
 * An option, and the variable that it stands for. In place of a secret an option names the variable that holds it:
 * arguments show in lists of processes.
 */
type Mirror = { option: string; variable: string; kind: 'value' | 'switch' | 'name of a variable' };

const mirrors: readonly Mirror[] = Object.entries(properties)
  .filter(([variable]) => variable !== 'TARGET_URL')
  .map(([variable, property]) => {
    const option = variable
      .replace(/^TARGET_/, '')
      .toLowerCase()
      .replaceAll('_', '-');
    if (Object.hasOwn(secretVariables, variable)) {
      return { option: `${option}-env`, variable, kind: 'name of a variable' };
    }
    const isSwitch = property.enum?.join() === '0,1';
    // What is on by itself is switched off.
    if (isSwitch && property.default === '1') return { option: `no-${option}`, variable, kind: 'switch' };
    return { option, variable, kind: isSwitch ? 'switch' : 'value' };
  });

/** The options of `run`: one for each variable. */
export const runOptions: Command['options'] = Object.fromEntries(
  mirrors.map(({ option, kind }) => [option, { type: kind === 'switch' ? 'boolean' : 'string' } as const]),
);

/** The help on the options of a run. */
export const runHelp: Command['help'] = Object.fromEntries(
  mirrors.map(({ option, variable, kind }) => {
    const { description = '', default: usual } = properties[variable] ?? {};
    const text = description.split('. ')[0]?.replace(/\.$/, '') ?? '';
    if (kind === 'name of a variable') return [option, `the variable that holds it (${variable}): ${text}`];
    if (kind === 'switch') return [option, `${variable}=${usual === '1' ? '0' : '1'}`];
    return [option, usual === undefined ? text : `${text} (${usual})`];
  }),
);

/**
 * The environment of a run: the caller's, with what options say instead.
 * @param url TARGET_URL; undefined leaves the caller's
 */
export function environmentOf(
  { values }: Given,
  url: string | undefined,
  environment: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const said = mirrors.flatMap(({ option, variable, kind }): [string, string | undefined][] => {
    const value = values[option];
    if (value === undefined || value === false) return [];
    if (kind === 'switch') return [[variable, option.startsWith('no-') ? '0' : '1']];
    if (kind === 'name of a variable') return [[variable, environment[String(value)] ?? '']];
    return [[variable, String(value)]];
  });
  return { ...environment, ...(url === undefined ? {} : { TARGET_URL: url }), ...Object.fromEntries(said) };
}

/** The variables of the caller's environment that hold the secrets. */
export function heldBy({ values }: Given): SecretVariables {
  const named = mirrors.flatMap(({ option, variable, kind }) => {
    const name = values[option];
    return kind === 'name of a variable' && typeof name === 'string' ? [[variable, name] as const] : [];
  });
  return { ...secretVariables, ...Object.fromEntries(named) };
}

/** The variables that options name and that are not set. */
export function missingVariables({ values }: Given, environment: NodeJS.ProcessEnv): readonly string[] {
  return mirrors
    .filter(({ kind }) => kind === 'name of a variable')
    .flatMap(({ option }) => (typeof values[option] === 'string' ? [values[option]] : []))
    .filter((name) => !environment[name]);
}
