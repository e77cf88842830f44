import schema from '../schemas/recording.schema.json' with { type: 'json' };
import { createAjv } from './ajv.ts';
import { ConfigurationError } from './configuration-error.ts';
import { foreignProbe } from './foreign-har.ts';
import type { NetworkCause, Observation } from './observation.ts';
import { createObservations, type Observations } from './observations.ts';
import type { Probe } from './probe.ts';
import { type BodyText, takeAsRead } from './reading.ts';
import type { Settings } from './settings.ts';

/** A HAR 1.2 file, as far as it is written and read here. */
export type Recording = {
  log: {
    version: '1.2';
    creator: { name: string; version: string };
    _settings?: {
      origin: string;
      basePath: string;
      seed: number;
      credentials: Settings['credentials'];
      /** The redacted tokens: where an answer repeats one, it repeats this. */
      tokens: readonly string[];
      /** What the user knew of some connections; a given psk is redacted. */
      defaultsConnections?: Settings['defaultsConnections'];
      knownConnections?: Settings['knownConnections'];
      stopped?: string | null;
    };
    entries: readonly Entry[];
  };
};

/** One exchange. */
export type Entry = {
  startedDateTime?: string;
  time?: number;
  request: { method: string; url: string };
  response: {
    status: number;
    headers?: readonly { name: string; value: string }[];
    content?: { text?: string; encoding?: string };
  };
  /** What HAR has no place for. */
  _observation?: {
    probe: Probe;
    step: number;
    attempts: number;
    bytes?: number;
    failure?: NetworkCause;
    cut?: NetworkCause;
  } & Omit<BodyText, 'text'>;
};

const validate = createAjv({ allowUnionTypes: true }).compile<Recording>(schema);

/**
 * Whether a JSON document is a HAR file: a captured body is none.
 */
export function isRecording(document: unknown): boolean {
  return typeof document === 'object' && document !== null && 'log' in document;
}

/**
 * The observations that a recording holds, judged as those of a run are.
 * @param own the settings of this run, for what the recording does not say
 * @throws ConfigurationError the file is no recording
 */
export function observationsOf(document: unknown, own: Settings): { observations: Observations; basePath: string } {
  if (!validate(document)) {
    throw new ConfigurationError(
      `the recording is no HAR file: ${validate.errors?.[0]?.instancePath || '/'} is not as it must be`,
    );
  }
  const { _settings: recorded, entries } = document.log;
  const settings: Settings = {
    ...own,
    ...(recorded && {
      origin: recorded.origin,
      seed: recorded.seed,
      credentials: recorded.credentials,
      secrets: recorded.tokens,
      // What this run is told of the connections is newer.
      defaultsConnections:
        own.defaultsConnections.length > 0 ? own.defaultsConnections : (recorded.defaultsConnections ?? []),
      knownConnections: own.knownConnections.length > 0 ? own.knownConnections : (recorded.knownConnections ?? []),
    }),
  };
  const all = entries.flatMap((entry, index) => observationOf(entry, index));
  if (all.length === 0) throw new ConfigurationError('the recording has no request for the list of connections');
  return {
    observations: createObservations(settings, all, recorded?.stopped ?? null),
    basePath: recorded?.basePath ?? '',
  };
}

function observationOf(entry: Entry, index: number): Observation[] {
  const own = entry._observation;
  const probe = own?.probe ?? foreignProbe(entry, index);
  if (!probe) return [];
  const timing = { startedAt: Date.parse(entry.startedDateTime ?? '') || 0, milliseconds: entry.time ?? 0 };
  const common = { probe, step: own?.step ?? index + 1, timing, attempts: own?.attempts ?? 1 };
  if (own?.failure) return [{ ...common, kind: 'failure', cause: own.failure }];
  const { status, headers = [], content = {} } = entry.response;
  const text =
    content.encoding === 'base64' ? Buffer.from(content.text ?? '', 'base64').toString() : (content.text ?? '');
  const observation: Observation = {
    ...common,
    kind: 'answer',
    status,
    rawHeaders: headers.flatMap(({ name, value }) => [name, value]),
    body: Buffer.from(text),
    ...(own?.cut ? { cut: own.cut } : {}),
  };
  takeAsRead(observation, own ? { ...own, text } : { text, encoding: 'utf-8' });
  return [observation];
}
