import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConformanceReport } from '../harness/results/report.ts';

/**
 * The name of the history that a run belongs to: what fails at one target, or under one edition, is not newly failing at
 * another.
 * @param json the run's conformance.json; where there is none, all such runs share a history
 */
export function historyOf(json: string): string {
  const report = existsSync(json) ? (JSON.parse(readFileSync(json, 'utf8')) as Partial<ConformanceReport>) : {};
  const { target, contract } = report;
  if (target === undefined) return 'unknown.jsonl';
  // The embedded target listens on another port each time.
  const place = target.kind === 'embedded' ? 'embedded' : target.url.replace(/^https?:\/\/|^file:/, '');
  const words = [place, contract?.edition ?? ''].map((each) => each.replace(/[^\w.-]+/g, '-').replace(/^[-.]+/, ''));
  return `${words.filter(Boolean).join('.').slice(-150)}.jsonl`;
}

/**
 * Takes the run that is in the results out of Allure's history, where it is the last: a report that is made again adds
 * its run again, and would show it as an earlier one.
 * @param history one JSON document a line, the newest last
 */
export function forgetRun(history: string, results: string): void {
  if (!existsSync(history)) return;
  const lines = readFileSync(history, 'utf8').split('\n').filter(Boolean);
  const last = lines.at(-1);
  if (last === undefined || !isSameRun(startsOf(last), results)) return;
  writeFileSync(
    history,
    lines
      .slice(0, -1)
      .map((line) => `${line}\n`)
      .join(''),
  );
}

/** When the tests of a line of the history started: no two runs agree in it. */
function startsOf(line: string): ReadonlySet<number> {
  const { testResults } = JSON.parse(line) as { testResults: Record<string, { start: number }> };
  return new Set(Object.values(testResults).map(({ start }) => start));
}

function isSameRun(starts: ReadonlySet<number>, results: string): boolean {
  const files = readdirSync(results).filter((name) => name.endsWith('-result.json'));
  if (files.length !== starts.size) return false;
  return files.every((name) => {
    const { start } = JSON.parse(readFileSync(join(results, name), 'utf8')) as { start: number };
    return starts.has(start);
  });
}
