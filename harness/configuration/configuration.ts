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
import { readEnvFile } from './env-file.ts';
import { type KnownConnection, readKnownConnections } from './known-connections.ts';
import { takeKnown } from './known-names.ts';
import type { Settings } from './settings.ts';
import { type SecretVariables, secretVariables, shellCloud, shellSettings } from './shell-settings.ts';
import { type NetworkVariables, readTargetNetwork } from './target-network.ts';
import { readWhere, referenceName, type Target, type Where } from './target-url.ts';

/** The settings of a run. */
export type Configuration = Where & {
  /** Where the observations are written. */
  record: string | null;
  /** The folder that results go to; empty for the current one. */
  out: string;
  credentials: Credentials;
  /** The logins at Keystone, for tokens that are not given and for new ones. */
  keystone: KeystoneLogins;
  /** The headers of each request to the target besides its own. */
  headers: TargetHeaders;
  network: Network;
  /** Lines that the user is told before the run. */
  remarks: readonly string[];
  timeoutMilliseconds: number;
  /** In bytes. */
  bodyLimit: number;
  concurrency: number;
  /** Between two requests, in milliseconds. */
  delayMilliseconds: number;
  /** Whether each request carries an id of its own, for the target's log. */
  requestIds: boolean;
  seed: number;
  /** The name of the edition that the target is held to. */
  edition: string;
  gate: Level;
  requireEvidence: boolean;
  defaultsConnections: readonly string[];
  knownConnections: readonly KnownConnection[];
  /** The variables of the shell that hold the secrets. */
  heldBy: SecretVariables;
  /** The settings that are not the defaults, before a command of a shell: with them, it is this run again. */
  shell: string;
  /** Files of known failures, and whether one that matches nothing fails the run. */
  waivers: { files: readonly string[]; staleFails: boolean };
};

export { readTarget, type Target } from './target-url.ts';
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
  DELAY_MS: number;
  REQUEST_IDS: '0' | '1';
  SEED: number;
  EDITION: string;
  GATE: 'must' | 'should' | 'may';
  REQUIRE_EVIDENCE: '0' | '1';
  DEFAULTS_CONNECTION?: string;
  KNOWN_CONNECTIONS?: string;
  WAIVERS?: string;
  STALE_WAIVERS: 'fail' | 'warn';
  RECORD?: string;
  OUT?: string;
};

const validate: Validator<Variables> = createValidator(schema, { coerceTypes: true, useDefaults: true });

/**
 * Reads the configuration from an environment and a .env file, where the environment wins. An empty variable counts
 * as not set.
 * @param heldBy the variables that hold the secrets, where options named others
 * @throws ConfigurationError one line that says what is wrong
 */
export function readConfiguration(
  environment: NodeJS.ProcessEnv,
  envFile = '.env',
  heldBy: SecretVariables = secretVariables,
): Configuration {
  const merged = { ...readEnvFile(envFile), ...environment };
  if (merged.TARGET_URL === '') {
    throw new ConfigurationError(`TARGET_URL is empty: name the target, or ${referenceName} for the embedded one`);
  }
  const variables = takeKnown(merged, settingNames);
  const settings = shellSettings({ variables, environment, heldBy });
  if (!validate(variables)) throw new ConfigurationError(explain(validate.errors[0], variables));
  const where = readWhere(variables.TARGET_URL);
  const isAsked = where.file === null && variables.TARGET_URL !== referenceName;
  const means = isAsked ? readMeans(variables, merged) : plainMeans;
  if (variables.TARGET_URL === undefined && means.keystone.first === null) refuseSigns(variables);
  const isFirst = variables.TARGET_TOKEN !== undefined || means.keystone.first !== null;
  const second = variables.SECOND_TOKEN === undefined ? 'SECOND_OS_CLOUD' : 'SECOND_TOKEN';
  if (variables[second] !== undefined && !isFirst && where.file === null) {
    throw new ConfigurationError(`${second} is set without TARGET_TOKEN or OS_ variables: isolation needs both`);
  }
  return {
    ...where,
    ...means,
    heldBy,
    shell: means.keystone.first === null ? settings : `${settings} ${shellCloud(merged)}`.trim(),
    record: variables.RECORD ?? null,
    out: variables.OUT ?? '',
    credentials: { first: variables.TARGET_TOKEN ?? null, second: variables.SECOND_TOKEN ?? null },
    timeoutMilliseconds: variables.TARGET_TIMEOUT_MS,
    bodyLimit: variables.TARGET_BODY_LIMIT_MIB * 1024 * 1024,
    concurrency: variables.CONCURRENCY,
    delayMilliseconds: variables.DELAY_MS,
    requestIds: variables.REQUEST_IDS === '1',
    seed: variables.SEED,
    edition: variables.EDITION,
    gate: variables.GATE.toUpperCase() as Level,
    requireEvidence: variables.REQUIRE_EVIDENCE === '1',
    knownConnections:
      variables.KNOWN_CONNECTIONS === undefined ? [] : readKnownConnections(variables.KNOWN_CONNECTIONS),
    defaultsConnections: listed(variables.DEFAULTS_CONNECTION),
    waivers: { files: listed(variables.WAIVERS), staleFails: variables.STALE_WAIVERS === 'fail' },
  };
}

