import { rmSync } from 'node:fs';
import type { Reporter, TestProject } from 'vitest/node';
import { createClient } from '../harness/client.ts';
import { type Configuration, ConfigurationError, readConfiguration, type Target } from '../harness/configuration.ts';
import { fullList } from '../harness/probe.ts';
import { AllureReporter } from '../reporters/allure.ts';
import { writeExecutor } from '../reporters/allure-executor.ts';
import { GateReporter } from '../reporters/gate.ts';
import { startReference } from './reference-target.ts';

/** What the tests are told by the process that starts them. */
export type RunInput = { configuration: Configuration; target: Target; embedded: boolean };

declare module 'vitest' {
  interface ProvidedContext {
    run: RunInput;
  }
}

const allureResults = 'allure-results';

/**
 * Before the tests: reads the configuration, starts the embedded target where no other is named, makes sure that the
 * target can be reached. What goes wrong here is one line and exit code 2.
 * @returns what to do after them
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Allure adds to what it finds: an early end must not leave the last run's results as this one's.
  rmSync(allureResults, { recursive: true, force: true });
  const given = configure();
  const reference = given.target === null ? await startReference(given) : null;
  const configuration = reference?.configuration ?? given;
  const target = configuration.target as Target;
  if (!reference) await reach(configuration, target);
  project.provide('run', { configuration, target, embedded: reference !== null });

  const gate = new GateReporter(configuration.requireEvidence);
  const allure = new AllureReporter(allureResults, environment(configuration, target));
  // Pushed here, because --reporter replaces the configured ones, and neither the exit code nor the results may go.
  allure.onInit(project.vitest);
  writeExecutor(allureResults, process.env);
  const { reporters } = project.vitest as object as { reporters: Reporter[] };
  reporters.push(gate, allure);
  return async () => {
    await reference?.close();
    process.exitCode = gate.code;
  };
}

function configure(): Configuration {
  try {
    return readConfiguration(process.env);
  } catch (error) {
    if (error instanceof ConfigurationError) stop(error.message);
    throw error;
  }
}

/** Asks for the list once: a target that cannot be reached, or refuses the credentials, ends the run here. */
async function reach(configuration: Configuration, target: Target): Promise<void> {
  const { credentials, timeoutMilliseconds, bodyLimit } = configuration;
  const client = createClient({ ...target, credentials, timeoutMilliseconds, bodyLimit });
  const exchange = await client.transport(fullList('preflight'));
  await client.close();
  const url = target.origin + target.basePath;
  if (exchange.kind === 'failure' && unreachable.has(exchange.cause.kind)) {
    stop(`${url} cannot be reached: ${exchange.cause.message}`);
  }
  if (exchange.kind === 'answer' && exchange.status === 401) {
    const token = credentials.first === null ? 'it wants credentials: set TARGET_TOKEN' : 'it refuses TARGET_TOKEN';
    stop(`${url} answers 401: ${token}`);
  }
}

const unreachable: ReadonlySet<string> = new Set(['refused', 'unresolved', 'unreachable', 'tls']);

function environment(configuration: Configuration, target: Target): Record<string, string> {
  return {
    target: target.origin + target.basePath,
    seed: String(configuration.seed),
    gate: configuration.gate,
    node: process.version,
  };
}

function stop(line: string): never {
  process.stderr.write(`${line} (exit 2)\n`);
  process.exit(2);
}
