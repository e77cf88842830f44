import { describe, expect, test } from 'vitest';
import type { Configuration } from '../harness/configuration/configuration.ts';
import { account, endpoint, type FakeOptions } from './fake-keystone.ts';
import { asUser, type Environment, keystone, network, project, user } from './signing-in.ts';

describe('lets in, and gives the target and the token of the project, with', () => {
  const inDefault = { domain: { id: 'default' } };
  const byName = { project: { name: account.project.name, ...inDefault } };
  const identified = {
    password: (own: object) => ({ methods: ['password'], password: { user: { ...own, password: account.password } } }),
    credential: (own: object) => ({
      methods: ['application_credential'],
      application_credential: { ...own, secret: account.credentialSecret },
    }),
  };
  const named = identified.password({ name: account.user.name, ...inDefault });
  const credentialSecret = { OS_APPLICATION_CREDENTIAL_SECRET: account.credentialSecret };

  test.for<[string, Environment, object]>([
    ['a password', { ...user, ...project }, { identity: named, scope: byName }],
    [
      'names in domains',
      { ...user, ...project, OS_USER_DOMAIN_NAME: 'Default', OS_PROJECT_DOMAIN_NAME: 'Default' },
      {
        identity: identified.password({ name: account.user.name, domain: { name: 'Default' } }),
        scope: { project: { name: account.project.name, domain: { name: 'Default' } } },
      },
    ],
    [
      'the ids of user and project',
      { OS_USER_ID: account.user.id, OS_PASSWORD: account.password, OS_PROJECT_ID: account.project.id },
      { identity: identified.password({ id: account.user.id }), scope: { project: { id: account.project.id } } },
    ],
    [
      'the names of version 2.0',
      { ...user, OS_TENANT_NAME: account.project.name, OS_AUTH_TYPE: 'v3password' },
      { identity: named, scope: byName },
    ],
    [
      'an application credential by its id',
      { OS_APPLICATION_CREDENTIAL_ID: account.credential.id, ...credentialSecret },
      { identity: identified.credential({ id: account.credential.id }) },
    ],
    [
      'an application credential by its name and user',
      { OS_APPLICATION_CREDENTIAL_NAME: account.credential.name, OS_USERNAME: account.user.name, ...credentialSecret },
      {
        identity: identified.credential({
          name: account.credential.name,
          user: { name: account.user.name, ...inDefault },
        }),
      },
    ],
    [
      'an application credential beside a project, which Keystone would refuse',
      { OS_APPLICATION_CREDENTIAL_ID: account.credential.id, ...credentialSecret, ...project },
      { identity: identified.credential({ id: account.credential.id }) },
    ],
    [
      'a token',
      { OS_TOKEN: account.token, ...project },
      { identity: { methods: ['token'], token: { id: account.token } }, scope: byName },
    ],
  ])('%s', async ([, environment, auth]) => {
    const { authUrl, asked, issued } = await keystone();
    const { target, credentials } = await asUser({ OS_AUTH_URL: authUrl, ...environment });
    expect(asked.map((request) => request.auth)).toEqual([auth]);
    expect({ target, token: credentials.first }).toEqual({
      target: { origin: network, basePath: '' },
      token: issued[0],
    });
  });

  test('no project, where the user has one of his own', async () => {
    const { authUrl, asked } = await keystone({ hasDefaultProject: true });
    await asUser({ OS_AUTH_URL: authUrl, ...user });
    expect(asked[0]?.auth.scope).toBeUndefined();
  });

  test.for(['', '/', '/v3', '/v3/'])('OS_AUTH_URL ending with %o', async (end) => {
    const { authUrl } = await keystone();
    await asUser({ OS_AUTH_URL: authUrl.replace(/\/v3$/, end), ...user, ...project });
  });
});

