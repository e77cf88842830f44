import { appendFileSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConformanceReport } from '../harness/results/report.ts';
import { conformanceMarkdown } from './conformance-markdown.ts';
import { annotations, summary } from './github.ts';
import { junitXml } from './junit.ts';

/** Where the reports of a run go. */
export type ReportPlaces = {
  /** The folder of the files below. */
  results: string;
  json: string;
  markdown: string;
  junit: string;
  /** The page that `report` makes, and the folder of the histories that it keeps from run to run, one for each target. */
  html: string;
  histories: string;
  /** Allure's results. */
  allure: string;
};

/**
 * The places of a run's reports.
 * @param out the user's folder; empty for the current one
 * @param isPartial a run of some requirements: it leaves a whole run's reports as they are
 */
export function placesIn(out: string, isPartial = false): ReportPlaces {
  const results = isPartial ? join(out, 'results', 'partial') : join(out, 'results');
  return {
    results,
    json: join(results, 'conformance.json'),
    markdown: join(results, 'conformance.md'),
    junit: join(results, 'junit.xml'),
    html: join(results, 'report.html'),
    histories: join(results, 'history'),
    allure: isPartial ? join(results, 'allure-results') : join(out, 'allure-results'),
  };
}

/** Writes a run's reports: JSON, Markdown and JUnit; in a GitHub workflow its summary and annotations too. */
export function writeReports(report: ConformanceReport, places: ReportPlaces, environment: NodeJS.ProcessEnv): void {
  const { GITHUB_ACTIONS, GITHUB_STEP_SUMMARY } = environment;
  const markdown = conformanceMarkdown(report);
  mkdirSync(places.results, { recursive: true });
  writeWhole(places.json, `${JSON.stringify(report, null, 1)}\n`);
  writeWhole(places.markdown, markdown);
  writeWhole(places.junit, junitXml(report));
  if (GITHUB_STEP_SUMMARY) {
    const used = statSync(GITHUB_STEP_SUMMARY, { throwIfNoEntry: false })?.size;
    appendFileSync(GITHUB_STEP_SUMMARY, summary(markdown, used));
  }
  if (GITHUB_ACTIONS === 'true') for (const line of annotations(report)) process.stdout.write(`${line}\n`);
}

/** Takes the place of the last run's file when all of it is written. */
function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}
