import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ConfigurationError, readConfiguration, readTarget } from '../harness/configuration/configuration.ts';
import { secretVariables } from '../harness/configuration/shell-settings.ts';
import { plainNetwork } from '../harness/http/network.ts';

const none = join(tmpdir(), 'no-such.env');

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  folders.push(folder);
  return folder;
}

test('defaults: the embedded target, ten seconds, SHOULD', () => {
  expect(readConfiguration({}, none)).toEqual({
    target: null,
    file: null,
    heldBy: secretVariables,
    shell: '',
    record: null,
    out: '',
    keystone: { first: null, second: null },
    headers: {},
    network: plainNetwork,
    remarks: [],
    credentials: { first: null, second: null },
    timeoutMilliseconds: 10_000,
    bodyLimit: 100 * 1024 * 1024,
    concurrency: 8,
    delayMilliseconds: 0,
    requestIds: true,
    seed: 1,
    edition: '2020-04',
    gate: 'SHOULD',
    requireEvidence: false,
    defaultsConnections: [],
    knownConnections: [],
    waivers: { files: [], staleFails: true },
  });
});

test.for([
  ['https://vpn.example.com', 'https://vpn.example.com', ''],
  ['https://vpn.example.com/', 'https://vpn.example.com', ''],
  ['https://vpn.example.com/v2.0', 'https://vpn.example.com', ''],
  ['https://vpn.example.com/v2.0/', 'https://vpn.example.com', ''],
  ['http://vpn.example.com:9696/network', 'http://vpn.example.com:9696', '/network'],
  ['http://[::1]:9696/a/b/v2.0/', 'http://[::1]:9696', '/a/b'],
  ['https://vpn.example.com/v2.0/vpn/ipsec-site-connections', 'https://vpn.example.com', ''],
  ['https://vpn.example.com/network/v2.0/vpn/ipsec-site-connections/', 'https://vpn.example.com', '/network'],
] as const)('TARGET_URL %s is the origin %s and the base path %s', ([url, origin, basePath]) => {
  expect(readTarget(url)).toEqual({ origin, basePath });
});

test.for([
  ['vpn.example.com', 'is no URL'],
  ['ftp://vpn.example.com', 'is neither http nor https'],
  ['https://user:hunter2hunter2@vpn.example.com', 'holds user information'],
  ['https://vpn.example.com/?a=b', 'has a query'],
  ['https://vpn.example.com/?', 'has a query'],
  ['https://vpn.example.com/#top', 'has a fragment'],
] as const)('TARGET_URL %s is refused: it %s', ([url, why]) => {
  expect(() => readTarget(url)).toThrow(why);
  expect(() => readTarget(url)).not.toThrow('hunter2');
});

test.for([
  [{ TARGET_URI: 'x' }, /^TARGET_URI is not known: did you mean TARGET_URL\?$/],
  [{ TARGETURL: 'x' }, 'did you mean TARGET_URL?'],
  [{ target_url: 'x' }, 'did you mean TARGET_URL?'],
  [{ TRAGET_TOKEN: 'x' }, 'did you mean TARGET_TOKEN?'],
  [{ WAIVER: 'x' }, 'did you mean WAIVERS?'],
  [{ GATES: 'x' }, 'did you mean GATE?'],
  [{ CONCURENCY: '1' }, 'did you mean CONCURRENCY?'],
  [{ TARGET_URL: '' }, 'TARGET_URL is empty: name the target, or reference for the embedded one'],
  [{ TARGET_URL: '', TARGET_TOKEN: 'a-token' }, 'TARGET_URL is empty'],
  [{ TARGET_TOKEN: 'a-token' }, 'TARGET_TOKEN is set, TARGET_URL is not'],
  [{ KNOWN_CONNECTIONS: 'known.yaml' }, 'KNOWN_CONNECTIONS is set, TARGET_URL is not'],
  [{ WAIVERS: 'waivers.yaml' }, 'WAIVERS is set, TARGET_URL is not'],
  [{ RECORD: 'run.har' }, 'RECORD is set, TARGET_URL is not'],
  [{ TARGET_TIMEOUT_MS: '4000000' }, 'TARGET_TIMEOUT_MS must be a whole number from 1 to 3600000, not 4000000'],
  [{ TARGET_TIMEOUT_MS: 'soon' }, 'TARGET_TIMEOUT_MS must be a whole number from 1 to 3600000'],
  [{ TARGET_TIMEOUT_MS: '0' }, 'TARGET_TIMEOUT_MS must be a whole number'],
  [{ TARGET_BODY_LIMIT_MIB: '1.5' }, 'TARGET_BODY_LIMIT_MIB must be a whole number'],
  [{ CONCURRENCY: '65' }, 'CONCURRENCY must be a whole number from 1 to 64'],
  [{ SEED: '-1' }, 'SEED must be a whole number'],
  [{ EDITION: '2019' }, 'EDITION must be one of 2020-04, otc-2025-08, swiss-2025-07, openstack'],
  [{ GATE: 'MUST' }, 'GATE must be one of must, should, may'],
  [{ REQUIRE_EVIDENCE: 'yes' }, 'REQUIRE_EVIDENCE must be one of 0, 1'],
  [{ TARGET_TOKEN: 'two words' }, 'TARGET_TOKEN must be printable ASCII'],
  [{ TARGET_URL: 'http://a.example', SECOND_TOKEN: 'second' }, 'SECOND_TOKEN is set without TARGET_TOKEN'],
] as const)('%o is one clear line', ([environment, line]) => {
  const read = () => readConfiguration(environment, none);
  expect(read).toThrow(ConfigurationError);
  expect(read).toThrow(line);
});

