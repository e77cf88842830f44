import { readFileSync, writeFileSync } from 'node:fs';
import { suiteOf } from '../harness/results/report.ts';
import { requirements } from '../suites/requirements.ts';
import { readKeptReport } from './report.ts';
import { interopTable, withTable } from './table.ts';

/** The implementations, in the order of the columns. */
const columns = ['reference', 'neutron-noauth', 'neutron-keystone'] as const;

const readme = new URL('../README.md', import.meta.url);

/**
 * `npm run interop:table`: README.md's table of implementations, from the kept reports and today's catalogue; with
 * `--check` it fails where the table is out of date.
 */
function main(): void {
  const reports = columns.map((name) => readKeptReport(new URL(`reports/${name}.json`, import.meta.url)));
  const catalogue = new Map<string, number>();
  for (const suite of requirements.map(suiteOf)) catalogue.set(suite, (catalogue.get(suite) ?? 0) + 1);
  const document = readFileSync(readme, 'utf8');
  const changed = withTable(document, interopTable(reports, catalogue));
  if (changed === undefined) {
    fail('README.md lacks <!-- interop:start --> followed by <!-- interop:end -->: nothing written');
  } else if (!process.argv.includes('--check')) {
    writeFileSync(readme, changed);
  } else if (changed !== document) {
    fail("README.md's table of implementations is out of date: run npm run interop:table");
  }
}

function fail(line: string): void {
  process.stderr.write(`${line}\n`);
  process.exitCode = 2;
}

main();
