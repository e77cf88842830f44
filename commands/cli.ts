#!/usr/bin/env node
import { ConfigurationError } from '../harness/base/configuration-error.ts';
import packageJson from '../package.json' with { type: 'json' };
import { type Command, helpOf, readArguments } from './cli/command.ts';

/** The subcommands; each is loaded when it is called. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import('./run/run.ts')).run,
  report: async () => (await import('./report.ts')).report,
  compare: async () => (await import('./compare.ts')).compare,
  matrix: async () => (await import('./matrix.ts')).matrix,
  waive: async () => (await import('./waive.ts')).waive,
  list: async () => (await import('./list.ts')).list,
  page: async () => (await import('./page.ts')).page,
  reference: async () => (await import('./reference.ts')).reference,
};

/** The text of `--help` without a command. */
async function overview(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  return [
    'usage: ipsec-vpn-conformance [run] [URL] [options]',
    '       ipsec-vpn-conformance COMMAND --help',
    '',
    ...all.map(({ name, summary }) => `  ${name.padEnd(10)}${summary}`),
  ].join('\n');
}

/** The command that is named, or `run`; and what follows it. */
async function main([first = '', ...rest]: readonly string[]): Promise<number> {
  if (first === '--help' || first === '-h') return print(await overview());
  const named = Object.hasOwn(commands, first) ? commands[first] : undefined;
  // An unknown word is no target: a target has a scheme, or is the embedded one.
  if (!named && first !== '' && !/^(-|[a-z]+:|reference$)/i.test(first)) {
    throw new ConfigurationError(`${first} is no command and no URL; commands are ${Object.keys(commands).join(', ')}`);
  }
  const command = await (named ?? (commands.run as () => Promise<Command>))();
  const given = readArguments(command, named || first === '' ? rest : [first, ...rest]);
  if (given.values.version === true) return print(`${packageJson.name} ${packageJson.version}`);
  return given.values.help === true ? print(helpOf(command)) : command.run(given);
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`${error.message} (exit 2)\n`);
  process.exitCode = 2;
}
