import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createApi } from '../../reference/api.ts';
import type { Api, ApiResponse } from '../../reference/http.ts';
import { header, withBody } from '../../reference/http.ts';
import type { Element } from '../../reference/json.ts';
import { serve } from '../../reference/server.ts';
import { createWorld, type World } from '../../reference/world.ts';
import { removeRun, runCommand, runSuite, type SuiteRun } from './run-suite.ts';

/** Values that must not leave the process: some were given to the suite, some come from the target. */
const secrets = {
  token: 'gAAAAABcanaryTOKENfirst0123456789_-AbCdEfGh',
  second: 'gAAAAABcanaryTOKENsecond9876543210-_ZyXwVu',
  psk: 'canary-psk "quoted" \\ ünïcode & <b>',
  other: 'Canary+Psk/With=Base64==',
  short: 'cnry7',
  cookie: 'canarycookie4f1c0ffee',
  authorization: 'Bearer canarybearer0badc0de',
  // Too short to be looked for in an answer, and a secret all the same.
  gateway: 'canary-gw-9c',
};

/** Violates much, so that much is shown, and reflects every secret wherever a target could. */
function echo(world: World): Api {
  const elements = world.connections.map(({ element }) => element);
  const change = (index: number, members: Element) => Object.assign(elements[index] as Element, members);
  change(0, { psk: secrets.psk, name: secrets.psk, mtu: secrets.psk, peer_address: secrets.psk });
  change(1, {
    psk: secrets.other,
    status: secrets.other,
    description: `is ${Buffer.from(secrets.psk).toString('base64')}`,
  });
  change(2, { psk: secrets.short, initiator: secrets.short, ikepolicy_id: `${secrets.short} ${secrets.other}` });
  change(3, { psk: [secrets.psk], dpd: { psk: secrets.psk, action: secrets.psk, interval: 30, timeout: 120 } });
  change(4, {
    id: encodeURIComponent(secrets.psk),
    admin_secret: 'canary-undocumented-secret',
    psk: 31337001337,
    [secrets.other]: 1,
  });
  change(5, { peer_cidrs: [secrets.psk, JSON.stringify(secrets.psk)], auth_mode: secrets.token });
  const api = createApi(world);
  let turn = 0;
  return (request) => {
    turn += 1;
    const token = header(request, 'x-auth-token') ?? '';
    const reflected = [
      ['X-Echo-Token', token],
      ['X-Echo-Psk', encodeURIComponent(secrets.psk)],
      ['Set-Cookie', `session=${secrets.cookie}; HttpOnly`],
      ['Authorization', secrets.authorization],
      ['X-Echo-Gateway', header(request, 'x-gateway') ?? ''],
      ['X-Base64', Buffer.from(`user:${secrets.other}`).toString('base64')],
    ] as const;
    const answer = spoil(api(request), turn, token);
    return { ...answer, headers: [...answer.headers, ...reflected] };
  };
}

/** Now and then: an error that quotes, a redirect that quotes, a text that is no JSON, a page. */
function spoil(answer: ApiResponse, turn: number, token: string): ApiResponse {
  const quoted = `psk=${encodeURIComponent(secrets.psk)}&token=${token}&cookie=${secrets.cookie}`;
  if (turn % 11 === 5)
    return { status: 302, headers: [['Location', `https://login.example.com/?${quoted}`]], body: new Uint8Array() };
  if (turn % 11 === 6)
    return withBody(
      { ...answer, status: 500 },
      JSON.stringify({ error: `no ${secrets.psk} for ${token}`, auth: secrets.authorization }),
    );
  if (turn % 11 === 7)
    return withBody(answer, `{"ipsec_site_connections": [{"psk": "${secrets.other}", "name": "${secrets.other}", }`);
  if (turn % 11 === 8)
    return withBody(
      answer,
      `<p>${secrets.psk.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')} ${secrets.cookie}</p>`,
    );
  return answer;
}

/** The forms in which a secret might show: written here anew, so that redaction is not held to its own idea of them. */
function formsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const base64 = (prefix: string) =>
    Buffer.from(prefix + secret)
      .toString('base64')
      .slice(4, -4);
  return [
    secret,
    json,
    JSON.stringify(json).slice(1, -1),
    encodeURIComponent(secret),
    encodeURI(secret),
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    ...(secret.length < 12 ? [] : [base64(''), base64('xyz'), base64('x').slice(2), base64('xy').slice(2)]),
  ];
}

const runs: SuiteRun[] = [];
afterAll(() => runs.forEach(removeRun));

test('no secret shows in any output of a run whose target reflects them all', async () => {
  const world = createWorld({ seed: 1, items: 12, tokens: { first: secrets.token, second: secrets.second } });
  const target = await serve(echo(world));
  try {
    const environment = {
      TARGET_URL: target.url,
      TARGET_TOKEN: secrets.token,
      SECOND_TOKEN: secrets.second,
      TARGET_HEADERS: JSON.stringify({ 'X-Gateway': secrets.gateway }),
      GATE: 'may',
    };
    const reporters = ['verbose', 'json', 'junit'].map((name) => `--reporter=${name}`);
    const outputs = ['--outputFile.json={folder}/vitest.json', '--outputFile.junit={folder}/vitest.xml'];
    const own = await runSuite(environment);
    const others = await runSuite(environment, ...reporters, ...outputs);
    runs.push(own, others);
    const report = await runCommand('report', own.folder);
    expect([own.code, others.code, report.code]).toEqual([1, 1, 0]);
    // The run showed what it was meant to show: places full of secrets.
    expect(own.stdout).toMatch(/✗ parameters\.type\.mtu /);
    expect(own.stdout).toContain('[redacted ');
    expect(filesBelow(others.folder).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['vitest.json', 'vitest.xml']),
    );
    const written = [own, others].flatMap(({ folder, stdout, stderr }) => [
      { name: 'stdout', text: stdout },
      { name: 'stderr', text: stderr },
      ...filesBelow(folder),
    ]);
    const known = [...Object.values(secrets), 'canarybearer0badc0de', '31337001337', 'canary-undocumented-secret'];
    const leaks = known.flatMap((secret) =>
      formsOf(secret).flatMap((form) =>
        written.filter(({ text }) => text.includes(form)).map(({ name }) => `${form} in ${name}`),
      ),
    );
    expect([...new Set(leaks)].slice(0, 20)).toEqual([]);
  } finally {
    await target.close();
  }
}, 120_000);

/** Every file below a folder; what the single HTML file holds in base64 is decoded beside it. */
function filesBelow(folder: string): { name: string; text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
      const embedded = [...text.matchAll(/"([A-Za-z0-9+/]{40,}={0,2})"/g)].map(([, data = '']) =>
        Buffer.from(data, 'base64').toString(),
      );
      return [
        { name: entry.name, text },
        ...(embedded.length > 0 ? [{ name: `${entry.name} (decoded)`, text: embedded.join('\n') }] : []),
      ];
    });
}