/** Whoever sets one of these means a target of their own. */
const signs = [
  'TARGET_TOKEN',
  'SECOND_TOKEN',
  'SECOND_OS_CLOUD',
  'TARGET_HEADERS',
  'TARGET_CA',
  'TARGET_CERT',
  'TARGET_INSECURE',
  'DEFAULTS_CONNECTION',
  'KNOWN_CONNECTIONS',
  'WAIVERS',
  'RECORD',
] as const satisfies readonly (keyof Variables)[];

/**
 * Refuses settings that are meant for a target where none is named: such a run must not end as a test of the embedded
 * one (clause `vacuity`).
 */
function refuseSigns(variables: Variables): void {
  const sign = signs.find((name) => variables[name] !== undefined);
  if (sign === undefined) return;
  throw new ConfigurationError(
    `${sign} is set, TARGET_URL is not: name the target, or ${referenceName} for the embedded one`,
  );
}

/** The items of a variable that is a list with commas. */
function listed(text = ''): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
}

/** The settings of a request beside its target and its token. */
type Means = Pick<Configuration, 'keystone' | 'headers' | 'network' | 'remarks'>;

/** A recording is replayed, not asked for again: that takes no credentials, headers or proxies. */
const plainMeans: Means = { keystone: { first: null, second: null }, headers: {}, network: plainNetwork, remarks: [] };

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

/** The part of a configuration that probes and judges may know, for a target. */
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
    secrets: [first, second, ...longHeaderValues(configuration)].filter((secret) => secret !== null),
    access: accessOf(configuration, target),
  };
}

/** A shorter value of a header may stand in an answer by accident. In characters. */
const shortestHeaderSecret = 16;

/** The values of headers that an answer must not repeat. */
function longHeaderValues({ headers }: Configuration): readonly string[] {
  return Object.values(headers).filter((value) => value.length >= shortestHeaderSecret);
}

/** A shorter password is a word like another: hidden everywhere, it would shred a report. */
const longPassword = 8;

/** All values that a report must not show: those that an answer must not repeat, and more. */
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

const settingNames: ReadonlySet<string> = new Set(Object.keys(schema.properties));

/** One line of our own from Ajv's error; the value only where a number was wanted, for others may be secrets. */
function explain(error: ErrorObject | undefined, variables: Readonly<Record<string, unknown>>): string {
  const name = error?.instancePath.slice(1) ?? '';
  const wanted = schema.properties[name as keyof typeof schema.properties] as {
    type?: string;
    enum?: readonly string[];
    minimum?: number;
    maximum?: number;
  };
  if (wanted.enum) return `${name} must be one of ${wanted.enum.join(', ')}`;
  if (wanted.minimum !== undefined) {
    const given = String(variables[name]);
    const found = /^[\w.+-]{1,20}$/.test(given) ? `, not ${given}` : '';
    return `${name} must be a whole number from ${wanted.minimum} to ${wanted.maximum}${found}`;
  }
  return `${name} must be printable ASCII without blanks`;
}
