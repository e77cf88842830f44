import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { afterAll, describe, expect, test } from 'vitest';
import { accessOf } from '../harness/configuration/access.ts';
import { readConfiguration, secretsOf, type Target } from '../harness/configuration/configuration.ts';
import { headerValues } from '../harness/http/answer.ts';
import { createClient } from '../harness/http/client.ts';
import { exemptHosts, isProxied, type Proxies, proxyFor, readProxies } from '../harness/http/network.ts';
import { fullList } from '../harness/probes/probe.ts';
import { fixture, serverTls } from './fixtures.ts';
import { startProxy } from './forward-proxy.ts';
import { listen } from './listening.ts';
import { asUser, type Environment, keystone, lineOf, project, user } from './signing-in.ts';

const open: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const each of open.splice(0)) await each.close();
});

function closing<Opened extends { close(): Promise<void> }>(opened: Opened): Opened {
  open.push(opened);
  return opened;
}

const token = 'gAAAAABproxied-token';

/** A target that says what it was asked for. */
async function startTarget(isTls = false): Promise<number> {
  const answer: Parameters<typeof createServer>[1] = ({ url, headers }, response) => {
    response.end(JSON.stringify({ url, host: headers.host, token: headers['x-auth-token'] }));
  };
  return closing(await listen(isTls ? createTlsServer(serverTls(), answer) : createServer(answer as never))).port;
}

function clientOf(environment: Environment) {
  const configuration = readConfiguration({ TARGET_TOKEN: token, ...environment }, 'no-such.env');
  return closing(createClient({ ...(configuration.target as Target), ...configuration }));
}

/** Makes one request and returns the target's words on it. */
async function ask(environment: Environment): Promise<unknown> {
  const exchange = await clientOf(environment).transport(fullList('first'));
  return exchange.kind === 'failure' ? exchange.cause : JSON.parse(Buffer.from(exchange.body).toString() || 'null');
}

const path = '/v2.0/vpn/ipsec-site-connections';
const heard = (host: string) => ({ url: path, host, token });

