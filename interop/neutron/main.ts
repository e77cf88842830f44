import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import package_ from '../../package.json' with { type: 'json' };
import { jsonText } from '../json-text.ts';
import { countVerdicts, keptReportOf } from '../report.ts';
import type { Judged } from '../verdicts.ts';
import { differences, readExpected, verdictsOf, writeExpected } from './expected.ts';
import { setUpIdentity } from './identity.ts';
import { readInstance } from './instance.ts';
import { type Run, runsOf } from './runs.ts';
import { seed } from './seed.ts';
import { runSuite } from './suite-run.ts';

const accept = process.argv.includes('--accept');

/**
 * The part of `run` after the servers are up: fills them, runs the suite against them, compares. Exit code 1: differs, or a request of a
 * failure is not found in the target's log.
 */
async function main(): Promise<void> {
  const instance = readInstance(process.env);
  const projects = await setUpIdentity(instance);
  const inventory = await seed(instance, projects);
  for (const run of runsOf(instance, projects, inventory)) {
    const { judged, lost } = await runSuite(run, instance.DIRECTORY);
    for (const id of lost) process.stdout.write(`${run.name}: request ${id} is not in the target's log\n`);
    if (settle(run, judged) && lost.length === 0) keep(run, judged);
    else process.exitCode = 1;
  }
}

/** Compares with what is expected, or makes it the expected; says which. */
function settle({ name }: Run, judged: readonly Judged[]): boolean {
  const path = join(import.meta.dirname, 'expected', `${name}.json`);
  const found = verdictsOf(judged);
  const different = differences(readExpected(path), found);
  if (accept) writeExpected(path, found);
  const outcome = different.length === 0 ? 'as expected' : accept ? 'accepted' : 'not as expected';
  process.stdout.write(`${name}: ${countsOf(judged)}: ${outcome}\n`);
  for (const line of different) process.stdout.write(`  ${line}\n`);
  return accept || different.length === 0;
}

function countsOf(judged: readonly Judged[]): string {
  return Object.entries(countVerdicts(judged))
    .map(([verdict, count]) => `${count} ${verdict}`)
    .join(', ');
}

function keep({ report }: Run, judged: readonly Judged[]): void {
  if (!report) return;
  const { name, implementation, packages } = report;
  const versions = { suite: package_.version, ...Object.fromEntries(packages.map((each) => [each, versionOf(each)])) };
  const text = jsonText(keptReportOf({ implementation, versions }, judged), 2);
  writeFileSync(join(import.meta.dirname, '..', 'reports', `${name}.json`), text);
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder is dpkg's.
const versionFormat = '${Version}';

function versionOf(package_: string): string {
  return execFileSync('/usr/bin/dpkg-query', ['-W', '-f', versionFormat, package_], { encoding: 'utf8' });
}

try {
  await main();
} catch (error) {
  process.stderr.write(`interop:neutron: ${(error as Error).message}\n`);
  process.exitCode = 2;
}
