import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Globals, TestResult } from 'allure-js-commons';
import type { Category } from 'allure-js-commons/sdk';

/** The files that a run left for Allure, as Allure reads them. */
export type AllureResults = {
  /** By requirement. */
  tests: ReadonlyMap<string, TestResult>;
  categories: readonly Category[];
  globals: readonly Globals[];
  /** The text of a file among the results. */
  text(name: string): string;
};

/** Reads what a run left in its folder. */
export function readAllure(folder: string): AllureResults {
  const results = join(folder, 'allure-results');
  const text = (name: string) => readFileSync(join(results, name), 'utf8');
  const all = <Document>(ending: string): Document[] =>
    readdirSync(results)
      .filter((name) => name.endsWith(ending))
      .map((name) => JSON.parse(text(name)) as Document);
  const tests = all<TestResult>('-result.json').map((test): [string, TestResult] => [idOf(test), test]);
  return {
    tests: new Map(tests),
    categories: JSON.parse(text('categories.json')) as Category[],
    globals: all('-globals.json'),
    text,
  };
}

function idOf({ name = '' }: TestResult): string {
  return name.slice(0, name.indexOf(':'));
}

/**
 * The names of the categories that a result falls into. The strictest of Allure's readings: the whole message must
 * match.
 */
export function categoriesOf(
  categories: readonly Category[],
  { status, statusDetails }: Pick<TestResult, 'status' | 'statusDetails'>,
): readonly string[] {
  return categories
    .filter(
      ({ matchedStatuses = [], messageRegex = '' }) =>
        matchedStatuses.some((each) => each === status) &&
        new RegExp(`^(?:${messageRegex})$`).test(statusDetails.message ?? ''),
    )
    .map(({ name = '' }) => name);
}
