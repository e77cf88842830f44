import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigurationError } from '../harness/base/configuration-error.ts';
import { cloudOptions } from '../harness/openstack/clouds-yaml.ts';
import { account, endpoint, otherAccount } from './fake-keystone.ts';
import { asUser, keystone, lineOf } from './signing-in.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'conformance-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a file below the proof's folder; returns its path. */
function write(path: string, ...lines: string[]): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

const cloud = (authUrl: string) => ['clouds:', '  lab:', '    auth:', `      auth_url: ${authUrl}`];

/** Reads the cloud `lab` from a clouds.yaml of these lines; relative to nobody's working directory. */
function optionsOf(lines: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const OS_CLIENT_CONFIG_FILE = write('clouds.yaml', ...lines);
  const OS_CLIENT_SECURE_FILE = environment.OS_CLIENT_SECURE_FILE ?? write('secure.yaml', 'clouds: {}');
  const all = { OS_CLIENT_CONFIG_FILE, HOME: folder, ...environment, OS_CLIENT_SECURE_FILE };
  return cloudOptions(all, 'lab', 'OS_CLOUD');
}

/** The line that refuses them, without the folder. */
function refusalOf(lines: readonly string[], environment: NodeJS.ProcessEnv = {}): string {
  let message = '(accepted)';
  try {
    optionsOf(lines, environment);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    message = error.message;
  }
  expect(message).not.toMatch(/\n|hunter2/);
  return message.replaceAll(`${folder}/`, '');
}

describe('clouds.yaml is found', () => {
  const urlOf = (environment: NodeJS.ProcessEnv) => cloudOptions(environment, 'lab', 'OS_CLOUD').values.auth_url;

  test('in the folder of XDG_CONFIG_HOME, or else in ~/.config', () => {
    write('.config/openstack/clouds.yaml', ...cloud('http://home'));
    expect(urlOf({ HOME: folder })).toBe('http://home');
    write('xdg/openstack/clouds.yaml', ...cloud('http://xdg'));
    expect(urlOf({ HOME: folder, XDG_CONFIG_HOME: join(folder, 'xdg') })).toBe('http://xdg');
  });

  test('as .yaml, as .yml, and as .json, in this order', () => {
    write('.config/openstack/clouds.json', '{"clouds": {"lab": {"auth": {"auth_url": "http://json"}}}}');
    expect(urlOf({ HOME: folder })).toBe('http://json');
    write('.config/openstack/clouds.yml', ...cloud('http://yml'));
    expect(urlOf({ HOME: folder })).toBe('http://yml');
    write('.config/openstack/clouds.yaml', ...cloud('http://yaml'));
    expect(urlOf({ HOME: folder })).toBe('http://yaml');
  });

  test('where OS_CLIENT_CONFIG_FILE says, and only there', () => {
    write('.config/openstack/clouds.yaml', ...cloud('http://home'));
    const named = write('named.yaml', ...cloud('http://named'));
    expect(urlOf({ HOME: folder, OS_CLIENT_CONFIG_FILE: named })).toBe('http://named');
  });

  test('or else it is said where it was looked for', () => {
    const none = () => urlOf({ HOME: folder });
    expect(none).toThrow(
      `OS_CLOUD is set, but there is no clouds.yaml in ., ${folder}/.config/openstack, /etc/openstack`,
    );
  });
});

