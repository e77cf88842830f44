import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const results = 'allure-results';
const report = 'results/report.html';
/** Kept from run to run, so that a report shows what changed: results of the same requirement, whatever the target. */
const history = 'results/history.jsonl';

/** What Allure's page would load when it is viewed. */
const analytics = /<script[^>]*\bsrc="https?:[^>]*><\/script>|<script[^>]*>[^<]*\bgtag\([^<]*<\/script>/g;
/** Whatever else might call out: the browser itself refuses. */
const policy =
  '<meta http-equiv="Content-Security-Policy" content="' +
  "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; connect-src 'self' data: blob:\">";

/** `npm run report`: one HTML file from the last results, with nothing in it that calls out. */
function main(): void {
  if (!existsSync(results)) {
    process.stderr.write(`there is no ${results}: run npm test first\n`);
    process.exitCode = 2;
    return;
  }
  mkdirSync('results', { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'allure-'));
  try {
    const allure = join(dirname(createRequire(import.meta.url).resolve('allure')), '..', 'cli.js');
    const arguments_ = [
      allure,
      'awesome',
      '--single-file',
      '--report-name',
      'IPsec VPN conformance',
      '--history-path',
      history,
      '--group-by',
      'epic,feature,story',
      '-o',
      folder,
      results,
    ];
    execFileSync(process.execPath, arguments_, { stdio: ['ignore', 'ignore', 'inherit'] });
    const page = readFileSync(join(folder, 'index.html'), 'utf8');
    writeFileSync(report, page.replace(analytics, '').replace('<head>', `<head>${policy}`));
    process.stdout.write(`${report}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main();
