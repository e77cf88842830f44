import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Status } from 'allure-js-commons';
import { ConfigurationError } from '../harness/base/configuration-error.ts';
import { categories } from '../reporters/allure-categories.ts';
import { forgetRun, historyOf } from '../reporters/allure-history.ts';
import { placesIn, type ReportPlaces } from '../reporters/report-files.ts';
import { type Command, usageOf } from './cli/command.ts';
import { reportHead } from './report-head.ts';

/** Scripts that Allure's page would load when it is viewed. */
const analytics = /<script[^>]*\bsrc="https?:[^>]*><\/script>|<script[^>]*>[^<]*\bgtag\([^<]*<\/script>/g;

/**
 * The head of the page: the share of tests that passed, which Allure shows there, says nothing without the verdict. It is
 * that of these results: conformance.json may be of another run.
 */
function titleOf(results: string): string {
  const title = 'IPsec VPN connections';
  const environment = join(results, 'environment.properties');
  const [, verdict] = existsSync(environment) ? (/^verdict=(.+)$/m.exec(readFileSync(environment, 'utf8')) ?? []) : [];
  return verdict === undefined ? title : `${title}: ${verdict}`;
}

/** Allure's configuration; what its command line has no option for is in it too. */
const configurationOf = (name: string, history: string) => ({
  name,
  historyPath: resolve(history),
  // Each report holds all of them.
  historyLimit: 20,
  // Allure 3 takes no categories from the results. Each departure has a message of its own; skips share theirs.
  categories: categories.map((category) => ({
    ...category,
    groupByMessage: !category.matchedStatuses.includes(Status.FAILED),
    expand: true,
  })),
  plugins: {
    awesome: {
      options: {
        singleFile: true,
        // There is one epic: as a level of the tree it would only take room.
        groupBy: ['feature', 'story'],
        // All is observed before it is judged: a time line of the tests says nothing.
        sections: ['charts'],
        charts: [
          { type: 'statusDynamics', title: 'Verdicts, run by run' },
          { type: 'statusTransitions', title: 'Newly failing and newly passing, run by run' },
          {
            type: 'testResultSeverities',
            title: 'By level: MUST is critical, SHOULD normal, MAY minor',
            levels: ['critical', 'normal', 'minor'],
            statuses: ['passed', 'failed', 'broken', 'skipped'],
            includeUnset: false,
          },
        ],
      },
    },
  },
});

/** `report`: one HTML file from the last results, with nothing in it that calls out. */
export const report: Command = {
  name: 'report',
  summary: 'Makes one HTML file of the last results, with the history of those before.',
  usage: '[--out DIR]',
  options: { out: { type: 'string' } },
  help: { out: 'the folder that holds allure-results; OUT, or the current one' },
  run({ values, positionals }) {
    if (positionals.length > 0) throw new ConfigurationError(usageOf(report));
    return writeReport(placesIn(typeof values.out === 'string' ? values.out : (process.env.OUT ?? '')));
  },
};

function writeReport({ allure: results, html, json, histories }: ReportPlaces): number {
  if (!existsSync(results) || !readdirSync(results).some((name) => name.endsWith('-result.json'))) {
    throw new ConfigurationError(`there are no results in ${results}: test a target first`);
  }
  mkdirSync(histories, { recursive: true });
  // The history is kept from run to run, so that a report shows what changed.
  const history = join(histories, historyOf(json));
  forgetRun(history, results);
  const folder = mkdtempSync(join(tmpdir(), 'allure-'));
  try {
    const allure = join(dirname(createRequire(import.meta.url).resolve('allure')), '..', 'cli.js');
    const file = join(folder, 'allurerc.json');
    writeFileSync(file, JSON.stringify(configurationOf(titleOf(results), history)));
    const options = ['generate', '--config', file, '--output', join(folder, 'report'), results];
    execFileSync(process.execPath, [allure, ...options], { stdio: ['ignore', 'ignore', 'inherit'] });
    const page = readFileSync(join(folder, 'report', 'index.html'), 'utf8');
    writeFileSync(html, page.replace(analytics, '').replace('<head>', `<head>${reportHead}`));
    process.stdout.write(`${html}\n`);
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
