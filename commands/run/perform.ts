import {
  type Configuration,
  ConfigurationError,
  readConfiguration,
  type Target,
} from '../../harness/configuration/configuration.ts';
import type { SecretVariables } from '../../harness/configuration/shell-settings.ts';
import { unverifiedWarning } from '../../harness/configuration/target-network.ts';
import type { Contract } from '../../harness/contract/contract.ts';
import { editionNamed, editions } from '../../harness/contract/editions.ts';
import { readWaivers } from '../../harness/gating/waiver-file.ts';
import type { Requirement } from '../../harness/judging/requirement.ts';
import { brokenRun, type FinishedRun } from '../../harness/results/finished-run.ts';
import { runConformance } from '../../harness/run/run.ts';
import { signIn } from '../../harness/run/sign-in.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { embeddedName } from '../../reporters/verdict-text.ts';
import { requirementsOf } from '../../suites/requirements.ts';
import { createConsoleProgress } from './console-progress.ts';
import { type Output, openOutput, requireWritable } from './output.ts';
import { reach } from './reach.ts';

/** The input of a run and the places of its reports. */
export type PerformOptions = {
  environment: NodeJS.ProcessEnv;
  isSelected(requirement: Requirement): boolean;
  /** The command that tests a target; `npm test --` where nothing else is said. */
  program?: string;
  /** The variables that hold the secrets, where options named others. */
  heldBy?: SecretVariables;
};

/** A run that was performed: what it found, and where that goes. */
export type Performed = {
  run: FinishedRun;
  /** The requirements of the edition, and those that ran. */
  requirements: readonly Requirement[];
  selected: readonly Requirement[];
  output: Output;
  /** The run's surroundings for Allure's environment box. */
  surroundings: Record<string, string>;
};

/**
 * Reads the configuration, starts the embedded target where no other is named, makes sure that the target can be
 * reached, observes it and judges what was observed.
 * @throws ConfigurationError one line, for what goes wrong before that: exit code 2
 */
export async function perform({ environment, isSelected, program, heldBy }: PerformOptions): Promise<Performed> {
  const asked = readConfiguration(environment, '.env', heldBy);
  const contract = editionNamed(asked.edition) as Contract;
  const requirements = requirementsOf(contract);
  const selected = requirements.filter(isSelected);
  if (selected.length === 0)
    throw new ConfigurationError('no requirement is named like that: see docs/requirements.md');
  const waivers = readWaivers(asked.waivers.files, new Set(requirements.map(({ id }) => id)));
  if (environment.GITHUB_STEP_SUMMARY) requireWritable(environment.GITHUB_STEP_SUMMARY, 'GITHUB_STEP_SUMMARY');
  if (asked.record !== null) requireWritable(asked.record, 'RECORD');
  const given = await signIn(asked);
  const reference = given.target === null ? await startEmbedded(given) : null;
  try {
    const configuration = reference?.configuration ?? given;
    const target = configuration.target as Target;
    const url = target.origin + target.basePath;
    const isPartial = selected.length < requirements.length;
    const otherContracts = isPartial ? [] : editions.filter((each) => each !== contract);
    const others = otherContracts.map((each) => ({ contract: each, requirements: requirementsOf(each) }));
    const output = openOutput(configuration.out, isPartial, url);
    const { name, version } = packageJson;
    const remarks = new Set([...configuration.remarks, ...unverifiedWarning(target.origin, configuration.network.tls)]);
    const progress = createConsoleProgress(process.stderr);
    if (!reference && configuration.file === null) await reach(configuration, target, progress);
    const held = contract === editions[0] ? '' : `, held to ${contract.edition.name}`;
    const said = [`${name} ${version}: ${reference ? embeddedName : url}${held}`, ...remarks];
    for (const line of said) progress.say(line);
    const interrupted = () => {
      progress.end();
      const { asked: sent = 0, planned = 0 } = progress.latest ?? {};
      process.stderr.write(`interrupted after ${sent} of ${planned} requests: nothing was judged (exit 130)\n`);
      process.exit(130);
    };
    process.prependOnceListener('SIGINT', interrupted);
    const run = await runConformance({
      requirements: selected,
      contract,
      configuration,
      target,
      kind: reference ? 'embedded' : configuration.file === null ? 'target' : 'file',
      waivers,
      suite: { name, version },
      catalogue: requirements.length,
      others,
      ...(program === undefined ? {} : { program }),
      progress,
    }).catch((error: unknown) => {
      // The user's own file: no fault of the suite's.
      if (error instanceof ConfigurationError) throw error;
      return brokenRun(error);
    });
    progress.end();
    process.off('SIGINT', interrupted);
    return { run, requirements, selected, output, surroundings: surroundingsOf(configuration, url) };
  } finally {
    await reference?.close();
  }
}

/** Loaded only where it is the target. */
async function startEmbedded(given: Configuration): ReturnType<typeof startReference> {
  const { startReference } = await import('../../harness/run/reference-target.ts');
  return startReference(given);
}

function surroundingsOf({ seed, gate }: Configuration, target: string): Record<string, string> {
  return { target, seed: String(seed), gate, node: process.version };
}