test('a mistake about a token does not show it', () => {
  expect(() => readConfiguration({ TARGET_TOKEN: 'hunter2 hunter2' }, none)).not.toThrow(/hunter2/);
});

test('an empty variable counts as not set', () => {
  expect(readConfiguration({ TARGET_TOKEN: '', GATE: '' }, none)).toMatchObject({ target: null, gate: 'SHOULD' });
});

test('a .env file is read, and the environment wins', () => {
  const file = join(newFolder(), '.env');
  writeFileSync(file, '# staging\nTARGET_URL="http://vpn.example.com"\nSEED=7\nGATE=must\n');
  const configuration = readConfiguration({ SEED: '8' }, file);
  expect(configuration).toMatchObject({ target: { origin: 'http://vpn.example.com' }, seed: 8, gate: 'MUST' });
});

test('what others name is theirs, also where it begins with TARGET_', () => {
  const others = {
    TARGET_BRANCH: 'main',
    TARGET_ENV: 'ci',
    TARGET_ORG: 'x',
    TARGET_CI: '1',
    DATE: 'x',
    SPEED: '1',
    RECORDER: 'x',
  };
  expect(readConfiguration(others, none)).toMatchObject({ target: null });
});

test('the embedded target is asked for by name, and takes no credentials', () => {
  const configuration = readConfiguration({ TARGET_URL: 'reference', RECORD: 'run.har', OS_CLOUD: 'mine' }, none);
  expect(configuration).toMatchObject({ target: null, file: null, record: 'run.har', keystone: { first: null } });
});

test.for([
  ['UTF-8 with a byte order mark', Buffer.from('\ufeffTARGET_URL=http://a.example\n')],
  ['UTF-16, little end first', Buffer.from('\ufeffTARGET_URL=http://a.example\r\n', 'utf16le')],
  ['UTF-16, big end first', Buffer.from('\ufeffTARGET_URL=http://a.example\r\n', 'utf16le').swap16()],
  ['UTF-16 without a mark', Buffer.from('TARGET_URL=http://a.example\r\n', 'utf16le')],
  ['UTF-8 with a comment and export', Buffer.from('# staging\nexport TARGET_URL=http://a.example\nSEED=2')],
] as const)('a .env file in %s is read', ([, bytes]) => {
  const file = join(newFolder(), '.env');
  writeFileSync(file, bytes);
  expect(readConfiguration({}, file)).toMatchObject({ target: { origin: 'http://a.example' } });
});

test.for([
  ['TARGET_URL: http://a.example', ', line 1: TARGET_URL is followed by a colon; write TARGET_URL=value'],
  ['SEED=1\n\nhttp://a.example', ', line 3: it is no NAME=value'],
  ['SEED="1\n2"\nhunter2 hunter2', ', line 3: it is no NAME=value'],
  ['target_url=http://a.example', 'target_url is not known: did you mean TARGET_URL?'],
] as const)('a .env file with the line %j is refused', ([text, line]) => {
  const file = join(newFolder(), '.env');
  writeFileSync(file, text);
  const read = () => readConfiguration({}, file);
  expect(read).toThrow(ConfigurationError);
  expect(read).toThrow(line);
  expect(read).not.toThrow('hunter2');
});

test('a .env that is a folder is one clear line', () => {
  const folder = newFolder();
  const read = () => readConfiguration({}, folder);
  expect(read).toThrow(ConfigurationError);
  expect(read).toThrow(`${folder} cannot be read (EISDIR)`);
});

test('several connections with defaults are named with commas', () => {
  const { defaultsConnections } = readConfiguration(
    { TARGET_URL: 'http://a.example', DEFAULTS_CONNECTION: ' a, b ,' },
    none,
  );
  expect(defaultsConnections).toEqual(['a', 'b']);
});