describe('a proxy is chosen', () => {
  const proxyOf = (origin: string, environment: Environment) =>
    proxyFor(origin, readProxies(environment))?.href ?? null;
  const both = { HTTP_PROXY: 'http://plain:1', HTTPS_PROXY: 'http://secure:2' };

  test.for<[string, Environment, string | null]>([
    ['http://vpn.example', both, 'http://plain:1/'],
    ['https://vpn.example', both, 'http://secure:2/'],
    ['https://vpn.example', { HTTP_PROXY: 'http://plain:1' }, null],
    ['http://vpn.example', { HTTPS_PROXY: 'http://secure:2' }, null],
    ['http://vpn.example', { ...both, http_proxy: 'http://lower:3' }, 'http://lower:3/'],
    ['https://vpn.example', { ...both, https_proxy: 'lower:3' }, 'http://lower:3/'],
    ['http://vpn.example', { ...both, http_proxy: '' }, 'http://plain:1/'],
    ['http://vpn.example', {}, null],
    ['http://localhost:9696', both, null],
    ['http://127.0.0.1', both, null],
    ['https://127.1.2.3:9696', both, null],
    ['http://[::1]:9696', both, null],
    ['http://localhost.example', both, 'http://plain:1/'],
    ['http://127.example', both, 'http://plain:1/'],
  ])('for %s and %o: %s', ([origin, environment, proxy]) => {
    expect(proxyOf(origin, environment)).toBe(proxy);
  });

  test.for<[string, string]>([
    ['http://', 'HTTP_PROXY is no URL'],
    ['socks5://proxy:1080', 'HTTP_PROXY is neither http nor https'],
    ['http://user:hunter2%zz@proxy', 'HTTP_PROXY holds user information that is not percent-encoded'],
  ])('%s is refused in one line', async ([proxy, line]) => {
    const refused = () =>
      clientOf({ TARGET_URL: 'http://vpn.example', HTTP_PROXY: proxy }).transport(fullList('first'));
    await expect(refused).rejects.toThrow(line);
    await expect(refused).rejects.toHaveProperty('name', 'ConfigurationError');
    const keystoneLine = await lineOf({
      OS_AUTH_URL: 'http://keystone.example',
      HTTP_PROXY: proxy,
      ...user,
      ...project,
    });
    expect(keystoneLine).toBe(line);
  });

  test('NO_PROXY may hold IPv6 addresses', () => {
    expect(exemptHosts({ exempt: 'fd00::1, .example' } as Proxies)).toBe('[fd00::1],.example');
  });

  test.for([
    ['http://10.1.2.3', '10.0.0.0/8', false],
    ['http://10.1.2.3', 'example.com, 10.0.0.0/8', false],
    ['http://11.1.2.3', '10.0.0.0/8', true],
    ['http://10.1.2.3:8080', '10.1.2.3/32', false],
    ['http://[fd00::17]', 'fd00::/8', false],
    ['http://[2001:db8::17]', 'fd00::/8', true],
    ['http://10.example.com', '10.0.0.0/8', true],
    ['http://10.1.2.3', '10.0.0.0/99', true],
  ] as const)('%s with NO_PROXY=%s goes through the proxy: %s', ([origin, no_proxy, isThrough]) => {
    expect(isProxied(origin, readProxies({ http_proxy: 'http://proxy', no_proxy }))).toBe(isThrough);
  });

  test.for<[Environment, string]>([
    [{ http_proxy: 'http://proxy' }, 'usual'],
    [{ HTTP_PROXY: 'http://proxy' }, 'upper-case'],
    [{ HTTPS_PROXY: 'http://proxy' }, 'usual'],
  ])('a reproduction with %o is told of a proxy that is %s', ([environment, proxy]) => {
    const configuration = readConfiguration({ TARGET_URL: 'http://vpn.example', ...environment }, 'no-such.env');
    expect(accessOf(configuration, { origin: 'http://vpn.example' }).proxy).toBe(proxy);
    expect(accessOf(configuration, { origin: 'http://127.0.0.1' }).proxy).toBe('none');
  });
});

