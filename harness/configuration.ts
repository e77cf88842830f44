import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import schema from '../schemas/configuration.schema.json' with { type: 'json' };
import { type Credentials, isCaseSensitive } from './credentials.ts';
import { type KnownConnection, readKnownConnections } from './known-connections.ts';
import type { Settings } from './settings.ts';
import type { Level } from './verdict.ts';

/** What a run is told. */
export type Configuration = {
  /** Null: the embedded reference target. */
  target: Target | null;
  credentials: Credentials;
  timeoutMilliseconds: number;
  /** In bytes. */
  bodyLimit: number;
  concurrency: number;
  seed: number;
  gate: Level;
  requireEvidence: boolean;
  defaultsConnections: readonly string[];
  knownConnections: readonly KnownConnection[];
};

/** Where the target is: everything before /v2.0. */
export type Target = { origin: string; basePath: string };

/** A mistake of the user's: one line, exit code 2. The message never holds a value that may be a secret. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError';
}

type Variables = {
  TARGET_URL?: string;
  TARGET_TOKEN?: string;
  SECOND_TOKEN?: string;
  TARGET_TIMEOUT_MS: number;
  TARGET_BODY_LIMIT_MIB: number;
  CONCURRENCY: number;
  SEED: number;
  GATE: 'must' | 'should' | 'may';
  REQUIRE_EVIDENCE: '0' | '1';
  DEFAULTS_CONNECTION?: string;
  KNOWN_CONNECTIONS?: string;
};

const validate = new Ajv2020({ coerceTypes: true, useDefaults: true }).compile<Variables>(schema);

/**
 * Reads the configuration from an environment and a .env file, where the environment wins. An empty variable counts
 * as not set.
 * @throws ConfigurationError one line that says what is wrong
 */
export function readConfiguration(environment: NodeJS.ProcessEnv, envFile = '.env'): Configuration {
  const variables = collect({ ...readEnvFile(envFile), ...environment });
  if (!validate(variables)) throw new ConfigurationError(explain(validate.errors?.[0]));
  if (variables.SECOND_TOKEN !== undefined && variables.TARGET_TOKEN === undefined) {
    throw new ConfigurationError('SECOND_TOKEN is set without TARGET_TOKEN: isolation needs both');
  }
  return {
    target: variables.TARGET_URL === undefined ? null : readTarget(variables.TARGET_URL),
    credentials: { first: variables.TARGET_TOKEN ?? null, second: variables.SECOND_TOKEN ?? null },
    timeoutMilliseconds: variables.TARGET_TIMEOUT_MS,
    bodyLimit: variables.TARGET_BODY_LIMIT_MIB * 1024 * 1024,
    concurrency: variables.CONCURRENCY,
    seed: variables.SEED,
    gate: variables.GATE.toUpperCase() as Level,
    requireEvidence: variables.REQUIRE_EVIDENCE === '1',
    knownConnections:
      variables.KNOWN_CONNECTIONS === undefined ? [] : readKnownConnections(variables.KNOWN_CONNECTIONS),
    defaultsConnections: (variables.DEFAULTS_CONNECTION ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
  };
}

/**
 * Reads TARGET_URL: contract clause 19.
 * @throws ConfigurationError
 */
export function readTarget(text: string): Target {
  const refuse = (why: string): never => {
    throw new ConfigurationError(`TARGET_URL ${why}; it is everything before /v2.0, like https://vpn.example.com`);
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
    secrets: [first, second].filter((secret) => secret !== null),
  };
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
  return existsSync(path) ? (parseEnv(readFileSync(path, 'utf8')) as NodeJS.ProcessEnv) : {};
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
