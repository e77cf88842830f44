import { rmSync } from 'node:fs';
import type { Reporter, TestProject } from 'vitest/node';
import {
  type Configuration,
  ConfigurationError,
  readConfiguration,
  type Target,
} from '../../harness/configuration/configuration.ts';
import { unverifiedWarning } from '../../harness/configuration/target-network.ts';
import { contract } from '../../harness/contract/april-2020.ts';
import { readWaivers } from '../../harness/gating/waiver-file.ts';
import type { Waiver } from '../../harness/gating/waivers.ts';
import { createClient } from '../../harness/http/client.ts';
import { proxyRemedy } from '../../harness/http/network.ts';
import { fullList } from '../../harness/http/probe.ts';
import { brokenRun } from '../../harness/results/finished-run.ts';
import { runConformance } from '../../harness/run/run.ts';
import { signIn } from '../../harness/run/sign-in.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { AllureReporter } from '../../reporters/allure.ts';
import { writeExecutor } from '../../reporters/allure-executor.ts';
import { removeReports } from '../../reporters/report-files.ts';
import { requirements } from '../../suites/requirements.ts';
import { outcomesOf, testName } from './outcomes.ts';
import { RunReporter } from './run-reporter.ts';

const allureResults = 'allure-results';

/**
 * Before the tests: reads the configuration, starts the embedded target where no other is named, makes sure that the
 * target can be reached, observes it and judges what was observed. What goes wrong before that is one line and exit
 * code 2. The tests only tell vitest what came of it: so nothing is loaded twice.
 * @returns what to do after them
 */
export default async function setup(project: TestProject): Promise<() => void> {
  // Allure adds to what it finds: an early end must not leave the last run's results as this one's.
  rmSync(allureResults, { recursive: true, force: true });
  removeReports();
  const { given, waivers } = await configure();
  const reference = given.target === null ? await startEmbedded(given) : null;
  const configuration = reference?.configuration ?? given;
  const target = configuration.target as Target;
  const remarks = new Set([...configuration.remarks, ...unverifiedWarning(target.origin, configuration.network.tls)]);
  for (const remark of remarks) process.stderr.write(`${remark}\n`);
  if (!reference && configuration.file === null) await reach(configuration, target);

  const { testNamePattern } = project.config;
  const { name, version } = packageJson;
  const run = await runConformance({
    requirements: requirements.filter((requirement) => testNamePattern?.test(testName(requirement)) ?? true),
    contract,
    configuration,
    target,
    kind: reference ? 'embedded' : configuration.file === null ? 'target' : 'file',
    waivers,
    suite: { name, version },
  }).catch(brokenRun);
  await reference?.close();
  project.provide('tests', outcomesOf(requirements, run));

  const { reporters } = project.vitest as object as { reporters: Reporter[] };
  const tellsConsole = reporters.some((reporter) => 'name' in reporter && reporter.name === 'conformance');
  const reporter = new RunReporter({ run, tellsConsole, environment: process.env });
  writeExecutor(allureResults, process.env);
  // Pushed here, because --reporter replaces the configured ones, and neither the exit code nor the results may go.
  reporters.push(reporter, new AllureReporter(allureResults, environment(configuration, target), run));
  return () => {
    process.exitCode = reporter.code;
  };
}

/** Loaded only where it is the target. */
async function startEmbedded(given: Configuration): ReturnType<typeof startReference> {
  const { startReference } = await import('../../harness/run/reference-target.ts');
  return startReference(given);
}

async function configure(): Promise<{ given: Configuration; waivers: readonly Waiver[] }> {
  try {
    const configuration = readConfiguration(process.env);
    const waivers = readWaivers(configuration.waivers.files, new Set(requirements.map(({ id }) => id)));
    return { given: await signIn(configuration), waivers };
  } catch (error) {
    if (error instanceof ConfigurationError) stop(error.message);
    throw error;
  }
}

/** Asks for the list once: a target that cannot be reached, or refuses the credentials, ends the run here. */
async function reach(configuration: Configuration, target: Target): Promise<void> {
  const client = createClient({ ...target, ...configuration });
  const exchange = await client.transport(fullList('preflight')).catch((error: unknown) => {
    if (error instanceof ConfigurationError) stop(error.message);
    throw error;
  });
  await client.close();
  const url = target.origin + target.basePath;
  if (exchange.kind === 'failure' && unreachable.has(exchange.cause.kind)) {
    const { proxies } = configuration.network;
    const remedy = exchange.cause.kind === 'tls' ? tlsRemedy : proxyRemedy(target.origin, proxies);
    stop(`${url} cannot be reached: ${exchange.cause.message}${remedy}`);
  }
  // In TLS 1.3 a server that misses the client's certificate says so after the handshake, or only closes.
  const isClosed = exchange.kind === 'failure' && exchange.cause.kind === 'closed';
  if (isClosed && url.startsWith('https:') && configuration.network.tls.client === null) {
    process.stderr.write(`${url} closes the connection: TARGET_CERT names the certificate that it may ask for\n`);
  }
  if (exchange.kind === 'failure') return;
  // Without credentials a 403 says nothing of them: then it is one answer like another.
  const isRefused = exchange.status === 401 || (exchange.status === 403 && configuration.credentials.first !== null);
  if (isRefused) stop(`${url} answers ${exchange.status}: ${refusal(configuration)}`);
}

const unreachable: ReadonlySet<string> = new Set(['refused', 'unresolved', 'unreachable', 'tls', 'proxy']);
const tlsRemedy = '; TARGET_CA names its certificate authority, TARGET_CERT the certificate that it may ask for';

function refusal({ credentials, keystone }: Configuration): string {
  if (credentials.first === null) return 'it wants credentials: set TARGET_TOKEN, or OS_CLOUD or the OS_ variables';
  return keystone.first === null ? 'it refuses TARGET_TOKEN' : 'it refuses the token that Keystone issued';
}

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
