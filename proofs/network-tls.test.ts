import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerOptions } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Configuration, readConfiguration, type Target } from '../harness/configuration/configuration.ts';
import { unverifiedWarning } from '../harness/configuration/target-network.ts';
import { createClient } from '../harness/http/client.ts';
import type { Exchange } from '../harness/http/transport.ts';
import { fullList } from '../harness/probes/probe.ts';
import { fixture, passphrase, serverTls } from './fixtures.ts';
import { listen } from './listening.ts';
import { asUser, type Environment, keystone, lineOf, project, user } from './signing-in.ts';

const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const each of open.splice(0)) await each.close();
});

/** Starts a TLS target that answers with the name of its client; returns its port. */
async function target(tls: ServerOptions = serverTls()): Promise<number> {
  const server = createServer(tls, (request, response) => {
    const { subject } = (request.socket as TLSSocket).getPeerCertificate();
    response.end(subject?.CN ?? 'nobody');
  });
  const listening = await listen(server);
  open.push(listening);
  return listening.port;
}

const configure = (environment: Environment) => readConfiguration(environment, 'no-such.env');

/** Makes one request under a configuration. */
async function ask(environment: Environment): Promise<Exchange> {
  const configuration: Configuration = configure(environment);
  const client = createClient({ ...(configuration.target as Target), ...configuration });
  open.push(client);
  return client.transport(fullList('first'));
}

const text = (exchange: Exchange) =>
  exchange.kind === 'answer' ? Buffer.from(exchange.body).toString() : exchange.cause.kind;

const ca = { TARGET_CA: fixture('authority.pem') };
const client = { TARGET_CERT: fixture('client.pem'), TARGET_KEY: fixture('client.key') };
const encrypted = { TARGET_CERT: fixture('client.pem'), TARGET_KEY: fixture('client-encrypted.key') };

describe('a target over TLS', () => {
  test.for<[string, Environment, string]>([
    ['is not trusted as it is', {}, 'tls'],
    ['is trusted with its authority in TARGET_CA', ca, 'nobody'],
    ['is not trusted with another one', { TARGET_CA: fixture('client.pem') }, 'tls'],
    ['is trusted, whoever it is, with TARGET_INSECURE', { TARGET_INSECURE: '1' }, 'nobody'],
  ])('%s', async ([, environment, expected]) => {
    const port = await target();
    expect(text(await ask({ TARGET_URL: `https://127.0.0.1:${port}`, ...environment }))).toBe(expected);
  });

  test('is not trusted under a name that its certificate does not have', async () => {
    const port = await target({ cert: readFileSync(client.TARGET_CERT), key: readFileSync(client.TARGET_KEY) });
    expect(text(await ask({ TARGET_URL: `https://127.0.0.1:${port}`, ...ca }))).toBe('tls');
  });

  test.for<[string, () => Environment, string]>([
    ['refuses whoever has no certificate', () => ca, 'closed'],
    ['knows the client by certificate and key', () => ({ ...ca, ...client }), 'Client of the proofs'],
    [
      'knows the client by a key with a passphrase',
      () => ({ ...ca, ...encrypted, TARGET_KEY_PASSPHRASE: passphrase }),
      'Client of the proofs',
    ],
    [
      'knows the client by one file with both',
      () => {
        const both = join(folder, 'both.pem');
        writeFileSync(both, readFileSync(client.TARGET_KEY, 'utf8') + readFileSync(client.TARGET_CERT, 'utf8'));
        return { ...ca, TARGET_CERT: both };
      },
      'Client of the proofs',
    ],
  ])('that asks for a certificate %s', async ([, environment, expected]) => {
    const port = await target(serverTls(true));
    expect(text(await ask({ TARGET_URL: `https://127.0.0.1:${port}`, ...environment() }))).toBe(expected);
  });
});

