import { execFile } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { serveFailing, writeWaivers } from './runs/failing-target.ts';
import { removeRun, runCommand, runSuiteIn, type SuiteRun } from './runs/run-suite.ts';

const picture = 'docs/failing-run.png';
/** The requirement whose page is shown. */
const shown = 'parameters.type.mtu';
const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** `npm run screenshot`: pictures what the report of a failing run says of one failure, for README.md. */
async function main(): Promise<void> {
  const browser = findBrowser(process.env);
  if (browser === undefined) {
    process.stderr.write('there is no chromium: none on the PATH, and none that CHROMIUM names (exit 2)\n');
    process.exitCode = 2;
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'screenshot-'));
  const run = await runFailing(folder);
  try {
    const report = join(run.folder, 'results/report.html');
    await photograph(browser, `${pathToFileURL(report)}#/${pageOf(report, shown)}`, folder);
    process.stdout.write(`${picture}, ${Math.ceil(statSync(picture).size / 1024)} KiB\n`);
  } finally {
    removeRun(run);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A browser's command: the one that CHROMIUM names, or the first on the PATH. */
function findBrowser({ CHROMIUM, PATH = '' }: NodeJS.ProcessEnv): string | undefined {
  const names = CHROMIUM ? [CHROMIUM] : browsers;
  const places = PATH.split(delimiter);
  return names.flatMap((name) => places.map((place) => resolve(place, name))).find(isCommand);
}

function isCommand(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A run against the failing target, with its report. */
async function runFailing(folder: string): Promise<SuiteRun> {
  const target = await serveFailing();
  // A name without a path: the picture shows no machine's folders.
  const run = await runSuiteIn(folder, { TARGET_URL: target.url, WAIVERS: basename(writeWaivers(folder)) });
  await target.close();
  if (run.code !== 1) throw new Error(`the run against the failing target ended with ${run.code}\n${run.stderr}`);
  const made = await runCommand('report', run.folder);
  if (made.code !== 0) throw new Error(made.stderr);
  return run;
}

/** Where the page of a requirement is, in a report: under Allure's own name for its result. */
function pageOf(report: string, id: string): string {
  const [, data = ''] = /"widgets\/tree\.json","([^"]+)"/.exec(readFileSync(report, 'utf8')) ?? [];
  const { leavesById } = JSON.parse(Buffer.from(data, 'base64').toString()) as {
    leavesById: Record<string, { name: string; nodeId: string }>;
  };
  const leaf = Object.values(leavesById).find(({ name }) => name.startsWith(`${id}:`));
  if (!leaf) throw new Error(`the report has no page for ${id}`);
  return leaf.nodeId;
}

async function photograph(browser: string, url: string, folder: string): Promise<void> {
  const options = [
    '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking',
    '--disable-component-update --disable-sync --hide-scrollbars --virtual-time-budget=10000',
    '--window-size=1000,1200',
  ];
  await promisify(execFile)(browser, [
    ...options.flatMap((line) => line.split(' ')),
    `--user-data-dir=${join(folder, 'profile')}`,
    `--screenshot=${resolve(picture)}`,
    url,
  ]);
}

await main();
