import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfigurationError } from '../harness/base/configuration-error.ts';
import { readConfiguration, type Target } from '../harness/configuration/configuration.ts';
import { contract } from '../harness/contract/editions.ts';
import { unseenIn } from '../harness/judging/needs.ts';
import { observeRun } from '../harness/run/observe-run.ts';
import { requirements } from '../suites/requirements.ts';
import { freshWorld, judgeAll } from './observe-fault.ts';

const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const path = '/v2.0/vpn/ipsec-site-connections';
const token = 'gAAAAABthe-token-of-another-tool';
const list = listOfWorld();

/** The list as a world holds it. */
function listOfWorld(): string {
  const { connections, firstProject } = freshWorld();
  const elements = connections.filter(({ owner }) => owner === firstProject).map(({ element }) => element);
  return JSON.stringify({ ipsec_site_connections: elements });
}

/** The ids that fail on a file, and what the user is told of it. */
async function judged(name: string, content: string | Uint8Array) {
  const file = join(folder, name);
  writeFileSync(file, content);
  const configuration = readConfiguration({ TARGET_URL: `file:${file}` }, 'no-such.env');
  const observed = await observeRun(requirements, contract, configuration, configuration.target as Target);
  const { capture, remarks } = observed;
  const own = requirements.filter(({ needs }) => capture === null || unseenIn(capture, needs) === undefined);
  const verdicts = [...judgeAll(observed.observations, own)];
  const failing = verdicts.filter(([, { kind }]) => kind === 'fail' || kind === 'broken').map(([id]) => id);
  const reasons = new Map(verdicts.map(([id, verdict]) => [id, 'reason' in verdict ? verdict.reason : verdict.kind]));
  return { failing, reasons, remarks, capture };
}

type Headers = readonly (readonly [name: string, value: string])[];
const named = (headers: Headers) => headers.map(([name, value]) => ({ name, value }));

const answered: Headers = [
  ['Content-Type', 'application/json'],
  ['Cache-Control', 'no-store'],
  ['X-Openstack-Request-Id', 'req-6b8ff5a0-2f0f-4a6c-9a4f-000000000000'],
];

/** An entry of a HAR file, with what a tool has of its own. */
function entry(own: { url?: string; method?: string; request?: object; response?: object; content?: object } = {}) {
  return {
    startedDateTime: '2026-11-01T00:00:00.000Z',
    time: 12.5,
    request: {
      method: own.method ?? 'GET',
      url: own.url ?? `https://vpn.example${path}`,
      headers: named([['X-Auth-Token', token]]),
      ...own.request,
    },
    response: {
      status: 200,
      headers: named(answered),
      content: { mimeType: 'application/json', text: list, size: Buffer.byteLength(list), ...own.content },
      ...own.response,
    },
  };
}

const har = (...entries: readonly object[]) => JSON.stringify({ log: { version: '1.2', entries } });

describe('what a file went through is no violation:', () => {
  test.for([
    ['a byte order mark', Buffer.from(`\ufeff${list}`), 'byte order mark'],
    ['UTF-16, as a shell writes it', Buffer.from(`\ufeff${list}`, 'utf16le'), 'UTF-16'],
    ['gzip', gzipSync(list), 'gzip'],
    ['gzip of a HAR file', gzipSync(har(entry())), 'gzip'],
    ['a byte order mark before a HAR file', `\ufeff${har(entry())}`, 'byte order mark'],
  ] as const)('%s', async ([, content, remark]) => {
    const { failing, remarks } = await judged('file.json', content);
    expect(failing).toEqual([]);
    expect(remarks.join()).toContain(remark);
  });
});

