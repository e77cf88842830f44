import { ConfigurationError } from '../base/configuration-error.ts';
import type { Network, Proxies } from '../http/network.ts';
import { type PathSource, readTls } from '../http/tls-files.ts';
import { type OpenStackOptions, type OptionName, saysYes, writtenAs } from './options.ts';

/** A domain, or something within one: by its id, or by a name that is unique there. */
export type DomainReference = { id: string } | { name: string };
export type OwnedReference = { id: string } | { name: string; domain: DomainReference };

/** An identity that asks Keystone for a token, with its secret: a password, an application credential's secret or a token. */
export type Identity =
  | { kind: 'password'; user: OwnedReference; password: string }
  | {
      kind: 'application-credential';
      credential: { id: string } | { name: string; user: OwnedReference };
      secret: string;
    }
  | { kind: 'token'; token: string };

/** The scope of a token; `own`: the scope that the identity itself has. */
export type Scope =
  | { kind: 'project'; project: OwnedReference }
  | { kind: 'domain'; domain: DomainReference }
  | { kind: 'own' };

/** All that Keystone is asked with. In memory only. */
export type Login = {
  /** Ends with /v3. */
  authUrl: string;
  identity: Identity;
  scope: Scope;
  /** Null: the catalogue has only one. */
  region: string | null;
  interface: 'public' | 'internal' | 'admin';
  /** The network service's URL where the user states it; null: the catalogue's. */
  endpoint: string | null;
  /** How Keystone is reached. */
  network: Network;
  /** How the user wrote what may be wrong, for messages; `place` ends them. */
  written: Readonly<Record<'authUrl' | 'identity' | 'scope' | 'region' | 'interface' | 'endpoint' | 'ca', string>>;
  place: string;
};

const kindByAuthType: Readonly<Record<string, Identity['kind']>> = {
  password: 'password',
  v3password: 'password',
  token: 'token',
  v3token: 'token',
  v3applicationcredential: 'application-credential',
};

/**
 * Reads what Keystone is asked with from options of the environment or of a cloud.
 * @throws ConfigurationError one line: what is missing or cannot be used, never a value that may be a secret
 */
export function readLogin(options: OpenStackOptions, proxies: Proxies): Login {
  const { values, place } = options;
  const name = (option: OptionName) => writtenAs(options, option);
  const refuse = (why: string): never => {
    throw new ConfigurationError(`${why}${place}`);
  };
  const version = values.identity_api_version;
  if (version !== undefined && !/^v?3(\.\d+)?$/.test(version)) {
    refuse(`${name('identity_api_version')} must be 3: Keystone's v3 is what the suite speaks`);
  }
  const kind = identityKind(options, refuse);
  const project = first(values.project_id, values.tenant_id);
  const projectName = first(values.project_name, values.tenant_name);
  const isProjectScoped = project !== undefined || projectName !== undefined;
  const domainOf = (option: 'user_domain' | 'project_domain'): DomainReference =>
    reference(values[`${option}_id`], values[`${option}_name`]) ??
    // A domain beside a project is meant for both: so OpenStack's own programs read it.
    (isProjectScoped ? reference(values.domain_id, values.domain_name) : undefined) ??
    reference(values.default_domain_id ?? values.default_domain, values.default_domain_name) ?? { id: 'default' };
  const owned = (id: string | undefined, named: string | undefined, domain: () => DomainReference) => {
    if (id !== undefined) return { id };
    return named === undefined ? undefined : { name: named, domain: domain() };
  };
  const user = () =>
    owned(values.user_id, values.username, () => domainOf('user_domain')) ??
    refuse(`${name('username')} or ${name('user_id')} is missing`);
  const scopedProject = owned(project, projectName, () => domainOf('project_domain'));
  const scopedDomain = reference(values.domain_id, values.domain_name);
  const login = readers[kind]({ values, name, user, refuse });
  return {
    authUrl: readAuthUrl(values.auth_url, name('auth_url'), refuse),
    identity: login.identity,
    scope: readScope(kind, scopedProject, scopedDomain),
    region: values.region_name ?? null,
    interface: readInterface(options, refuse),
    endpoint: values.network_endpoint_override ?? null,
    network: { tls: readKeystoneTls(options), proxies },
    written: {
      authUrl: name('auth_url'),
      identity: login.written.map(name).join(', '),
      scope: name(
        scopedProject === undefined && scopedDomain !== undefined
          ? values.domain_id === undefined
            ? 'domain_name'
            : 'domain_id'
          : project === undefined
            ? 'project_name'
            : 'project_id',
      ),
      region: name('region_name'),
      interface: name('interface'),
      endpoint: name('network_endpoint_override'),
      ca: name('cacert'),
    },
    place,
  };
}

/** An application credential is for one project: naming another is refused by Keystone. */
function readScope(
  kind: Identity['kind'],
  project: OwnedReference | undefined,
  domain: DomainReference | undefined,
): Scope {
  if (kind === 'application-credential') return { kind: 'own' };
  if (project !== undefined) return { kind: 'project', project };
  return domain === undefined ? { kind: 'own' } : { kind: 'domain', domain };
}

/** The secrets of a login. */
export function loginSecrets({ identity, network }: Login): readonly string[] {
  const passphrase = network.tls.client?.passphrase;
  return [secretOf(identity), ...(passphrase == null ? [] : [passphrase])];
}