describe('of a cloud it is read', () => {
  test('everything that Keystone is asked with', () => {
    const { values, place } = optionsOf([
      ...cloud('http://keystone'),
      '      username: alpha',
      '      project_name: "2024"',
      '    region_name: One',
      '    interface: internal',
      '    identity_api_version: 3',
      '    block_storage_api_version: 3',
    ]);
    expect(values).toEqual({
      auth_url: 'http://keystone',
      username: 'alpha',
      project_name: '2024',
      region_name: 'One',
      interface: 'internal',
      identity_api_version: '3',
    });
    expect(place).toBe(` (cloud lab of ${folder}/clouds.yaml)`);
  });

  test('what secure.yaml adds and changes', () => {
    const OS_CLIENT_SECURE_FILE = write(
      'own/secret.yaml',
      'clouds: {lab: {auth: {password: hunter2, username: beta}}, other: {}}',
    );
    const { values } = optionsOf([...cloud('http://keystone'), '      username: alpha'], { OS_CLIENT_SECURE_FILE });
    expect(values).toEqual({ auth_url: 'http://keystone', username: 'beta', password: 'hunter2' });
  });

  test('secure.yaml beside it, in the usual place', () => {
    write('.config/openstack/clouds.yaml', ...cloud('http://keystone'));
    write('.config/openstack/secure.yaml', 'clouds: {lab: {auth: {password: hunter2}}}');
    const { values } = cloudOptions({ HOME: folder }, 'lab', 'OS_CLOUD');
    expect(values).toEqual({ auth_url: 'http://keystone', password: 'hunter2' });
  });

  test.for([
    ['verify: false', 'true'],
    ['insecure: true', 'true'],
    ['verify: true', undefined],
  ] as const)('%s', ([line, insecure]) => {
    expect(optionsOf([...cloud('https://keystone'), `    ${line}`]).values.insecure).toBe(insecure);
  });

  test('what YAML merges into it from an anchor', () => {
    const { values } = optionsOf([
      'common: &common {auth_url: http://keystone, username: alpha}',
      'clouds:',
      '  lab:',
      '    auth:',
      '      <<: *common',
      '      username: beta',
    ]);
    expect(values).toEqual({ auth_url: 'http://keystone', username: 'beta' });
  });

  describe('with regions', () => {
    const regions = [
      ...cloud('http://keystone'),
      '    regions:',
      '      - One',
      '      - name: Two',
      '        values: {interface: internal, auth: {project_name: two}}',
    ];

    test('the first, where none is named', () => {
      expect(optionsOf(regions).values).toEqual({ auth_url: 'http://keystone', region_name: 'One' });
    });

    test('the named one, with its own values', () => {
      expect(optionsOf(regions, { OS_REGION_NAME: 'Two' }).values).toEqual({
        auth_url: 'http://keystone',
        region_name: 'Two',
        interface: 'internal',
        project_name: 'two',
      });
    });

    test('one that it does not list, for Keystone to know', () => {
      expect(optionsOf(regions, { OS_REGION_NAME: 'Three' }).values.region_name).toBe('Three');
    });

    test('values of a region of the wrong type are refused', () => {
      const wrong = [
        ...cloud('http://keystone'),
        '    regions:',
        '      - name: One',
        '        values: {auth: {project_id: 1}}',
      ];
      expect(refusalOf(wrong)).toBe('clouds.yaml:7: regions.0.values.auth.project_id must be a text: put it in quotes');
    });
  });

  test('the environment says where and how, but not who', () => {
    const lines = [
      ...cloud('http://keystone'),
      '      username: alpha',
      '      password: hunter2',
      '    region_name: One',
    ];
    const { values, overrides } = optionsOf(lines, {
      OS_REGION_NAME: 'Two',
      OS_INTERFACE: 'internal',
      OS_CACERT: '/ca.pem',
      OS_USERNAME: 'somebody',
      OS_PASSWORD: 'else',
      OS_PROJECT_NAME: 'elsewhere',
      OS_AUTH_URL: 'http://elsewhere',
    });
    expect(values).toEqual({
      auth_url: 'http://keystone',
      username: 'alpha',
      password: 'hunter2',
      region_name: 'Two',
      interface: 'internal',
      cacert: '/ca.pem',
    });
    expect(overrides).toEqual(new Set(['region_name', 'interface', 'cacert']));
  });

  test('the environment completes a password that the files leave out', () => {
    expect(optionsOf(cloud('http://keystone'), { OS_PASSWORD: 'from-a-vault' }).values.password).toBe('from-a-vault');
  });
});