describe('what tools leave out, or write in a way of their own, is no violation:', () => {
  const base64 = { text: Buffer.from(list).toString('base64'), encoding: 'base64' };
  test.for([
    ['no version, and comments', JSON.stringify({ log: { comment: 'x', entries: [entry()], pages: [] } })],
    ['a body in base64', har(entry({ content: base64 }))],
    ['a size of -1', har(entry({ content: { size: -1 } }))],
    ['a size of what came compressed', har(entry({ content: { size: 10, compression: 5 } }))],
    [
      'the header of a coding that is undone',
      har(entry({ response: { headers: named([...answered, ['content-encoding', 'gzip']]) } })),
    ],
    [
      'pseudo headers of HTTP/2',
      har(entry({ response: { httpVersion: 'h2', headers: named([[':status', '200'], ...answered]) } })),
    ],
    [
      'a length that a proxy changed',
      har(entry({ response: { headers: named([...answered, ['content-length', '7']]) } })),
    ],
    [
      'an entry that is null, and one without a response',
      `{"log":{"entries":[null,{"request":{}},${JSON.stringify(entry())}]}}`,
    ],
    ['an address that is none', har(entry({ url: 'about:blank' }), entry())],
    ['a number that keeps caches away', har(entry({ url: `https://vpn.example${path}?_=1700000000000` }))],
  ] as const)('%s', async ([, content]) => {
    expect((await judged('tool.har', content)).failing).toEqual([]);
  });

  test.for([
    ['no body kept', entry({ content: { text: undefined, size: 9000 } })],
    ['no body kept', entry({ content: { text: '', size: -1 } })],
    ['a body cut short', entry({ content: { text: list.slice(0, 500), size: Buffer.byteLength(list) } })],
    ['a 304, whose list stands elsewhere', entry({ response: { status: 304, content: {} } })],
    ['an aborted request', entry({ response: { status: 0, content: {} } })],
    ['a request without credentials that was refused', entry({ request: { headers: [] }, response: { status: 401 } })],
    ['another operation', entry({ url: 'https://vpn.example/v2.0/networks' })],
    ['another operation', entry({ method: 'OPTIONS', response: { status: 204 } })],
  ] as const)('%s is left out, and counted', async ([why, left]) => {
    const { failing, remarks } = await judged('left.har', har(left, entry(), entry()));
    expect(failing).toEqual([]);
    expect(remarks).toEqual([`The HAR file, by what was left out: 1 ${why}.`]);
  });

  test('another origin than the one with the most lists', async () => {
    const foreign = entry({ url: `https://elsewhere.example${path}`, response: { status: 500 } });
    const { failing, remarks } = await judged('origins.har', har(foreign, entry(), entry()));
    expect([failing, remarks]).toEqual([[], ['The HAR file, by what was left out: 1 another origin.']]);
  });

  test('no headers at all: what they would say is not asked', async () => {
    expect((await judged('headless.har', har(entry({ response: { headers: [] } })))).failing).toEqual([
      'advice.cache-control.given',
      'advice.request-id',
    ]);
  });
});

test('what was never asked is inconclusive, because it was never asked', async () => {
  const { reasons } = await judged('one.har', har(entry()));
  expect(reasons.get('projection.single.mtu')).toBe('it was not asked');
  expect(reasons.get('robustness.nul.fields')).toBe('it was not asked');
  expect([...reasons.values()].join()).not.toContain('429');
});

test('where requests write, nothing is said of what reading changes', async () => {
  const renamed = list.replaceAll('"mtu":1400', '"mtu":1401');
  const write = entry({ method: 'PUT', url: `https://vpn.example${path}/1`, response: { status: 200 } });
  const states = [list, renamed, list, renamed, list];
  const entries = states.flatMap((text) => [entry({ content: { text, size: Buffer.byteLength(text) } }), write]);
  const { failing, reasons, remarks } = await judged('written.har', har(...entries));
  expect(failing).toEqual([]);
  expect(reasons.get('consistency.members')).toBe('the file has requests that write');
  expect(remarks.join()).toContain('requests that write');
});

test('the credentials of a HAR file are secrets, and an answer that repeats one is told', async () => {
  const told = list.replace('"ipsec_site_connections"', `"debug":"${token}","ipsec_site_connections"`);
  const { failing } = await judged('echo.har', har(entry({ content: { text: told, size: Buffer.byteLength(told) } })));
  expect(failing).toEqual(['errors.secrets']);
});

