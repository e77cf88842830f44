import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ErrorObject } from 'ajv/dist/2020.js';
import schema from '../../schemas/clouds.schema.json' with { type: 'json' };
import { createValidator, type Validator } from '../base/ajv.ts';
import { ConfigurationError } from '../base/configuration-error.ts';
import { pointerTokens } from '../base/pointer.ts';
import { readYamlFile, type YamlFile } from '../base/yaml-file.ts';
import { type OpenStackOptions, type OptionName, optionNames, variableValues } from './options.ts';

type Json = { readonly [name: string]: unknown };

type Cloud = Json & {
  auth?: Json;
  profile?: string;
  region_name?: string;
  regions?: readonly (string | { name: string; values?: unknown })[];
  verify?: boolean;
  insecure?: boolean;
};

type Clouds = { clouds: Readonly<Record<string, unknown>> };
const options = { allowUnionTypes: true };
const isClouds: Validator<Clouds> = createValidator(schema, options);
const isCloud: Validator<Cloud> = createValidator(schema, options, 'clouds.schema.json#/$defs/cloud');

/** Options that the environment may change for a cloud of a file: where and how, not who. */
const overriding: readonly OptionName[] = ['region_name', 'interface', 'cacert', 'cert', 'key', 'insecure'];
/** Secrets that the environment may add where the files leave them out. */
const completing: readonly OptionName[] = ['password', 'application_credential_secret'];

/**
 * The options of a cloud in clouds.yaml, with secure.yaml merged into it. OS_CLIENT_CONFIG_FILE and
 * OS_CLIENT_SECURE_FILE name the files; otherwise the first of each in the working directory, the user's and the
 * system's OpenStack folder.
 * @param name of the cloud
 * @param variable that names it, for messages
 * @throws ConfigurationError one line; where a file is at fault it begins with file and line
 */
export function cloudOptions(environment: NodeJS.ProcessEnv, name: string, variable: string): OpenStackOptions {
  const folders = foldersOf(environment);
  const file = namedFile(environment, 'OS_CLIENT_CONFIG_FILE') ?? find('clouds', folders);
  if (file === undefined) {
    throw new ConfigurationError(`${variable} is set, but there is no clouds.yaml in ${folders.join(', ')}`);
  }
  const secure = namedFile(environment, 'OS_CLIENT_SECURE_FILE') ?? find('secure', folders);
  const open = readCloud(file, name);
  if (open.cloud === null) {
    const known = open.names.length === 0 ? 'none' : open.names.join(', ');
    throw new ConfigurationError(`${variable} names the cloud ${name}, which ${file} does not have; it has ${known}`);
  }
  const hidden = secure === undefined ? {} : (readCloud(secure, name).cloud ?? {});
  const cloud = inRegion(mergeClouds(open.cloud, hidden) as Cloud, environment.OS_REGION_NAME);
  const place = ` (cloud ${name} of ${file})`;
  const found = valuesOf(cloud);
  if (found.auth_url === undefined && cloud.profile !== undefined) {
    throw new ConfigurationError(`profile is not looked up: write the auth_url of ${cloud.profile} instead${place}`);
  }
  const changed = variableValues(environment, overriding);
  const added = variableValues(
    environment,
    completing.filter((option) => found[option] === undefined),
  );
  const overrides = new Set(Object.keys({ ...changed, ...added }) as OptionName[]);
  return { values: { ...found, ...changed, ...added }, kind: 'member', place, overrides };
}

function foldersOf({ XDG_CONFIG_HOME, HOME }: NodeJS.ProcessEnv): readonly string[] {
  return ['.', join(XDG_CONFIG_HOME || join(HOME || homedir(), '.config'), 'openstack'), '/etc/openstack'];
}

/** The file that a variable names: whoever names one means it, and no other. */
function namedFile(environment: NodeJS.ProcessEnv, variable: string): string | undefined {
  const file = environment[variable] || undefined;
  if (file === undefined || existsSync(file)) return file;
  throw new ConfigurationError(`${variable} names ${file}, which is not there`);
}

function find(name: string, folders: readonly string[]): string | undefined {
  const places = folders.flatMap((folder) => ['yaml', 'yml', 'json'].map((end) => join(folder, `${name}.${end}`)));
  return places.find((place) => existsSync(place));
}

/** One cloud of a file, and the names of all; null where the file does not have it. */
function readCloud(file: string, name: string): { cloud: Cloud | null; names: readonly string[] } {
  const yaml = readYamlFile(file);
  if (!isClouds(yaml.value)) return yaml.refuse(1, 'is no list of clouds: it lacks clouds, or a cloud is no mapping');
  const { clouds } = yaml.value;
  const names = Object.keys(clouds);
  if (!Object.hasOwn(clouds, name)) return { cloud: null, names };
  const cloud = clouds[name] ?? {};
  if (!isCloud(cloud)) return refuse(yaml, name, isCloud.errors[0]);
  return { cloud, names };
}

/** Never with the value: it may be a secret. */
function refuse({ lineOf, refuse }: YamlFile, name: string, error: ErrorObject | undefined): never {
  const path = pointerTokens(error?.instancePath ?? '').map((token) => (/^\d+$/.test(token) ? Number(token) : token));
  const member = path.join('.') || 'the cloud';
  const { type, missingProperty } = error?.params ?? {};
  const wanted: Readonly<Record<string, string>> = {
    string: 'must be a text: put it in quotes',
    boolean: 'must be true or false',
    object: 'must be a mapping',
    array: 'must be a list',
  };
  const why = missingProperty === undefined ? wanted[String(type)] : `lacks ${missingProperty}`;
  return refuse(lineOf(['clouds', name, ...path]), `${member} ${why ?? 'is not as it must be'}`);
}

/** The cloud with what it says of one region: the one that is asked for, or else its first. */
function inRegion(cloud: Cloud, asked: string | undefined): Cloud {
  const regions = (cloud.regions ?? []).map((region) => (typeof region === 'string' ? { name: region } : region));
  const wanted = asked || cloud.region_name;
  const region = wanted === undefined ? regions[0] : regions.find(({ name }) => name === wanted);
  if (region === undefined) return cloud;
  return { ...(mergeClouds(cloud, 'values' in region ? region.values : {}) as Cloud), region_name: region.name };
}

function valuesOf(cloud: Cloud): Readonly<Partial<Record<OptionName, string>>> {
  const unverified = cloud.verify === false || cloud.insecure === true;
  const all = { ...cloud, ...cloud.auth, insecure: unverified ? 'true' : undefined };
  return Object.fromEntries(
    optionNames.flatMap((option) => {
      const value = (all as Json)[option];
      return value === undefined || value === null || value === '' ? [] : [[option, String(value)]];
    }),
  );
}

function mergeClouds(below: unknown, above: unknown): unknown {
  if (!isMapping(below) || !isMapping(above)) return above;
  const names = new Set([...Object.keys(below), ...Object.keys(above)]);
  return Object.fromEntries(
    [...names].map((name) => [name, name in above ? mergeClouds(below[name], above[name]) : below[name]]),
  );
}

function isMapping(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
