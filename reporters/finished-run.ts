import type { TestModule } from 'vitest/node';
import type { NamedExchange } from './exchange.ts';
import type { Result } from './result.ts';
import type { RunSummary } from './run-summary.ts';

declare module 'vitest' {
  interface TaskMeta {
    result?: Result;
    summary?: RunSummary;
    exchanges?: Exchanges;
  }
}

/** The exchanges that each requirement's verdict rests on, by its id. */
export type Exchanges = Readonly<Record<string, readonly NamedExchange[]>>;

/** What vitest hands its reporters in the end, in our words. */
export type FinishedRun = {
  /** One for each requirement that ran. */
  results: readonly Result[];
  /** Undefined where the run did not get so far. */
  summary: RunSummary | undefined;
  exchanges: Exchanges;
  /** What broke outside the judging of a requirement. */
  errors: readonly string[];
};

/** Collects the results that the tests left in their metadata. */
export function collectRun(modules: readonly TestModule[]): FinishedRun {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  return {
    results: tests.flatMap((test) => test.meta().result ?? []),
    summary: modules.map((module) => module.meta().summary).find((summary) => summary !== undefined),
    exchanges: Object.assign({}, ...modules.map((module) => module.meta().exchanges)) as Exchanges,
    errors: modules.flatMap((module) => module.errors().map((error) => error.message)),
  };
}
