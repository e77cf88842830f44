import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConformanceReport } from '../harness/results/report.ts';
import { conformanceMarkdown } from './conformance-markdown.ts';
import { annotations } from './github.ts';
import { junitXml } from './junit.ts';

/** Where the reports of a run go. */
export const reportFolder = 'results';
const names = { json: 'conformance.json', markdown: 'conformance.md', junit: 'junit.xml' } as const;

/** The machine-readable report of the last run. */
export const reportFile = join(reportFolder, names.json);

/** Takes the last run's reports away: an early end must not leave them as this one's. */
export function removeReports(): void {
  for (const name of Object.values(names)) rmSync(join(reportFolder, name), { force: true });
}

/** Writes a run's reports: JSON, Markdown and JUnit; in a GitHub workflow its summary and annotations too. */
export function writeReports(report: ConformanceReport, environment: NodeJS.ProcessEnv): void {
  const { GITHUB_ACTIONS, GITHUB_STEP_SUMMARY } = environment;
  const markdown = conformanceMarkdown(report);
  mkdirSync(reportFolder, { recursive: true });
  writeFileSync(join(reportFolder, names.json), `${JSON.stringify(report, null, 1)}\n`);
  writeFileSync(join(reportFolder, names.markdown), markdown);
  writeFileSync(join(reportFolder, names.junit), junitXml(report));
  if (GITHUB_STEP_SUMMARY) appendFileSync(GITHUB_STEP_SUMMARY, markdown);
  if (GITHUB_ACTIONS === 'true') for (const line of annotations(report)) process.stdout.write(`${line}\n`);
}
