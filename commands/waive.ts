import { existsSync, writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { ConfigurationError } from '../harness/base/configuration-error.ts';
import { readReport } from '../harness/results/read-report.ts';
import type { ReportedRequirement } from '../harness/results/report.ts';
import { placesIn } from '../reporters/report-files.ts';

const defaultFile = 'waivers.yaml';

/**
 * `npm run waive [-- file.yaml]`: a waiver file for the violations of the last run. The reasons are left empty, and an
 * empty reason is refused: who accepts a failure says why.
 */
function main(): void {
  const [file = defaultFile] = process.argv.slice(2);
  if (existsSync(file)) throw new ConfigurationError(`${file} is there already: name another file`);
  const violations = readReport(placesIn(process.env.OUT ?? '').json).requirements.filter(
    ({ verdict }) => verdict === 'violation',
  );
  if (violations.length === 0) throw new ConfigurationError('the last run has no violation to waive');
  const incomplete = violations.find(({ departures }) => !departures?.complete);
  if (incomplete) throw new ConfigurationError(`${incomplete.id} departs in more ways than can be waived one by one`);
  const head = '# Fill in each reason (an empty one is refused); expires (like 2027-01-31) and link are optional.\n';
  writeFileSync(file, head + stringify({ waivers: violations.map(waiverOf) }, { lineWidth: 0 }));
  process.stdout.write(`${file}: ${violations.length} waivers without a reason; then WAIVERS=${file} npm test\n`);
}

function waiverOf({ id, departures }: ReportedRequirement): object {
  const groups = (departures?.groups ?? []).map(({ count: _count, answers: _answers, ...found }) => found);
  return { requirement: id, reason: '', departures: groups };
}

try {
  main();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`${error.message} (exit 2)\n`);
  process.exitCode = 2;
}