describe('one line, without the passphrase, says that', () => {
  const noPem = join(folder, 'no.pem');
  beforeAll(() => writeFileSync(noPem, 'no certificate'));

  test.for<[string, Environment, string]>([
    ['a file is not there', { TARGET_CA: '/none.pem' }, 'TARGET_CA cannot be read: /none.pem (ENOENT)'],
    ['an authority is none', { TARGET_CA: noPem }, `TARGET_CA holds no certificate in PEM form: ${noPem}`],
    [
      'a key stands for a certificate',
      { TARGET_CERT: client.TARGET_KEY },
      'TARGET_CERT holds no certificate in PEM form',
    ],
    [
      'a certificate has no key',
      { TARGET_CERT: client.TARGET_CERT },
      'TARGET_CERT holds no key in PEM form that can be read',
    ],
    ['a key has no certificate', { TARGET_KEY: client.TARGET_KEY }, 'TARGET_KEY is set without a certificate'],
    ['a key is none', { ...client, TARGET_KEY: noPem }, 'TARGET_KEY holds no key in PEM form that can be read'],
    [
      "a key is another one's",
      { ...client, TARGET_KEY: fixture('server.key') },
      'TARGET_KEY is not the key of the certificate',
    ],
    ['a passphrase is missing', encrypted, 'TARGET_KEY needs a passphrase, or another one'],
    [
      'a passphrase is wrong',
      { ...encrypted, TARGET_KEY_PASSPHRASE: 'hunter2' },
      'TARGET_KEY needs a passphrase, or another one',
    ],
  ])('%s', async ([, environment, line]) => {
    const found = await lineOf({ TARGET_URL: 'https://vpn.example', ...environment });
    expect(found).toContain(line);
    expect(found).not.toMatch(/hunter2|passphrase-of/);
  });
});

describe('what is said of Keystone holds for the target too', () => {
  const url = { TARGET_URL: 'https://vpn.example', TARGET_TOKEN: 'given' };
  const keystoneTls = { OS_CACERT: ca.TARGET_CA, OS_CERT: client.TARGET_CERT, OS_KEY: client.TARGET_KEY };
  const tlsOf = (environment: Environment) => configure({ ...url, ...environment }).network.tls;

  test('where nothing is said of the target', () => {
    const { ca, client, unverified } = tlsOf({ ...keystoneTls, OS_INSECURE: 'true' });
    expect([ca?.shell, client?.key.shell, unverified]).toEqual(['"$OS_CACERT"', '"$OS_KEY"', 'OS_INSECURE']);
  });

  test('but not where something is', () => {
    const { ca: authority, client: own } = tlsOf({ ...keystoneTls, ...ca, ...client });
    expect([authority?.shell, own?.key.shell]).toEqual(['"$TARGET_CA"', '"$TARGET_KEY"']);
    expect(tlsOf({ ...ca, OS_INSECURE: 'true' }).unverified).toBeNull();
    expect(tlsOf({ TARGET_INSECURE: '0', OS_INSECURE: 'true' }).unverified).toBeNull();
  });

  test('and not for a plain target, whatever is wrong with it', () => {
    expect(tlsOf({ TARGET_URL: 'http://vpn.example', OS_CACERT: '/none.pem' }).ca).toBeNull();
  });
});

describe('Keystone over TLS', () => {
  test('is trusted with OS_CACERT, and otherwise named, with the remedy', async () => {
    const { authUrl } = await keystone({ tls: serverTls() });
    const environment = { OS_AUTH_URL: authUrl, ...user, ...project };
    expect(await lineOf(environment)).toMatch(
      /^Keystone cannot be asked at \S+: no TLS session could be set up \(\w+\): OS_CACERT names its certificate authority$/,
    );
    const { credentials } = await asUser({ ...environment, OS_CACERT: ca.TARGET_CA });
    expect(credentials.first).not.toBeNull();
  });

  test('that is not verified is warned of', async () => {
    const { authUrl } = await keystone({ tls: serverTls() });
    const { remarks } = await asUser({ OS_AUTH_URL: authUrl, OS_INSECURE: '1', ...user, ...project });
    expect(remarks[0]).toMatch(/^WARNING: the certificate of https:\S+ is not verified \(OS_INSECURE\): /);
  });
});

test('a plain target is not warned of', () => {
  const { network } = configure({ TARGET_URL: 'http://vpn.example', TARGET_INSECURE: '1' });
  expect(unverifiedWarning('http://vpn.example', network.tls)).toEqual([]);
});