/** The secret part of an identity: its password, its application credential's secret, or its token. */
export function secretOf(identity: Identity): string {
  switch (identity.kind) {
    case 'password':
      return identity.password;
    case 'application-credential':
      return identity.secret;
    case 'token':
      return identity.token;
  }
}

type Refuse = (why: string) => never;
/** The input of a reader of an identity. */
type IdentityOptions = {
  values: OpenStackOptions['values'];
  name: (option: OptionName) => string;
  user: () => OwnedReference;
  refuse: Refuse;
};

const readers: Readonly<
  Record<Identity['kind'], (options: IdentityOptions) => { identity: Identity; written: readonly OptionName[] }>
> = {
  password: ({ values, name, user, refuse }) => ({
    identity: {
      kind: 'password',
      user: user(),
      password: values.password ?? refuse(`${name('password')} is missing`),
    },
    written: [values.user_id === undefined ? 'username' : 'user_id', 'password'],
  }),
  'application-credential': ({ values, name, user, refuse }) => {
    const { application_credential_id: id, application_credential_name: named } = values;
    const secret = values.application_credential_secret;
    const owned = () => ({
      name:
        named ?? refuse(`${name('application_credential_id')} or ${name('application_credential_name')} is missing`),
      user: user(),
    });
    return {
      identity: {
        kind: 'application-credential',
        credential: id === undefined ? owned() : { id },
        secret: secret ?? refuse(`${name('application_credential_secret')} is missing`),
      },
      written: [
        id === undefined ? 'application_credential_name' : 'application_credential_id',
        'application_credential_secret',
      ],
    };
  },
  token: ({ values, name, refuse }) => ({
    identity: { kind: 'token', token: values.token ?? refuse(`${name('token')} is missing`) },
    written: ['token'],
  }),
};

/** The kind of identity that auth_type names; without it, the kind that there are values for. */
function identityKind(options: OpenStackOptions, refuse: Refuse): Identity['kind'] {
  const { values } = options;
  if (values.auth_type !== undefined) {
    const known = Object.keys(kindByAuthType).join(', ');
    const name = writtenAs(options, 'auth_type');
    return (
      kindByAuthType[values.auth_type] ?? refuse(`${name} ${values.auth_type} is not known here; known are ${known}`)
    );
  }
  const ways: readonly (readonly [OptionName, Identity['kind']])[] = [
    ['application_credential_id', 'application-credential'],
    ['application_credential_name', 'application-credential'],
    ['application_credential_secret', 'application-credential'],
    ['token', 'token'],
    ['password', 'password'],
    ['username', 'password'],
    ['user_id', 'password'],
  ];
  const way = ways.find(([option]) => values[option] !== undefined);
  if (way) return way[1];
  const [id, secret, user, password, token] = (
    ['application_credential_id', 'application_credential_secret', 'username', 'password', 'token'] as const
  ).map((option) => writtenAs(options, option));
  return refuse(
    `credentials for Keystone are missing: set ${user} and ${password}, or ${id} and ${secret}, or ${token}`,
  );
}

function readAuthUrl(text: string | undefined, name: string, refuse: Refuse): string {
  if (text === undefined) return refuse(`${name} is missing`);
  if (!URL.canParse(text)) return refuse(`${name} is no URL`);
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return refuse(`${name} is neither http nor https`);
  if (url.username !== '' || url.password !== '') return refuse(`${name} holds user information`);
  if (/[?#]/.test(text)) return refuse(`${name} has a query or a fragment`);
  const path = url.pathname.replace(/\/+$/, '');
  if (/\/v2(\.0)?$/.test(path)) return refuse(`${name} is Keystone's v2.0, and the suite speaks v3`);
  return url.origin + (/\/v3$/.test(path) ? path : `${path}/v3`);
}

function readInterface(options: OpenStackOptions, refuse: Refuse): Login['interface'] {
  const option = options.values.interface === undefined ? 'endpoint_type' : 'interface';
  const text = (options.values[option] ?? 'public').replace(/URL$/, '');
  if (text === 'public' || text === 'internal' || text === 'admin') return text;
  return refuse(`${writtenAs(options, option)} must be one of public, internal, admin`);
}

/** How Keystone is reached over TLS: cacert, cert, key and insecure. */
export function readKeystoneTls(options: OpenStackOptions): Network['tls'] {
  const { values, kind, overrides } = options;
  const source = (option: 'cacert' | 'cert' | 'key'): PathSource | null => {
    const path = values[option];
    const own = kind === 'variable' || overrides.has(option) ? 'variable' : 'member';
    return path === undefined ? null : { kind: own, name: writtenAs(options, option), path };
  };
  return readTls({
    ca: source('cacert'),
    certificate: source('cert'),
    key: source('key'),
    passphrase: null,
    unverified: saysYes(values.insecure) ? writtenAs(options, 'insecure') : null,
  });
}

function reference(id: string | undefined, name: string | undefined): DomainReference | undefined {
  if (id !== undefined) return { id };
  return name === undefined ? undefined : { name };
}

function first(...texts: readonly (string | undefined)[]): string | undefined {
  return texts.find((text) => text !== undefined);
}
