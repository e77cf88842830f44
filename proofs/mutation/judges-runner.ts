import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { INSTRUMENTER_CONSTANTS, type InstrumenterContext } from '@stryker-mutator/api/core';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  type DryRunResult,
  DryRunStatus,
  type MutantRunOptions,
  type MutantRunResult,
  MutantRunStatus,
  type TestRunner,
  TestStatus,
} from '@stryker-mutator/api/test-runner';
import type { Proof, prepareProofs } from './judging.ts';

/**
 * Runs mutants of what judges, in one process: every target is observed once, and each mutant judges what was observed
 * again. To run the proofs themselves for each mutant takes a minute; this takes well below a second.
 */
export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'judges', () => createRunner())];

function createRunner(): TestRunner {
  const context: InstrumenterContext = {};
  Object.assign(globalThis, { [INSTRUMENTER_CONSTANTS.NAMESPACE]: context });
  let proofs: readonly Proof[] = [];
  return {
    capabilities: () => ({ reloadEnvironment: false }),
    async init() {
      // The working folder is the one that has the mutants.
      const judging = pathToFileURL(resolve('proofs/mutation/judging.ts')).href;
      const module = (await import(judging)) as { prepareProofs: typeof prepareProofs };
      const suites = process.env.SUITES ?? '';
      proofs = await module.prepareProofs(suites === '' ? [] : suites.split(','));
    },
    async dryRun(): Promise<DryRunResult> {
      const tests = proofs.map(({ id, departing }) => {
        context.currentTestId = id;
        const begun = performance.now();
        const departure = departing();
        const common = { id, name: id, timeSpentMs: performance.now() - begun };
        return departure === undefined
          ? { ...common, status: TestStatus.Success as const }
          : { ...common, status: TestStatus.Failed as const, failureMessage: departure };
      });
      delete context.currentTestId;
      const coverage = context.mutantCoverage;
      return {
        status: DryRunStatus.Complete,
        tests,
        ...(coverage === undefined ? {} : { mutantCoverage: { ...coverage, static: {} } }),
      };
    },
    async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
      const { activeMutant, testFilter, hitLimit } = options;
      const asked = proofs.filter(({ id }) => testFilter?.includes(id) ?? true);
      Object.assign(context, { activeMutant: activeMutant.id, hitCount: 0, hitLimit });
      try {
        for (const [index, { id, departing }] of asked.entries()) {
          const failureMessage = departing();
          const nrOfTests = index + 1;
          if (failureMessage !== undefined)
            return { status: MutantRunStatus.Killed, killedBy: [id], failureMessage, nrOfTests };
        }
        return { status: MutantRunStatus.Survived, nrOfTests: asked.length };
      } finally {
        for (const name of ['activeMutant', 'hitCount', 'hitLimit'] as const) delete context[name];
      }
    },
  };
}
