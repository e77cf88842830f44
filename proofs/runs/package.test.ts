import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { serveFaulty } from '../faulty-target.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'conformance-package-'));
const program = join(home, 'node_modules/.bin/ipsec-vpn-conformance');
afterAll(() => rmSync(home, { recursive: true, force: true }));

type Ran = { code: number; stdout: string; stderr: string };

function run(file: string, parameters: readonly string[], cwd = home, own: Record<string, string> = {}): Promise<Ran> {
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, NO_COLOR: '1', ...own };
  return new Promise((resolve) => {
    execFile(file, [...parameters], { cwd, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
    });
  });
}

/**
 * The lock of a folder in which nothing but the packed file is installed, with the versions of the project's own lock: the
 * proof does not depend on what was published since, and mostly asks the registry for nothing.
 */
function lockOf(tarball: string): object {
  const { name, version, bin, dependencies } = packageJson;
  const { packages } = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8')) as Lock;
  const needed = Object.entries(packages).filter(([path, { dev }]) => path !== '' && !dev);
  const root = { dependencies: { [name]: `file:${tarball}` } };
  const own = { version, resolved: `file:${tarball}`, bin, dependencies };
  return {
    lockfileVersion: 3,
    packages: { '': root, [`node_modules/${name}`]: own, ...Object.fromEntries(needed) },
  };
}

type Lock = { packages: Readonly<Record<string, { dev?: boolean }>> };

beforeAll(async () => {
  const packed = await run('npm', ['pack', '--pack-destination', home], project);
  expect(packed.code, packed.stderr).toBe(0);
  const [tarball = ''] = readdirSync(home).filter((name) => name.endsWith('.tgz'));
  writeFileSync(
    join(home, 'package.json'),
    JSON.stringify({ dependencies: { [packageJson.name]: `file:${tarball}` } }),
  );
  writeFileSync(join(home, 'package-lock.json'), JSON.stringify(lockOf(tarball)));
  const installed = await run('npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline', '--prefix', home]);
  expect(installed.code, installed.stderr).toBe(0);
}, 300_000);

test('the installed program tests the embedded target, and makes the report', async () => {
  const tested = await run(program, ['run', 'reference', '--out', 'out']);
  expect([tested.code, tested.stderr]).toEqual([
    0,
    `ipsec-vpn-conformance ${packageJson.version}: the embedded reference target, not a service of yours\n`,
  ]);
  expect(tested.stdout).toContain('CONFORMS: all ');
  expect(await run(program, ['report', '--out', 'out'])).toMatchObject({
    code: 0,
    stdout: 'out/results/report.html\n',
  });
  expect(readdirSync(home).sort()).toEqual(
    expect.arrayContaining(['node_modules', 'out', 'package-lock.json', 'package.json']),
  );
  const { suite } = JSON.parse(readFileSync(join(home, 'out/results/conformance.json'), 'utf8'));
  expect(suite.version).toBe(packageJson.version);
}, 120_000);

test('the installed program names itself in the commands that it prints', async () => {
  const served = await serveFaulty(['derived.type.mtu.string.last']);
  const tested = await run(program, [served.url, '--token-env', 'MY_TOKEN', '--out', 'failing'], home, {
    MY_TOKEN: 'a-token',
  });
  await served.close();
  expect(tested.code).toBe(1);
  expect(tested.stdout).toMatch(
    / TARGET_TOKEN="\$\{MY_TOKEN:\?\}" npx ipsec-vpn-conformance -t 'parameters\\.type\\.mtu:'\n/,
  );
  expect(tested.stdout).toContain('-H "X-Auth-Token: $MY_TOKEN"');
  const drafted = await run(program, ['waive', 'of-failing.yaml', '--out', 'failing']);
  expect(drafted.stdout).toMatch(/ then WAIVERS=of-failing\.yaml npx ipsec-vpn-conformance\n$/);
});

test.for([
  [['--version'], 0, packageJson.version],
  [['--help'], 0, 'usage: ipsec-vpn-conformance [run] [URL] [options]'],
  [['run', '--help'], 0, '--token-env'],
  [['compare', '--version'], 0, packageJson.version],
  [['list'], 0, 'parameters.type.mtu'],
  [['list', '--json'], 0, '"clause"'],
  [['matrix', 'out/results/conformance.json', 'out/results/conformance.json'], 0, '`envelope.status`'],
  [['compare', 'out/results/conformance.json', 'out/results/conformance.json'], 0, 'no difference'],
] as const)('%j answers', async ([parameters, code, text]) => {
  const ran = await run(program, parameters);
  expect([ran.code, ran.stderr]).toEqual([code, '']);
  expect(ran.stdout).toContain(text);
});

test.for([
  [['nonsense'], 'nonsense is no command and no URL; commands are '],
  [['--nonsense'], "Unknown option '--nonsense'; usage: ipsec-vpn-conformance run"],
  [['waive', '--help', '--nonsense'], "Unknown option '--nonsense'"],
  [['https://127.0.0.1:1', 'https://127.0.0.1:2'], 'one target at a time'],
  [['https://127.0.0.1:1', '--token-env', 'NOBODY_SETS_THIS'], 'the variable NOBODY_SETS_THIS is not set'],
  [['https://127.0.0.1:1'], 'https://127.0.0.1:1 cannot be reached'],
  [['report', '--out', 'nowhere'], 'there are no results in nowhere/allure-results'],
  [['waive', '--out', 'out'], 'the last run has no violation to waive'],
  [['matrix', 'out/results/conformance.json'], 'name two reports or more'],
  [['run', '-t', '('], '--only is no regular expression'],
] as const)('%j is one line, and exit 2', async ([parameters, line]) => {
  const { code, stdout, stderr } = await run(program, parameters);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^[^\n]+ \(exit 2\)\n$/);
  expect(stderr).toContain(line);
});

test('a token is named by its variable, and never an argument', async () => {
  const { stdout } = await run(program, ['run', '--help']);
  expect(stdout).not.toMatch(/--token /);
  const ran = await run(program, ['http://127.0.0.1:1', '--token-env', 'MY_TOKEN'], home, { MY_TOKEN: 'a-secret' });
  expect(ran.stderr).toContain('cannot be reached');
});