describe('on the wire', () => {
  test('a plain request is forwarded', async () => {
    const proxy = closing(await startProxy(await startTarget()));
    const found = await ask({ TARGET_URL: 'http://target.example/base', HTTP_PROXY: `http://127.0.0.1:${proxy.port}` });
    expect(found).toEqual({ ...heard('target.example'), url: `/base${path}` });
    expect(proxy.proxied.map(({ method, target }) => [method, target])).toEqual([
      ['GET', `http://target.example/base${path}`],
    ]);
  });

  test('a request over TLS goes through a tunnel, in which nobody reads', async () => {
    const proxy = closing(await startProxy(await startTarget(true)));
    const found = await ask({
      TARGET_URL: 'https://target.example',
      TARGET_CA: fixture('authority.pem'),
      HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
    });
    expect(found).toEqual(heard('target.example'));
    expect(proxy.proxied.map(({ method, target }) => [method, target])).toEqual([['CONNECT', 'target.example:443']]);
    expect(proxy.proxied.flatMap(({ headers }) => headers)).not.toContain(token);
  });

  test('the target is verified through a tunnel too', async () => {
    const proxy = closing(await startProxy(await startTarget(true)));
    const HTTPS_PROXY = `http://127.0.0.1:${proxy.port}`;
    expect(await ask({ TARGET_URL: 'https://target.example', HTTPS_PROXY })).toMatchObject({ kind: 'tls' });
    const TARGET_CA = fixture('authority.pem');
    expect(await ask({ TARGET_URL: 'https://other.example', HTTPS_PROXY, TARGET_CA })).toMatchObject({ kind: 'tls' });
  });

  test.for([['http'], ['https']] as const)('a user of the proxy is told to it: %s', async ([scheme]) => {
    const proxy = closing(await startProxy(await startTarget(scheme === 'https')));
    const url = `http://user:p%40ss%3Aword@127.0.0.1:${proxy.port}`;
    await ask({
      TARGET_URL: `${scheme}://target.example`,
      TARGET_CA: fixture('authority.pem'),
      HTTP_PROXY: url,
      HTTPS_PROXY: url,
    });
    const [{ headers } = { headers: [] }] = proxy.proxied;
    expect(headerValues(headers, 'proxy-authorization')).toEqual([`Basic ${btoa('user:p@ss:word')}`]);
  });

  test('a host of NO_PROXY is reached without one', async () => {
    const port = await startTarget();
    const proxy = closing(await startProxy(port));
    // This machine too, but not by its name: for the choice of a proxy a host like another.
    const host = `0.0.0.0:${port}`;
    const direct = { TARGET_URL: `http://${host}`, HTTP_PROXY: `http://127.0.0.1:${proxy.port}` };
    for (const NO_PROXY of ['0.0.0.0', `other.example ${host}`, '*']) {
      expect(await ask({ ...direct, NO_PROXY })).toEqual(heard(host));
    }
    expect(proxy.proxied).toEqual([]);
    for (const NO_PROXY of ['', '10.0.0.0', '0.0.0.0:1'])
      expect(await ask({ ...direct, NO_PROXY })).toEqual(heard(host));
    expect(proxy.proxied).toHaveLength(3);
  });

  test.for(['http', 'https'])(
    'a connection through a proxy is kept, and told when it served before: %s',
    async (scheme) => {
      const proxy = closing(await startProxy(await startTarget(scheme === 'https')));
      const url = `http://127.0.0.1:${proxy.port}`;
      const { transport } = clientOf({
        TARGET_URL: `${scheme}://target.example`,
        TARGET_CA: fixture('authority.pem'),
        HTTP_PROXY: url,
        HTTPS_PROXY: url,
      });
      const exchanges = [await transport(fullList('first')), await transport(fullList('second'))];
      expect(exchanges.map(({ kind, reusedSocket }) => [kind, reusedSocket])).toEqual([
        ['answer', false],
        ['answer', true],
      ]);
    },
  );

  test.for([
    ['https', 407],
    ['https', 403],
    ['http', 407],
  ] as const)('a proxy that lets nobody through is named: %s, %i', async ([scheme, refusesWith]) => {
    const proxy = closing(await startProxy(1, { refusesWith }));
    const url = `http://127.0.0.1:${proxy.port}`;
    const exchange = await ask({ TARGET_URL: `${scheme}://target.example`, HTTP_PROXY: url, HTTPS_PROXY: url });
    expect(exchange).toEqual({ kind: 'proxy', message: 'the proxy let nothing through' });
  });

  test('where nobody is reached, the proxy is named', async () => {
    const dead = { OS_AUTH_URL: 'http://keystone.example', HTTP_PROXY: 'http://127.0.0.1:1', ...user, ...project };
    expect(await lineOf(dead)).toBe(
      'Keystone cannot be asked at http://keystone.example/v3: the connection was refused (ECONNREFUSED): ' +
        'is OS_AUTH_URL right?; HTTP_PROXY names the proxy, NO_PROXY the hosts that need none',
    );
  });

  test('Keystone is asked through a proxy too', async () => {
    const { authUrl, issued } = await keystone();
    const proxy = closing(await startProxy(Number(new URL(authUrl).port)));
    const environment = { OS_AUTH_URL: 'http://keystone.example', HTTP_PROXY: `http://127.0.0.1:${proxy.port}` };
    const { credentials } = await asUser({ ...environment, ...user, ...project });
    expect(credentials.first).toBe(issued[0]);
    expect(proxy.proxied.map(({ target }) => target)).toEqual(['http://keystone.example/v3/auth/tokens']);
  });
});

describe('a secret in the URL of a proxy', () => {
  test('is hidden, in each form that it is sent in', () => {
    const configuration = readConfiguration(
      { TARGET_URL: 'http://a', HTTP_PROXY: 'http://user:p%40ssword@proxy' },
      'no-such.env',
    );
    expect(secretsOf(configuration)).toEqual(['p%40ssword', 'p@ssword', 'user:p@ssword']);
  });
});
