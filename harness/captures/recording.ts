import schema from '../../schemas/recording.schema.json' with { type: 'json' };
import { type AnswerReader, createAnswerReader } from '../answers/answer-reader.ts';
import { type Bodies, type Body, createBodies, type Recorded } from '../answers/body.ts';
import { type Encoding, toPlainUtf8 } from '../answers/character-encoding.ts';
import type { CodingProblem } from '../answers/content-coding.ts';
import { noFacts } from '../answers/facts.ts';
import { depthLimit } from '../answers/json-reader.ts';
import type { Observation } from '../answers/observation.ts';
import { createValidator, type Validator } from '../base/ajv.ts';
import { ConfigurationError } from '../base/configuration-error.ts';
import type { Settings } from '../configuration/settings.ts';
import type { Contract } from '../contract/contract.ts';
import type { NetworkCause } from '../http/answer.ts';
import type { Probe } from '../http/probe.ts';
import { outlineOf } from '../json/outline.ts';
import { type JsonPieces, piecesOf } from '../json/pieces.ts';
import type { Texts } from '../json/texts.ts';
import { foreignProbe } from './foreign-har.ts';

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
    content?: { text?: string; encoding?: string; size?: number; mimeType?: string; comment?: string };
  };
  /** What HAR has no place for. */
  _observation?: {
    probe: Probe;
    step: number;
    attempts: number;
    bytes?: number;
    failure?: NetworkCause;
    cut?: NetworkCause;
    encoding?: Encoding;
    codingProblem?: CodingProblem;
    overLimit?: string;
    /** The number of the entry, from 0, that has the same body: equal bodies are written once. */
    bodyOf?: number;
  };
};

const options = { allowUnionTypes: true };
const isRecordingFile: Validator<Recording> = createValidator(schema, options);
const isEntry: Validator<Entry> = createValidator(schema, options, 'recording.schema.json#/$defs/entry');

/** A file is parsed entry by entry: a recording of a large run does not stand in memory as objects. */
function piecesOfFile(bytes: Uint8Array): JsonPieces {
  const text = toPlainUtf8(bytes).bytes;
  return piecesOf(text, outlineOf(text, ['log', 'entries'], Number.POSITIVE_INFINITY).items);
}

/** A longer text without entries is no recording: it is a captured body, and is not parsed to see that. */
const longestHead = 1024 * 1024;

/** Whether a file is a HAR file: a captured body is none. */
export function isRecording(bytes: Uint8Array): boolean {
  const around = piecesOfFile(bytes).around();
  if (around.length > longestHead) return false;
  try {
    const document: unknown = JSON.parse(around);
    return typeof document === 'object' && document !== null && 'log' in document;
  } catch {
    return false;
  }
}

/** What a recording holds, ready to be judged. */
export type RecordedRun = {
  settings: Settings;
  texts: Texts;
  all: readonly Observation[];
  stopped: string | null;
  secrets: ReadonlySet<string>;
  basePath: string;
};

/**
 * The observations that a recording holds, judged as those of a run are.
 * @param bytes of the file
 * @param own the settings of this run, for what the recording does not say
 * @throws ConfigurationError the file is no recording
 */
export function readRecording(bytes: Uint8Array, own: Settings, contract: Contract): RecordedRun {
  const pieces = piecesOfFile(bytes);
  const file: unknown = JSON.parse(pieces.around());
  if (!isRecordingFile(file)) throw refusal(isRecordingFile.errors[0]?.instancePath || '/');
  const { _settings: recorded } = file.log;
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
  const reader = createAnswerReader({ contract, bodyLimit: settings.bodyLimit, tokens: settings.secrets });
  const bodies = createBodies();
  const bodyOf = new Map<number, Body>();
  const all: Observation[] = [];
  for (let index = 0; index < pieces.length; index += 1) {
    const entry: unknown = JSON.parse(pieces.piece(index));
    if (!isEntry(entry)) throw refusal(`/log/entries/${index}${isEntry.errors[0]?.instancePath ?? ''}`);
    const probe = entry._observation?.probe ?? foreignProbe(entry, index, contract);
    if (probe) all.push(observationOf(entry, index, probe, { bodies, bodyOf, reader }));
  }
  if (all.length === 0) throw new ConfigurationError('the recording has no request for the list of connections');
  const { texts, secrets } = reader;
  return { settings, texts, all, secrets, stopped: recorded?.stopped ?? null, basePath: recorded?.basePath ?? '' };
}

function refusal(place: string): ConfigurationError {
  return new ConfigurationError(`the recording is no HAR file: ${place} is not as it must be`);
}

type Known = { bodies: Bodies; bodyOf: Map<number, Body>; reader: AnswerReader };

function observationOf(entry: Entry, index: number, probe: Probe, { bodies, bodyOf, reader }: Known): Observation {
  const own = entry._observation;
  const timing = { startedAt: Date.parse(entry.startedDateTime ?? '') || 0, milliseconds: entry.time ?? 0 };
  const common = { probe, step: own?.step ?? index + 1, timing, attempts: own?.attempts ?? 1 };
  if (own?.failure) return { ...common, kind: 'failure', facts: noFacts, cause: own.failure };
  const { status, headers = [], content = {} } = entry.response;
  const text =
    content.encoding === 'base64' ? Buffer.from(content.text ?? '', 'base64').toString() : (content.text ?? '');
  const body = bodyOf.get(own?.bodyOf ?? -1) ?? bodies.recorded(text, foundIn(own));
  bodyOf.set(index, body);
  const rawHeaders = headers.flatMap(({ name, value }) => [name, value]);
  const answer = { status, rawHeaders, body, ...(own?.cut ? { cut: own.cut } : {}) };
  return { ...common, kind: 'answer', ...answer, facts: reader.read(answer) };
}

function foundIn(own: Entry['_observation']): Recorded {
  const { overLimit, encoding, codingProblem } = own ?? { encoding: 'utf-8' };
  const kind = overLimit === depthLimit.words ? 'depth' : 'size';
  return { overLimit: overLimit === undefined ? undefined : { kind, words: overLimit }, encoding, codingProblem };
}