describe('the target is', () => {
  const targetOf = async (own: Environment, options: FakeOptions = {}): Promise<Configuration['target']> => {
    const { authUrl } = await keystone(options);
    return (await asUser({ OS_AUTH_URL: authUrl, ...user, ...project, ...own })).target;
  };

  test('what TARGET_URL says, before what the catalogue says', async () => {
    expect(await targetOf({ TARGET_URL: 'http://vpn.example' })).toEqual({
      origin: 'http://vpn.example',
      basePath: '',
    });
  });

  test('what OS_NETWORK_ENDPOINT_OVERRIDE says', async () => {
    const target = await targetOf({ OS_NETWORK_ENDPOINT_OVERRIDE: 'https://own.example/net/v2.0' });
    expect(target).toEqual({ origin: 'https://own.example', basePath: '/net' });
  });

  test.for([
    ['http://network.example/v2.0', ''],
    ['http://network.example/v2.0/', ''],
    ['http://network.example/neutron/', '/neutron'],
    ['http://network.example/a/b/v2.0', '/a/b'],
  ] as const)('the endpoint %s of the catalogue, below %o', async ([url, basePath]) => {
    const target = await targetOf({}, { catalogue: [endpoint(url)] });
    expect(target).toEqual({ origin: 'http://network.example', basePath });
  });

  test('what a catalogue has of other services need not be whole', async () => {
    const catalogue = [
      { type: 'dns', endpoints: [{ interface: 'public' }] },
      { name: 'without a type', endpoints: [] },
      { type: 'metering' },
      endpoint('http://network.example'),
    ] as never;
    expect(await targetOf({}, { catalogue })).toEqual({ origin: 'http://network.example', basePath: '' });
  });

  test('that of the region and the interface that are asked for', async () => {
    const catalogue = [
      endpoint('http://public.one', 'One'),
      endpoint('http://public.two', 'Two'),
      endpoint('http://internal.two', 'Two', 'internal'),
      { type: 'compute', endpoints: [{ interface: 'internal', url: 'http://compute.two', region: 'Two' }] },
    ];
    const own = { OS_REGION_NAME: 'Two', OS_INTERFACE: 'internal' };
    expect(await targetOf(own, { catalogue })).toMatchObject({ origin: 'http://internal.two' });
    expect(await targetOf({ OS_REGION_NAME: 'Two' }, { catalogue })).toMatchObject({ origin: 'http://public.two' });
    const older = { OS_REGION_NAME: 'Two', OS_ENDPOINT_TYPE: 'internalURL' };
    expect(await targetOf(older, { catalogue })).toMatchObject({ origin: 'http://internal.two' });
  });
});

test('what the target is told, Keystone is not', async () => {
  const { authUrl, asked } = await keystone();
  const TARGET_HEADERS = '{"X-Gateway-Key": "a-key"}';
  await asUser({ OS_AUTH_URL: authUrl, ...user, ...project, TARGET_TOKEN: 'a-token', TARGET_HEADERS });
  expect(asked).toHaveLength(1);
  expect(asked.flatMap(({ headers }) => headers)).not.toEqual(expect.arrayContaining(['a-key']));
  expect(asked.flatMap(({ headers }) => headers)).not.toEqual(expect.arrayContaining(['a-token']));
});

test('who was let in is told in one line, without a secret', async () => {
  const { authUrl, issued } = await keystone();
  const { remarks } = await asUser({ OS_AUTH_URL: authUrl, ...user, ...project, OS_REGION_NAME: 'RegionOne' });
  expect(remarks).toEqual([
    `Keystone at ${authUrl} gave the token and the target: user alpha, project alpha-project, region RegionOne`,
  ]);
  expect(remarks.join()).not.toContain(issued[0]);
});

test.for<[string, Environment]>([
  ['TARGET_URL and TARGET_TOKEN', { TARGET_URL: network, TARGET_TOKEN: 'given' }],
  ['no OS_AUTH_URL', { OS_AUTH_URL: '' }],
])('Keystone is not asked with %s', async ([, environment]) => {
  const { authUrl, asked } = await keystone();
  await asUser({ OS_AUTH_URL: authUrl, ...user, ...project, ...environment });
  expect(asked).toEqual([]);
});

test('credentials without OS_AUTH_URL are told to be unused', async () => {
  const { remarks } = await asUser({ ...user, ...project });
  expect(remarks).toEqual(['OS_USERNAME is set without OS_AUTH_URL or OS_CLOUD: Keystone is not asked']);
});
