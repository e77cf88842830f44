import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { ConfigurationError } from '../../harness/base/configuration-error.ts';
import { placesIn, type ReportPlaces } from '../../reporters/report-files.ts';

/** Where a run leaves what it found; one run at a time writes there. */
export type Output = {
  places: ReportPlaces;
  /** Where Allure's results are written until all of them are there. */
  stagedAllure: string;
  /** Puts the staged results in the place of the last run's. */
  publishAllure(): void;
  /** Lets the next run write there. */
  release(): void;
};

/** The beginning of the names of folders with results that are not complete yet. */
const staged = '.allure-';

/** The lock that keeps a second run out. */
type Lock = { pid: number; host: string; target: string; startedAt: string };

/**
 * Makes the folders of a run, and locks them: two runs at once would mix their results.
 * @param out the user's folder; empty for the current one
 * @param isPartial whether only some requirements run: then a whole run's results stay
 * @param target what is tested, for whoever meets the lock
 * @throws ConfigurationError where something cannot be written, or another run writes there
 */
export function openOutput(out: string, isPartial: boolean, target: string): Output {
  const places = placesIn(out, isPartial);
  for (const folder of [places.results, dirname(places.allure)]) makeWritable(folder);
  if (existsSync(places.allure)) makeWritable(places.allure);
  const lock = join(places.results, '.lock');
  takeLock(lock, { pid: process.pid, host: hostname(), target, startedAt: new Date().toISOString() });
  // Who holds the lock is alone: what is staged already is of a run that was killed.
  for (const name of readdirSync(places.results)) {
    if (name.startsWith(staged)) rmSync(join(places.results, name), { recursive: true, force: true });
  }
  const stagedAllure = join(places.results, `${staged}${process.pid}`);
  const release = () => {
    rmSync(stagedAllure, { recursive: true, force: true });
    rmSync(lock, { force: true });
  };
  process.once('exit', release);
  return {
    places,
    stagedAllure,
    publishAllure() {
      rmSync(places.allure, { recursive: true, force: true });
      renameSync(stagedAllure, places.allure);
    },
    release() {
      process.off('exit', release);
      release();
    },
  };
}

/** Whether a file can be written: told before a run, not after it. */
export function requireWritable(file: string, what: string): void {
  const folder = dirname(file);
  if (!existsSync(folder)) throw new ConfigurationError(`${what} cannot be written: there is no folder ${folder}`);
  try {
    accessSync(existsSync(file) ? file : folder, constants.W_OK);
  } catch (error) {
    throw new ConfigurationError(`${what} cannot be written: ${file} (${codeOf(error)})`);
  }
  if (existsSync(file) && statSync(file).isDirectory()) {
    throw new ConfigurationError(`${what} cannot be written: ${file} is a folder`);
  }
}

function makeWritable(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new ConfigurationError(`results cannot be written: ${folder} (${codeOf(error)})`);
  }
}

/** The code of a file system's error, like EACCES. */
export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}

function takeLock(file: string, own: Lock): void {
  for (const isLast of [false, true]) {
    try {
      const descriptor = openSync(file, 'wx');
      writeSync(descriptor, JSON.stringify(own));
      closeSync(descriptor);
      return;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw new ConfigurationError(`${file} cannot be written (${codeOf(error)})`);
      const other = readLock(file);
      if (isLast || (other !== undefined && isAlive(other))) {
        const who = other ? `process ${other.pid} on ${other.host}, testing ${other.target}` : 'another run';
        // A container that was killed leaves its lock on a volume.
        const since =
          other && other.host !== hostname() ? ` since ${other.startedAt}; if it has ended, remove ${file}` : '';
        const folder = dirname(file);
        throw new ConfigurationError(`${folder} is in use: ${who}${since}; set OUT to another folder, or wait`);
      }
      rmSync(file, { force: true });
    }
  }
}

/** The lock of another run; undefined where it is gone, or was left half written. */
function readLock(file: string): Lock | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Lock;
  } catch {
    return undefined;
  }
}

/** Whether a run still goes on; of another host's nobody knows. */
function isAlive({ pid, host }: Lock): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
