import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../..', import.meta.url));

/** The exit code and output of a run as a user's; `folder` holds the files that it wrote. */
export type SuiteRun = { code: number; stdout: string; stderr: string; folder: string };

/**
 * Runs the suite as a user does, in a process and a folder of its own.
 * @param environment added to a bare environment: none of the caller's settings
 * @param options vitest's; `{folder}` stands for the run's own folder
 */
export async function runSuite(environment: Record<string, string>, ...options: string[]): Promise<SuiteRun> {
  return runSuiteIn(mkdtempSync(join(tmpdir(), 'conformance-')), environment, ...options);
}

/** Runs the suite where an earlier run was. */
export async function runSuiteIn(
  folder: string,
  environment: Record<string, string>,
  ...options: string[]
): Promise<SuiteRun> {
  const own = options.map((option) => option.replace('{folder}', folder));
  return {
    ...(await run(
      process.execPath,
      [join(project, 'node_modules/vitest/vitest.mjs'), 'run', '--root', project, ...own],
      folder,
      environment,
    )),
    folder,
  };
}

/** Runs a subcommand of the program in the folder of a run. */
export async function runCommand(
  name: string,
  folder: string,
  ...options: string[]
): Promise<Omit<SuiteRun, 'folder'>> {
  const parameters = ['--import', import.meta.resolve('tsx'), join(project, 'commands/cli.ts'), name, ...options];
  return run(process.execPath, parameters, folder, {});
}

/** Pastes a command into a shell that stands in the checkout; results go to a folder of their own. */
export async function runPasted(command: string): Promise<SuiteRun> {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  return { ...(await run('sh', ['-c', command], project, { OUT: folder })), folder };
}

/** Removes what a run wrote. */
export function removeRun({ folder }: SuiteRun): void {
  rmSync(folder, { recursive: true, force: true });
}

function run(
  program: string,
  parameters: readonly string[],
  cwd: string,
  environment: Record<string, string>,
): Promise<Omit<SuiteRun, 'folder'>> {
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  const env = { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }), NO_COLOR: '1', ...environment };
  return new Promise((resolve) => {
    execFile(program, [...parameters], { cwd, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
    });
  });
}