describe('it is refused, in one line with file and line, where', () => {
  const secret = '      password: hunter2';
  test.for<[string, readonly string[], string]>([
    [
      'a project id is a number',
      [...cloud('http://keystone'), '      project_id: 123', secret],
      'clouds.yaml:5: auth.project_id must be a text: put it in quotes',
    ],
    [
      'a password is a number',
      [...cloud('http://keystone'), '      password: 2222'],
      'clouds.yaml:5: auth.password must be a text: put it in quotes',
    ],
    ['it is no YAML', [...cloud('http://keystone'), secret, ' - ]'], 'clouds.yaml:6: is no YAML'],
    ['a quote is left open', [...cloud('http://keystone'), '      password: "hunter2'], 'clouds.yaml:6: is no YAML'],
    ['a name stands twice', [...cloud('http://keystone'), secret, secret], 'clouds.yaml:6: has a name twice'],
    ['an alias leads nowhere', ['clouds: *nowhere'], 'clouds.yaml:1: has an alias that leads nowhere, or too many'],
    [
      'it has no clouds',
      ['cloud: {}'],
      'clouds.yaml:1: is no list of clouds: it lacks clouds, or a cloud is no mapping',
    ],
    ['it is empty', [], 'clouds.yaml:1: is no list of clouds: it lacks clouds, or a cloud is no mapping'],
    [
      'a cloud is a text',
      ['clouds: {lab: hunter2}'],
      'clouds.yaml:1: is no list of clouds: it lacks clouds, or a cloud is no mapping',
    ],
    ['auth is a text', ['clouds:', '  lab:', '    auth: hunter2'], 'clouds.yaml:3: auth must be a mapping'],
    [
      'verify is a text',
      [...cloud('http://keystone'), '    verify: "false"'],
      'clouds.yaml:5: verify must be true or false',
    ],
    [
      'a region has no name',
      [...cloud('http://keystone'), '    regions:', '      - {}'],
      'clouds.yaml:6: regions.0 lacks name',
    ],
    [
      'a merged value is a number',
      ['auth: &auth {project_id: 123}', 'clouds:', '  lab:', '    auth:', '      <<: *auth'],
      'clouds.yaml:4: auth.project_id must be a text: put it in quotes',
    ],
  ])('%s', ([, lines, line]) => {
    expect(refusalOf(lines)).toBe(line);
  });

  test('secure.yaml is at fault', () => {
    const OS_CLIENT_SECURE_FILE = write('secure.yaml', 'clouds:', '  lab:', '    auth: {password: [hunter2]}');
    expect(refusalOf(cloud('http://keystone'), { OS_CLIENT_SECURE_FILE })).toBe(
      'secure.yaml:3: auth.password must be a text: put it in quotes',
    );
  });

  test('the named file is not there', () => {
    expect(refusalOf(cloud('http://keystone'), { OS_CLIENT_CONFIG_FILE: join(folder, 'gone.yaml') })).toBe(
      'OS_CLIENT_CONFIG_FILE names gone.yaml, which is not there',
    );
  });

  test('it does not have the cloud', () => {
    expect(refusalOf(['clouds: {one: {}, two: {}}'])).toBe(
      'OS_CLOUD names the cloud lab, which clouds.yaml does not have; it has one, two',
    );
  });

  test('it has a profile in place of an URL', () => {
    expect(refusalOf(['clouds: {lab: {profile: vexxhost}}'])).toBe(
      'profile is not looked up: write the auth_url of vexxhost instead (cloud lab of clouds.yaml)',
    );
  });
});

describe('with a cloud', () => {
  const lab = (authUrl: string, ...more: string[]) => [
    ...cloud(authUrl),
    `      username: ${account.user.name}`,
    `      password: '${account.password}'`,
    `      project_name: ${account.project.name}`,
    ...more,
  ];
  const other = (authUrl: string, name: string, password: string, project: string) =>
    `  other: {auth: {auth_url: "${authUrl}", username: ${name}, password: '${password}', project_name: ${project}}}`;

  test('the suite is let in, and SECOND_OS_CLOUD brings the second token', async () => {
    const { authUrl, issued } = await keystone();
    const { name, password, project } = otherAccount;
    const OS_CLIENT_CONFIG_FILE = write('clouds.yaml', ...lab(authUrl), other(authUrl, name, password, project.name));
    const { credentials } = await asUser({ OS_CLIENT_CONFIG_FILE, OS_CLOUD: 'lab', SECOND_OS_CLOUD: 'other' });
    expect(credentials).toEqual({ first: issued[0], second: issued[1] });
  });

  test('a second token for the same project is refused', async () => {
    const { authUrl } = await keystone();
    const { user, password, project } = account;
    const OS_CLIENT_CONFIG_FILE = write(
      'clouds.yaml',
      ...lab(authUrl),
      other(authUrl, user.name, password, project.name),
    );
    expect(await lineOf({ OS_CLIENT_CONFIG_FILE, OS_CLOUD: 'lab', SECOND_OS_CLOUD: 'other' })).toBe(
      'SECOND_OS_CLOUD is for the project of the first credentials: isolation needs another',
    );
  });

  test('a refusal names its members, its name and its file', async () => {
    const { authUrl } = await keystone({ catalogue: [endpoint('http://network', 'Two')] });
    const OS_CLIENT_CONFIG_FILE = write('clouds.yaml', ...lab(authUrl, '    region_name: One'));
    const place = ` (cloud lab of ${OS_CLIENT_CONFIG_FILE})`;
    const wrongRegion = 'where the network service has no public endpoint; regions known are Two';
    const environment = { OS_CLIENT_CONFIG_FILE, OS_CLOUD: 'lab' };
    expect(await lineOf(environment)).toBe(`region_name is One, ${wrongRegion}${place}`);
    expect(await lineOf({ ...environment, OS_REGION_NAME: 'Three' })).toBe(
      `OS_REGION_NAME is Three, ${wrongRegion}${place}`,
    );
    write('secure.yaml', 'clouds: {lab: {auth: {password: wrong}}}');
    expect(await lineOf({ ...environment, OS_CLIENT_SECURE_FILE: join(folder, 'secure.yaml') })).toMatch(
      `: check username, password${place}`,
    );
  });
});
