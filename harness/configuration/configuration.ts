import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import type { ErrorObject } from 'ajv/dist/2020.js';
import schema from '../../schemas/configuration.schema.json' with { type: 'json' };
import { createValidator, type Validator } from '../base/ajv.ts';
import { ConfigurationError } from '../base/configuration-error.ts';
import type { Level } from '../contract/level.ts';
import { type Credentials, isCaseSensitive } from '../http/credentials.ts';
import { type Network, plainNetwork, proxySecrets, readProxies } from '../http/network.ts';
import { readTargetHeaders, type TargetHeaders } from '../http/target-headers.ts';
import { type KeystoneLogins, readKeystone } from '../openstack/keystone-options.ts';
import { loginSecrets } from '../openstack/login.ts';
import { accessOf } from './access.ts';
import { type KnownConnection, readKnownConnections } from './known-connections.ts';
import type { Settings } from './settings.ts';
import { type NetworkVariables, readTargetNetwork } from './target-network.ts';

/** What a run is told. */
export type Configuration = {
  /** Null: the one that Keystone knows, or else the embedded reference target. */
  target: Target | null;
  /** A recording or a captured body that is judged instead of a target. */
  file: string | null;
  /** Where the observations are written. */
  record: string | null;
  credentials: Credentials;
  /** Who is asked for tokens that are not given, and for new ones. */
  keystone: KeystoneLogins;
  /** What each request to the target carries besides its own headers. */
  headers: TargetHeaders;
  network: Network;
  /** Lines that the user is told before the run. */
  remarks: readonly string[];
  timeoutMilliseconds: number;
  /** In bytes. */
  bodyLimit: number;
  concurrency: number;
  seed: number;
  gate: Level;
  requireEvidence: boolean;
  defaultsConnections: readonly string[];
  knownConnections: readonly KnownConnection[];
  /** Files of known failures, and whether one that matches nothing fails the run. */
  waivers: { files: readonly string[]; staleFails: boolean };
};

/** Where the target is: everything before /v2.0. */
export type Target = { origin: string; basePath: string };

export { ConfigurationError };

type Variables = NetworkVariables & {
  TARGET_URL?: string;
  TARGET_TOKEN?: string;
  SECOND_TOKEN?: string;
  SECOND_OS_CLOUD?: string;
  TARGET_HEADERS?: string;
  TARGET_TIMEOUT_MS: number;
  TARGET_BODY_LIMIT_MIB: number;
  CONCURRENCY: number;
  SEED: number;
  GATE: 'must' | 'should' | 'may';
  REQUIRE_EVIDENCE: '0' | '1';
  DEFAULTS_CONNECTION?: string;
  KNOWN_CONNECTIONS?: string;
  WAIVERS?: string;
  STALE_WAIVERS: 'fail' | 'warn';
  RECORD?: string;
};

const validate: Validator<Variables> = createValidator(schema, { coerceTypes: true, useDefaults: true });

/**
 * Reads the configuration from an environment and a .env file, where the environment wins. An empty variable counts
 * as not set.
 * @throws ConfigurationError one line that says what is wrong
 */
export function readConfiguration(environment: NodeJS.ProcessEnv, envFile = '.env'): Configuration {
  const merged = { ...readEnvFile(envFile), ...environment };
  const variables = collect(merged);
  if (!validate(variables)) throw new ConfigurationError(explain(validate.errors[0]));
  const where = readWhere(variables.TARGET_URL);
  const access = where.file === null ? readMeans(variables, merged) : unasked;
  const isFirst = variables.TARGET_TOKEN !== undefined || access.keystone.first !== null;
  const second = variables.SECOND_TOKEN === undefined ? 'SECOND_OS_CLOUD' : 'SECOND_TOKEN';
  if (variables[second] !== undefined && !isFirst && where.file === null) {
    throw new ConfigurationError(`${second} is set without TARGET_TOKEN or OS_ variables: isolation needs both`);
  }
  return {
    ...where,
    ...access,
    record: variables.RECORD ?? null,
    credentials: { first: variables.TARGET_TOKEN ?? null, second: variables.SECOND_TOKEN ?? null },
    timeoutMilliseconds: variables.TARGET_TIMEOUT_MS,
    bodyLimit: variables.TARGET_BODY_LIMIT_MIB * 1024 * 1024,
    concurrency: variables.CONCURRENCY,
    seed: variables.SEED,
    gate: variables.GATE.toUpperCase() as Level,
    requireEvidence: variables.REQUIRE_EVIDENCE === '1',
    knownConnections:
      variables.KNOWN_CONNECTIONS === undefined ? [] : readKnownConnections(variables.KNOWN_CONNECTIONS),
    defaultsConnections: listed(variables.DEFAULTS_CONNECTION),
    waivers: { files: listed(variables.WAIVERS), staleFails: variables.STALE_WAIVERS === 'fail' },
  };
}

/** What a variable lists with commas. */
function listed(text = ''): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
}

/** What a request needs beside its target and its token. */
type Means = Pick<Configuration, 'keystone' | 'headers' | 'network' | 'remarks'>;

/** A recording is replayed, not asked for again: that takes no credentials, headers or proxies. */
const unasked: Means = { keystone: { first: null, second: null }, headers: {}, network: plainNetwork, remarks: [] };

