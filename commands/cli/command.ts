import { type ParseArgsConfig, parseArgs } from 'node:util';
import { ConfigurationError } from '../../harness/base/configuration-error.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** The options and arguments that a command was given. */
export type Given = {
  values: Readonly<Record<string, string | boolean | undefined>>;
  positionals: readonly string[];
};

/** A subcommand. */
export type Command = {
  name: string;
  /** One line: what it does. */
  summary: string;
  /** The arguments behind its name, for its usage line. */
  usage: string;
  options: Options;
  /** The help on each option. */
  help: Readonly<Record<string, string>>;
  /**
   * Runs it.
   * @returns the exit code
   * @throws ConfigurationError one line, for a mistake in the call
   */
  run(given: Given): number | Promise<number>;
};

/** The options of every command. */
const everywhere: Options = { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean', short: 'v' } };

/** Reads what follows a command's name. @throws ConfigurationError where an option is unknown or lacks its value */
export function readArguments(command: Command, parameters: readonly string[]): Given {
  const options: Options = { ...command.options, ...everywhere };
  try {
    const { values, positionals } = parseArgs({ args: [...parameters], options, allowPositionals: true });
    return { values: values as Given['values'], positionals };
  } catch (error) {
    // Node's own words name the option, and quote no value.
    const [line = ''] = (error as Error).message.split('. To specify');
    throw new ConfigurationError(`${line.replace(/\.$/, '')}; ${usageOf(command)}`);
  }
}

/** One line. */
export function usageOf({ name, usage }: Command): string {
  return `usage: ipsec-vpn-conformance ${name}${usage === '' ? '' : ` ${usage}`}`;
}

/** The text of `--help` for a command. */
export function helpOf(command: Command): string {
  const names = Object.keys(command.options).map((name) => [name, optionText(command, name)] as const);
  const width = Math.max(0, ...names.map(([, text]) => text.length)) + 2;
  return [
    usageOf(command),
    '',
    command.summary,
    ...(names.length === 0 ? [] : ['']),
    ...names.map(([name, text]) => `  ${text.padEnd(width)}${command.help[name] ?? ''}`),
  ].join('\n');
}

function optionText({ options }: Command, name: string): string {
  const { type, short } = options[name] ?? { type: 'boolean' };
  return `${short === undefined ? '' : `-${short}, `}--${name}${type === 'string' ? ' …' : ''}`;
}
