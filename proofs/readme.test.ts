import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

type Step = { uses?: string; run?: string; with?: { path?: string } };
type Job = { 'runs-on'?: string; steps: readonly Step[] };

const root = new URL('../', import.meta.url);
const readme = readFileSync(new URL('README.md', root), 'utf8');
const blocks = [...readme.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text]) => parse(text as string));
const github: readonly Job[] = blocks.flatMap(({ jobs }) => Object.values(jobs ?? {}));

/** The folders whose reports `matrix` is called with, in README.md. */
const folders = [...readme.matchAll(/matrix -- (\S*\*\.json)/g)].map(([, files]) => dirname(files as string));

test('each job of a workflow for GitHub that README.md shows says where it runs', () => {
  expect(github.length).toBeGreaterThan(1);
  for (const job of github) expect(job['runs-on']).toBe('ubuntu-latest');
});

// In the checkout's own folder the pattern would also name package.json, which is no report.
test('the reports of many targets are joined from a folder in which the repository has no file', () => {
  expect(folders.length).toBe(2);
  for (const folder of folders) expect(existsSync(new URL(folder, root)), folder).toBe(false);
  const downloads = github.flatMap(({ steps }) => steps).filter(({ uses }) => uses?.includes('download-artifact'));
  expect(downloads.map((step) => step.with?.path)).toEqual([folders[0]]);
});
