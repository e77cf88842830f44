import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { readReport } from './report.ts';
import { interopTable, withTable } from './table.ts';

/** The implementations, in the order of the columns. */
const columns = ['reference', 'neutron-noauth', 'neutron-keystone'] as const;

const readme = new URL('../README.md', import.meta.url);

/** `npm run interop:table`: README.md's table of implementations, from the kept reports. */
function main(): void {
  const reports = columns.map((name) => readReport(new URL(`reports/${name}.json`, import.meta.url)));
  const document = existsSync(readme) ? readFileSync(readme, 'utf8') : '';
  const changed = withTable(document, interopTable(reports));
  if (changed === undefined) {
    process.stderr.write('README.md lacks <!-- interop:start --> followed by <!-- interop:end -->: nothing written\n');
    process.exitCode = 2;
    return;
  }
  writeFileSync(readme, changed);
}

main();
