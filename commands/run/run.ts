import { ConfigurationError } from '../../harness/base/configuration-error.ts';
import { writeExecutor } from '../../reporters/allure-executor.ts';
import { writeAllureResults } from '../../reporters/allure-results.ts';
import type { Command, Given } from '../cli/command.ts';
import { programWithOptions } from '../cli/program.ts';
import { environmentOf, heldBy, missingVariables, runHelp, runOptions } from '../cli/run-options.ts';
import { testName } from './outcomes.ts';
import { perform } from './perform.ts';
import { tell } from './tell.ts';

/** `run`, which is what the program does where no command is named: tests a target. */
export const run: Command = {
  name: 'run',
  summary: 'Tests a target: https://…, file:run.har, file:capture.json, or reference for the embedded one.',
  usage: '[URL] [options]',
  options: { only: { type: 'string', short: 't' }, ...runOptions },
  help: { only: 'a regular expression: runs the requirements whose "id: title" matches', ...runHelp },
  run: runTarget,
};

async function runTarget(given: Given): Promise<number> {
  const [url, ...more] = given.positionals;
  if (more.length > 0) throw new ConfigurationError('one target at a time: matrix compares the reports of many');
  const [missing] = missingVariables(given, process.env);
  if (missing !== undefined) throw new ConfigurationError(`the variable ${missing} is not set, or is empty`);
  const environment = environmentOf(given, url, process.env);
  const pattern = patternOf(given.values.only);
  const performed = await perform({
    environment,
    isSelected: (requirement) => pattern?.test(testName(requirement)) ?? true,
    program: programWithOptions,
    heldBy: heldBy(given),
  });
  const names = performed.selected.map(testName);
  return tell(performed, {
    tellsConsole: true,
    environment,
    errors: [],
    writeAllure(folder) {
      writeAllureResults(folder, performed.surroundings, performed.run, names);
      writeExecutor(folder, environment);
    },
  });
}

function patternOf(only: string | boolean | undefined): RegExp | undefined {
  if (typeof only !== 'string') return undefined;
  try {
    return new RegExp(only, 'i');
  } catch {
    throw new ConfigurationError('--only is no regular expression');
  }
}
