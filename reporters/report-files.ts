import { appendFileSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConformanceReport } from '../harness/results/report.ts';
import { conformanceMarkdown } from './conformance-markdown.ts';
import { annotations, summary } from './github.ts';
import { junitXml } from './junit.ts';

const jsonFile = 'conformance.json';

/** The report files of a run, each a text of the one report. A further format needs a line here, and nothing else. */
const formats: readonly { file: string; textOf(report: ConformanceReport): string }[] = [
  { file: 'conformance.md', textOf: conformanceMarkdown },
  { file: jsonFile, textOf: (report) => `${JSON.stringify(report, null, 1)}\n` },
  { file: 'junit.xml', textOf: junitXml },
];

/** Where the reports of a run go. */
export type ReportPlaces = {
  /** The folder of the report files. */
  results: string;
  /** The paths of the report files. */
  files: readonly string[];
  /** The one of these that commands read. */
  json: string;
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
    files: formats.map(({ file }) => join(results, file)),
    json: join(results, jsonFile),
    html: join(results, 'report.html'),
    histories: join(results, 'history'),
    allure: isPartial ? join(results, 'allure-results') : join(out, 'allure-results'),
  };
}

/** Writes a run's report files; in a GitHub workflow its summary and annotations too. */
export function writeReports(report: ConformanceReport, places: ReportPlaces, environment: NodeJS.ProcessEnv): void {
  const { GITHUB_ACTIONS, GITHUB_STEP_SUMMARY } = environment;
  mkdirSync(places.results, { recursive: true });
  for (const { file, textOf } of formats) writeWhole(join(places.results, file), textOf(report));
  if (GITHUB_STEP_SUMMARY) {
    const used = statSync(GITHUB_STEP_SUMMARY, { throwIfNoEntry: false })?.size;
    appendFileSync(GITHUB_STEP_SUMMARY, summary(conformanceMarkdown(report), used));
  }
  if (GITHUB_ACTIONS === 'true') for (const line of annotations(report)) process.stdout.write(`${line}\n`);
}

/** Takes the place of the last run's file when all of it is written. */
function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}