/** How the target is reached, and with what: clause `read-only`. */
function readMeans(variables: Variables, environment: NodeJS.ProcessEnv): Means {
  const { TARGET_URL: url, TARGET_TOKEN: token, SECOND_TOKEN: secondToken } = variables;
  const proxies = readProxies(environment);
  const given = { url, token: token !== undefined, secondToken: secondToken !== undefined };
  const { logins, tls, remark } = readKeystone(environment, given, proxies);
  return {
    keystone: logins,
    headers: readTargetHeaders(variables.TARGET_HEADERS),
    network: readTargetNetwork(variables, tls, proxies),
    remarks: remark === null ? [] : [remark],
  };
}

/** What TARGET_URL names: a target, or a file of what was observed before; nothing, for the embedded target. */
function readWhere(url: string | undefined): Pick<Configuration, 'target' | 'file'> {
  if (url === undefined) return { target: null, file: null };
  if (!/^file:/i.test(url)) return { target: readTarget(url), file: null };
  const file = url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length);
  if (!existsSync(file)) throw new ConfigurationError(`TARGET_URL names ${file}, which is not there`);
  return { target: { origin: `file:${file}`, basePath: '' }, file };
}

/**
 * Reads TARGET_URL: clause `target-url`.
 * @param name what holds the URL, for messages
 * @throws ConfigurationError
 */
export function readTarget(text: string, name = 'TARGET_URL'): Target {
  const refuse = (why: string): never => {
    throw new ConfigurationError(`${name} ${why}; it is everything before /v2.0, like https://vpn.example.com`);
  };
  if (!URL.canParse(text)) refuse('is no URL');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') refuse('is neither http nor https');
  if (url.username !== '' || url.password !== '') refuse('holds user information: use TARGET_TOKEN');
  if (text.includes('?')) refuse('has a query');
  if (text.includes('#')) refuse('has a fragment');
  const basePath = url.pathname
    .replace(/\/+$/, '')
    .replace(/\/v2\.0$/, '')
    .replace(/\/+$/, '');
  return { origin: url.origin, basePath };
}

/** What probes and judges may know of a configuration, for a target. */
export function settingsOf(configuration: Configuration, target: Target): Settings {
  const { first, second } = configuration.credentials;
  return {
    origin: target.origin,
    credentials: { first: first !== null, second: second !== null, caseSensitive: isCaseSensitive(first ?? '') },
    defaultsConnections: configuration.defaultsConnections,
    knownConnections: configuration.knownConnections,
    seed: configuration.seed,
    concurrency: configuration.concurrency,
    timeoutMilliseconds: configuration.timeoutMilliseconds,
    bodyLimit: configuration.bodyLimit,
    secrets: [first, second, ...tellingValues(configuration)].filter((secret) => secret !== null),
    access: accessOf(configuration, target),
  };
}

/** A shorter value of a header may stand in an answer by accident. In characters. */
const shortestHeaderSecret = 16;

/** The values of headers that an answer must not repeat. */
function tellingValues({ headers }: Configuration): readonly string[] {
  return Object.values(headers).filter((value) => value.length >= shortestHeaderSecret);
}

/** A shorter password is a word like another: hidden everywhere, it would shred a report. */
const longPassword = 8;

/** Whatever a report must not show: more than an answer must not repeat. */
export function secretsOf({ credentials, headers, keystone, network }: Configuration): readonly string[] {
  const { passphrase } = network.tls.client ?? {};
  const logins = [keystone.first, keystone.second].filter((login) => login !== null);
  const unsent = [...logins.flatMap(loginSecrets), ...(passphrase == null ? [] : [passphrase])];
  return [
    ...[credentials.first, credentials.second].filter((token) => token !== null),
    ...Object.values(headers),
    ...proxySecrets(network.proxies),
    ...unsent.filter((secret) => secret.length >= longPassword),
  ];
}

const known: ReadonlySet<string> = new Set(Object.keys(schema.properties));
/** Names with these beginnings are ours alone, so that a mistyped one is told. */
const reserved = /^TARGET_/;

function collect(environment: NodeJS.ProcessEnv): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [name, text] of Object.entries(environment)) {
    if (text === undefined || text === '') continue;
    if (known.has(name)) variables[name] = text;
    else if (reserved.test(name)) {
      throw new ConfigurationError(`${name} is not known; known are ${[...known].join(', ')}`);
    }
  }
  return variables;
}

function readEnvFile(path: string): NodeJS.ProcessEnv {
  if (!existsSync(path)) return {};
  try {
    return parseEnv(readFileSync(path, 'utf8')) as NodeJS.ProcessEnv;
  } catch (error) {
    throw new ConfigurationError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** One line of our own from Ajv's error, without the value: it may be a secret. */
function explain(error: ErrorObject | undefined): string {
  const name = error?.instancePath.slice(1) ?? '';
  const wanted = schema.properties[name as keyof typeof schema.properties] as {
    type?: string;
    enum?: readonly string[];
    minimum?: number;
    maximum?: number;
  };
  if (wanted.enum) return `${name} must be one of ${wanted.enum.join(', ')}`;
  if (wanted.minimum !== undefined) {
    return `${name} must be a whole number from ${wanted.minimum} to ${wanted.maximum}`;
  }
  return `${name} must be printable ASCII without blanks`;
}
