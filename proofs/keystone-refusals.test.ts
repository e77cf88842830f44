import { createServer, type ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { encodingsOf } from '../harness/base/encodings.ts';
import { account, endpoint, type FakeOptions } from './fake-keystone.ts';
import { listen } from './listening.ts';
import { type Environment, keystone, lineOf, network, project, user } from './signing-in.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

describe('says in one line, without a secret, that', () => {
  const refused = 'answers 401 (The request you have made requires authentication)';

  test.for<[string, Environment, string, FakeOptions?]>([
    [
      'the password is wrong',
      { ...user, ...project, OS_PASSWORD: 'wrong' },
      `${refused}: check OS_USERNAME, OS_PASSWORD`,
    ],
    [
      'the project is wrong',
      { ...user, OS_PROJECT_NAME: 'other' },
      `${refused}: OS_USERNAME, OS_PASSWORD are accepted, but not for the project other in the domain default: check OS_PROJECT_NAME`,
    ],
    [
      'the project id is wrong',
      { ...user, OS_PROJECT_ID: 'p-other' },
      `${refused}: OS_USERNAME, OS_PASSWORD are accepted, but not for the project p-other: check OS_PROJECT_ID`,
    ],
    [
      'the secret is wrong',
      { OS_APPLICATION_CREDENTIAL_ID: account.credential.id, OS_APPLICATION_CREDENTIAL_SECRET: 'wrong' },
      `${refused}: check OS_APPLICATION_CREDENTIAL_ID, OS_APPLICATION_CREDENTIAL_SECRET`,
    ],
    ['the token is wrong', { OS_TOKEN: 'wrong', ...project }, `${refused}: check OS_TOKEN`],
    ['no project is named', user, "Keystone's token is for no project: set OS_PROJECT_NAME"],
    [
      'the region is wrong',
      { ...user, ...project, OS_REGION_NAME: 'Two' },
      'OS_REGION_NAME is Two, where the network service has no public endpoint; regions known are RegionOne',
    ],
    [
      'the region is missing',
      { ...user, ...project },
      'OS_REGION_NAME is missing: the network service is in several regions, One, Two',
      { catalogue: [endpoint(network, 'One'), endpoint(network, 'Two')] },
    ],
    [
      'the interface is wrong',
      { ...user, ...project, OS_INTERFACE: 'internal' },
      'the network service has no internal endpoint; OS_INTERFACE may be public',
    ],
    [
      'the interface is none',
      { ...user, ...project, OS_INTERFACE: 'private' },
      'OS_INTERFACE must be one of public, internal, admin',
    ],
    [
      'there is no network service',
      { ...user, ...project },
      "Keystone's catalogue has no network service; it has compute: set TARGET_URL",
      { catalogue: [{ type: 'compute', endpoints: [] }] },
    ],
    [
      'the endpoint is no URL',
      { ...user, ...project },
      "the catalogue's network endpoint is no URL; it is everything before /v2.0",
      { catalogue: [endpoint('/network')] },
    ],
    ['OS_USERNAME is missing', { OS_PASSWORD: account.password }, 'OS_USERNAME or OS_USER_ID is missing'],
    ['OS_PASSWORD is missing', { OS_USERNAME: 'alpha' }, 'OS_PASSWORD is missing'],
    ['everything is missing', {}, 'credentials for Keystone are missing: set OS_USERNAME and OS_PASSWORD, or'],
    [
      'the credential has no name',
      { OS_APPLICATION_CREDENTIAL_SECRET: account.credentialSecret },
      'OS_APPLICATION_CREDENTIAL_ID or OS_APPLICATION_CREDENTIAL_NAME is missing',
    ],
    [
      'the way to authenticate is unknown',
      { ...user, OS_AUTH_TYPE: 'v3oidcpassword' },
      'OS_AUTH_TYPE v3oidcpassword is not known here; known are password, v3password, token',
    ],
    ['version 2 is meant', { ...user, OS_IDENTITY_API_VERSION: '2' }, 'OS_IDENTITY_API_VERSION must be 3'],
    [
      'there are two second credentials',
      { ...user, ...project, SECOND_TOKEN: 'a', SECOND_OS_CLOUD: 'b' },
      'SECOND_OS_CLOUD and SECOND_TOKEN are both set: one is enough',
    ],
  ])('%s', async ([, environment, line, options]) => {
    const { authUrl } = await keystone(options);
    expect(await lineOf({ OS_AUTH_URL: authUrl, ...environment })).toContain(line);
  });

  test.for([
    ['keystone.example', 'OS_AUTH_URL is no URL'],
    ['ftp://keystone.example', 'OS_AUTH_URL is neither http nor https'],
    ['http://alpha:beta-password@keystone.example', 'OS_AUTH_URL holds user information'],
    ['http://keystone.example?a=b', 'OS_AUTH_URL has a query or a fragment'],
    ['http://keystone.example/v2.0', "OS_AUTH_URL is Keystone's v2.0, and the suite speaks v3"],
  ] as const)('OS_AUTH_URL %s cannot be used', async ([authUrl, line]) => {
    expect(await lineOf({ OS_AUTH_URL: authUrl, ...user, ...project })).toBe(line);
  });
});

describe('in place of Keystone', () => {
  const send =
    (status: number, body = '', headers: Record<string, string> = {}) =>
    (response: ServerResponse) =>
      response.writeHead(status, headers).end(body);
  const json = { 'content-type': 'application/json' };
  const right = 'is OS_AUTH_URL right?';
  const notKeystone = `does not answer as Keystone v3: ${right}`;

  test.for<[string, FakeOptions['instead'], string]>([
    [
      'a redirect',
      send(302, '', { location: 'https://login.example/?password=1' }),
      `answers 302, a redirect to https://login.example: ${right}`,
    ],
    ['a redirect to nowhere', send(301), `answers 301, a redirect: ${right}`],
    ['a 404', send(404, 'not here'), `answers 404: ${right}`],
    ["Keystone's list of versions", send(300, '{"versions": {}}', json), `answers 300, a redirect: ${right}`],
    ['another API', send(200, '{"status": "ok"}', json), notKeystone],
    ['a token without X-Subject-Token', send(201, '{"token": {"project": {"id": "1"}}}', json), notKeystone],
    ['a web page', send(200, '<html>\nlog in</html>', { 'content-type': 'text/html' }), notKeystone],
    ['no JSON', send(201, '{"token": {', { ...json, 'x-subject-token': 'a' }), notKeystone],
    ['a catalogue of another shape', send(201, '{"token": {"catalog": [1]}}', { 'x-subject-token': 'a' }), notKeystone],
    [
      'a second factor',
      send(401, '{"error": {"message": "Additional authentications steps required."}}', {
        'openstack-auth-receipt': 'r',
      }),
      'it asks for a second factor, which the suite has not: use an application credential',
    ],
    ['a gateway in trouble', send(503, '<h1>busy</h1>'), 'answers 503'],
    ['an error of a megabyte', send(500, JSON.stringify({ error: { message: 'x'.repeat(1e6) } }), json), 'answers 500'],
    [
      'a message of many lines',
      send(400, '{"error": {"message": "one\\n\\u2028two\\u001b[2J"}}', json),
      'answers 400 (one two [2J)',
    ],
  ])('%s is named', async ([, instead, line]) => {
    const { authUrl } = await keystone({ instead: instead as FakeOptions['instead'] & object });
    expect(await lineOf({ OS_AUTH_URL: authUrl, ...user, ...project })).toContain(line);
  });

  test('nobody is named', async () => {
    const authUrl = 'http://127.0.0.1:1/v3';
    expect(await lineOf({ OS_AUTH_URL: authUrl, ...user, ...project })).toBe(
      `Keystone cannot be asked at ${authUrl}: the connection was refused (ECONNREFUSED): is OS_AUTH_URL right?`,
    );
  });

  test('silence ends with the time limit', async () => {
    const { authUrl } = await keystone({ instead: () => {} });
    const line = await lineOf({ OS_AUTH_URL: authUrl, ...user, ...project, TARGET_TIMEOUT_MS: '100' });
    expect(line).toContain('the whole answer did not come within the time limit');
  });

  test('what is not HTTP is named', async () => {
    const server = await listen(createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')));
    open.push(server);
    const line = await lineOf({ OS_AUTH_URL: `http://127.0.0.1:${server.port}`, ...user, ...project });
    expect(line).toContain('what came is not HTTP/1.1');
  });

  test('an answer without end is not taken', async () => {
    const server = await listen(
      createServer((_request, response) => {
        const more = () => {
          while (response.write('x'.repeat(65536)));
        };
        response.on('drain', more).writeHead(201, { 'x-subject-token': 'a' });
        more();
      }),
    );
    open.push(server);
    const line = await lineOf({ OS_AUTH_URL: `http://127.0.0.1:${server.port}`, ...user, ...project });
    expect(line).toContain(notKeystone);
  });
});

describe('a Keystone that quotes a secret is not quoted:', () => {
  test.for([...encodingsOf(account.password)].map((form, index) => [index, form] as const))(
    'form %i',
    async ([, form]) => {
      const { authUrl } = await keystone({ refusal: () => `no user with ${form} here` });
      const line = await lineOf({ OS_AUTH_URL: authUrl, ...user, OS_PROJECT_NAME: 'other' });
      expect(line).toContain('answers 401: OS_USERNAME, OS_PASSWORD are accepted');
    },
  );

  test.for<[string, Environment]>([
    ['a token', { OS_TOKEN: account.token, OS_PROJECT_NAME: 'other' }],
    [
      'a secret',
      { OS_APPLICATION_CREDENTIAL_ID: 'unknown', OS_APPLICATION_CREDENTIAL_SECRET: account.credentialSecret },
    ],
  ])('%s', async ([, environment]) => {
    const { authUrl } = await keystone({ refusal: (auth) => JSON.stringify(auth) });
    expect(await lineOf({ OS_AUTH_URL: authUrl, ...environment })).toMatch(/answers 401: .*check OS_/);
  });
});