describe('an answer saved with curl -i', () => {
  const head = ['HTTP/1.1 200 OK', ...answered.map(([name, value]) => `${name}: ${value}`)];
  test.for([
    ['CR LF', [...head, '', list].join('\r\n')],
    ['LF', [...head, '', list].join('\n')],
    ['HTTP/2', ['HTTP/2 200', ...head.slice(1), '', list].join('\r\n')],
    ['a proxy before it', ['HTTP/1.1 200 Connection established', '', ...head, '', list].join('\r\n')],
    ['a 100 Continue before it', ['HTTP/1.1 100 Continue', '', ...head, '', list].join('\r\n')],
    ['a redirect before it', ['HTTP/1.1 301 Moved', 'Location: /x', '', ...head, '', list].join('\r\n')],
    ['a coding that curl undid', [...head, 'Content-Encoding: gzip', '', list].join('\r\n')],
    ['a byte order mark', `\ufeff${[...head, '', list].join('\r\n')}`],
  ] as const)('after %s is read with its head', async ([, content]) => {
    const { failing, reasons, capture } = await judged('answer.txt', content);
    expect([failing, capture]).toEqual([[], 'answer']);
    expect(reasons.get('envelope.status')).toBe('pass');
    expect(reasons.get('envelope.content-type')).toBe('pass');
  });

  test('is judged by its status, and by its headers', async () => {
    const { failing } = await judged(
      'answer.txt',
      ['HTTP/1.1 200 OK', 'Content-Type: text/html', '', list].join('\r\n'),
    );
    expect(failing).toContain('envelope.content-type');
    const broken = await judged('answer.txt', ['HTTP/1.1 500 Oops', 'Content-Type: text/html', '', '<p>'].join('\r\n'));
    expect(broken.failing).toContain('envelope.status');
  });
});

test('a list with a member named error is judged', async () => {
  const { failing } = await judged('list.json', list.replace('{', '{"error": null, '));
  expect(failing).toEqual([]);
});

describe('what cannot be judged is one line that names it:', () => {
  test.for([
    ['nothing', '', 'is empty'],
    ['blanks', ' \n', 'is empty'],
    ['a zip archive', Buffer.from('PK\u0003\u0004'), 'is a zip archive'],
    ['a spoilt gzip file', Buffer.from([0x1f, 0x8b, 0x08, 0x00, 0x01]), 'cannot be unpacked'],
    ['a table', '+----+------+\n| ID | Name |\n+----+------+\n', 'is a table that openstack prints'],
    ['a list of the client', '[{"ID": "1", "Name": "a", "Peer Address": "x"}]', 'is what openstack -f json prints'],
    [
      'a connection of the client',
      '{"Authentication Algorithm": "psk", "ID": "1"}',
      'is what openstack -f json prints',
    ],
    [
      'columns of the client',
      '[\n {\n  "Field": "Pre-shared Key",\n "Value": "x"}]',
      'is what openstack -f json prints',
    ],
    [
      'a log of the client',
      'REQ: curl -g -i -X GET https://vpn.example\nRESP BODY: {}',
      'is what openstack --debug prints',
    ],
    ['curl -v', '*   Trying 127.0.0.1:1...\n> GET / HTTP/1.1\n< HTTP/1.1 200 OK\n', 'is what curl -v prints'],
    [
      'a Postman collection',
      '{"info": {"_postman_id": "6b8ff5a0-2f0f-4a6c", "name": "VPN"}}',
      'is a Postman collection',
    ],
    ['an API description', '{"openapi": "3.1.0"}', 'is an API description'],
    ['an error of Neutron', '{"NeutronError": {"type": "HTTPNotFound"}}', 'is an error of the API, without its status'],
    ['an error of Keystone', ' {\n "error": {"code": 401}}', 'is an error of the API, without its status'],
    [
      'an error of a gateway',
      '{"error_msg": "x", "error_code": "APIGW.0301"}',
      'is an error of the API, without its status',
    ],
    ['a refusal', 'HTTP/1.1 401 Unauthorized\r\n\r\n{}', 'is a refusal (401)'],
    [
      'a HAR file without a list',
      har(entry({ url: 'https://vpn.example/v2.0/networks' })),
      'shows no list of connections in its 1 entry: 1 another operation',
    ],
    ['a HAR file without entries', '{"log": {"entries": []}}', 'shows no list of connections in its 0 entries'],
  ] as const)('%s', async ([, content, why]) => {
    const reading = judged('other', content);
    await expect(reading).rejects.toThrow(ConfigurationError);
    await expect(reading).rejects.toThrow(why);
  });

  test('a folder', async () => {
    const home = join(folder, 'home');
    mkdirSync(home);
    const configuration = readConfiguration({ TARGET_URL: `file:${home}` }, 'no-such.env');
    const reading = observeRun(requirements, contract, configuration, configuration.target as Target);
    await expect(reading).rejects.toThrow('is a folder: name a file in it');
  });
});
