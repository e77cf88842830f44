import type { Reporter, TestProject } from 'vitest/node';
import { ConfigurationError } from '../../harness/base/configuration-error.ts';
import { outcomesOf, testName } from './outcomes.ts';
import { type Performed, perform } from './perform.ts';
import { RunReporter } from './run-reporter.ts';

/**
 * Performs the run, before the tests: these only report its outcomes to vitest, so that nothing is loaded twice. A
 * mistake before anything is judged is one line and exit code 2.
 * @returns what to do after them
 */
export default async function setup(project: TestProject): Promise<() => void> {
  const { reporters, config } = project.vitest as object as { reporters: Reporter[]; config: { shard?: object } };
  if (config.shard) stop('--shard cuts a run in two, and neither half says what the whole would: leave it out');
  const performed = await performOrStop(project.config.testNamePattern);
  project.provide('tests', outcomesOf(performed.requirements, performed.run));

  const tellsConsole = reporters.some((reporter) => 'name' in reporter && reporter.name === 'conformance');
  const reporter = new RunReporter({ performed, tellsConsole, environment: process.env });
  // Pushed here, because --reporter replaces the configured ones, and neither the exit code nor the results may go.
  reporters.push(reporter);
  return () => {
    process.exitCode = reporter.code;
  };
}

async function performOrStop(pattern: RegExp | undefined): Promise<Performed> {
  try {
    return await perform({
      environment: process.env,
      isSelected: (requirement) => pattern?.test(testName(requirement)) ?? true,
    });
  } catch (error) {
    if (error instanceof ConfigurationError) stop(error.message);
    throw error;
  }
}

function stop(line: string): never {
  process.stderr.write(`${line} (exit 2)\n`);
  process.exit(2);
}
