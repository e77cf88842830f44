import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { removeRun, runCommand, runSuite, runSuiteIn, type SuiteRun } from './run-suite.ts';

/** The names under which people and tools keep a key. */
const spellings = [
  'psk',
  'PSK',
  'Pre-shared Key',
  'pre-shared-key',
  'pre_shared_key',
  'preSharedKey',
  'PreSharedKey',
  'PRE SHARED KEY',
  'sharedSecret',
  'X-Auth-Token',
] as const;

/** A key of each spelling, which nothing else could be. */
const keys = spellings.map((_, index) => `canary${index}Key-${'fedcba98'.repeat(2)}`);

const member = Object.fromEntries(spellings.map((name, index) => [name, keys[index]]));
const fields = spellings.map((name, index) => ({ Field: name, Value: keys[index] }));
// Each key is shown where no name tells it, too: in an enumeration that it breaks.
const connection = { id: 'a-connection', ...member, fields, status: keys[2], name: keys[1], mtu: [keys[3]] };

const token = 'gAAAAABcanary-token-of-a-browser';
const list = JSON.stringify({ ipsec_site_connections: [connection], debug: token });
const har = {
  log: {
    entries: [
      {
        request: {
          method: 'GET',
          url: 'https://vpn.example/v2.0/vpn/ipsec-site-connections',
          headers: [{ name: 'X-Auth-Token', value: token }],
          cookies: [{ name: 'session', value: 'canary-cookie-4f1c0ffee' }],
        },
        response: {
          status: 200,
          headers: [
            { name: 'Content-Type', value: 'application/json' },
            { name: 'X-Echo', value: `session=canary-cookie-4f1c0ffee ${token}` },
          ],
          content: { text: list },
        },
      },
    ],
  },
};

const shapes = {
  'a bare array': JSON.stringify([connection]),
  'one connection': JSON.stringify({ ipsec_site_connection: connection }),
  'an object': JSON.stringify(connection),
  'a list': list,
  'a HAR file': JSON.stringify(har),
  'a list that is no JSON': `${JSON.stringify({ ipsec_site_connections: [connection] }).slice(0, -1)},}`,
} as const;

const runs: SuiteRun[] = [];
afterAll(() => runs.forEach(removeRun));

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile() && each.name !== 'capture.json')
    .flatMap((each) => {
      const text = readFileSync(join(each.parentPath, each.name), 'utf8');
      // The page holds its data in base64.
      const inner = each.name.endsWith('.html') ? [...text.matchAll(/[A-Za-z\d+/]{200,}={0,2}/g)] : [];
      return [text, ...inner.map(([data]) => Buffer.from(data, 'base64').toString())];
    });
}

test.for(Object.entries(shapes))('no key of %s shows, however its name is spelt', async ([, content]) => {
  const first = await runSuite({ TARGET_URL: 'file:nowhere' });
  runs.push(first);
  writeFileSync(join(first.folder, 'capture.json'), content);
  const run = await runSuiteIn(first.folder, { TARGET_URL: 'file:capture.json', RECORD: 'again.har', GATE: 'may' });
  expect(run.code).toBe(1);
  const secrets = [...keys, ...(content.includes(token) && content.includes('"log"') ? [token, 'canary-cookie'] : [])];
  if (content === shapes['a HAR file']) {
    expect(await runCommand('report', run.folder)).toMatchObject({ code: 0 });
    expect(run.stdout).toContain('errors.secrets');
  }
  const texts = [run.stdout, run.stderr, ...filesBelow(run.folder)];
  expect(texts.join().length).toBeGreaterThan(1000);
  for (const secret of secrets)
    expect(
      texts.some((text) => text.includes(secret)),
      secret,
    ).toBe(false);
});
