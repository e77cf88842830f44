import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';
import { conformanceMarkdown } from './conformance-markdown.ts';
import { conformanceReport } from './conformance-report.ts';
import { collectRun } from './finished-run.ts';
import type { GateReporter } from './gate.ts';
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

/** Writes a finished run's reports: JSON, Markdown and JUnit; in a GitHub workflow its summary and annotations too. */
export class FileReporter implements Reporter {
  private readonly gate: GateReporter;
  private readonly environment: NodeJS.ProcessEnv;

  /** @param gate decides the exit code, and so comes before this reporter */
  constructor(gate: GateReporter, environment: NodeJS.ProcessEnv) {
    this.gate = gate;
    this.environment = environment;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const run = collectRun(modules);
    if (!run.summary) return;
    const report = conformanceReport(run, run.summary, this.gate.code, Date.now());
    const markdown = conformanceMarkdown(report);
    mkdirSync(reportFolder, { recursive: true });
    writeFileSync(join(reportFolder, names.json), `${JSON.stringify(report, null, 1)}\n`);
    writeFileSync(join(reportFolder, names.markdown), markdown);
    writeFileSync(join(reportFolder, names.junit), junitXml(report));
    const { GITHUB_ACTIONS, GITHUB_STEP_SUMMARY } = this.environment;
    if (GITHUB_STEP_SUMMARY) appendFileSync(GITHUB_STEP_SUMMARY, markdown);
    if (GITHUB_ACTIONS === 'true') for (const line of annotations(report)) process.stdout.write(`${line}\n`);
  }
}
