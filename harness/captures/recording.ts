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
import { isObject } from '../base/is-object.ts';
import type { Settings } from '../configuration/settings.ts';
import type { Contract } from '../contract/contract.ts';
import type { NetworkCause } from '../http/answer.ts';
import { outlineOf } from '../json/outline.ts';
import { type JsonPieces, piecesOf } from '../json/pieces.ts';
import type { Texts } from '../json/texts.ts';
import type { Probe } from '../probes/probe.ts';
import { credentialsIn, type ForeignEntry, foreignProbe, pairsOf } from './foreign-har.ts';

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
      /** Values that the user knew of some connections; a given psk is redacted. */
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
  /** Data that HAR has no place for. */
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
    /** Whether it was retried: a 429 or 503 that another attempt followed. */
    turnedAway?: boolean;
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

/** The contents of a recording, ready to be judged. */
export type RecordedRun = {
  settings: Settings;
  texts: Texts;
  all: readonly Observation[];
  turnedAway: readonly Observation[];
  stopped: string | null;
  secrets: ReadonlySet<string>;
  basePath: string;
  /** Whether it has requests that write. */
  isWritten: boolean;
  /** Remarks for the user on it: the entries that were left out, and why. */
  remarks: readonly string[];
};

/**
 * The observations that a recording holds, judged as those of a run are.
 * @param bytes of the file
 * @param own the settings of this run, for what the recording does not say
 * @throws ConfigurationError the file is no recording, or holds nothing of the list
 */
export function readRecording(bytes: Uint8Array, own: Settings, contract: Contract): RecordedRun {
  const pieces = piecesOfFile(bytes);
  const file: unknown = JSON.parse(pieces.around());
  const isOwn = isObject(file) && isObject(file.log) && '_settings' in file.log;
  if (!isOwn) return readForeign(pieces, own, contract);
  if (!isRecordingFile(file)) throw noHar(isRecordingFile.errors[0]?.instancePath || '/');
  const { _settings: recorded } = file.log;
  if (!recorded) throw noHar('/log/_settings');
  const settings: Settings = {
    ...own,
    origin: recorded.origin,
    seed: recorded.seed,
    credentials: recorded.credentials,
    secrets: recorded.tokens,
    // What this run is told of the connections is newer.
    defaultsConnections:
      own.defaultsConnections.length > 0 ? own.defaultsConnections : (recorded.defaultsConnections ?? []),
    knownConnections: own.knownConnections.length > 0 ? own.knownConnections : (recorded.knownConnections ?? []),
  };
  const known = knownFor(settings, contract);
  const all: Observation[] = [];
  const turnedAway: Observation[] = [];
  for (let index = 0; index < pieces.length; index += 1) {
    const entry: unknown = JSON.parse(pieces.piece(index));
    if (!isEntry(entry)) throw noHar(`/log/entries/${index}${isEntry.errors[0]?.instancePath ?? ''}`);
    const probe = entry._observation?.probe;
    if (probe) (entry._observation?.turnedAway ? turnedAway : all).push(observationOf(entry, index, probe, known));
  }
  if (all.length === 0) throw new ConfigurationError('the recording has no request for the list of connections');
  const { texts, secrets } = known.reader;
  return {
    settings,
    texts,
    all,
    secrets,
    stopped: recorded.stopped ?? null,
    turnedAway,
    basePath: recorded.basePath,
    isWritten: false,
    remarks: [],
  };
}

/** Another tool's HAR file: what it shows of the list, from the origin that it shows most of (clause `foreign-har`). */
function readForeign(pieces: JsonPieces, own: Settings, contract: Contract): RecordedRun {
  const counts = new Map<string, number>();
  const leaveOut = (why: string) => counts.set(why, (counts.get(why) ?? 0) + 1);
  const credentials = new Set<string>();
  const places = new Map<number, { probe: Probe; origin: string }>();
  let written = 0;
  for (let index = 0; index < pieces.length; index += 1) {
    const entry = foreignEntry(pieces, index);
    for (const credential of credentialsIn(entry.request)) credentials.add(credential);
    const taken = foreignProbe(entry, index, contract);
    if ('probe' in taken) places.set(index, taken);
    else {
      leaveOut(taken.leftOut);
      if (taken.isWrite) written += 1;
    }
  }
  const most = mostFrequent([...places.values()].map(({ origin }) => origin));
  const settings: Settings = { ...own, secrets: [...own.secrets, ...credentials] };
  const known = knownFor(settings, contract);
  const all: Observation[] = [];
  for (const [index, { probe, origin }] of places) {
    if (origin === most) all.push(observationOf(entryOf(foreignEntry(pieces, index)), index, probe, known));
    else leaveOut('another origin');
  }
  const told = [...counts].map(([why, count]) => `${count} ${why}`).join(', ');
  if (all.length === 0) {
    const entries = `${pieces.length} ${pieces.length === 1 ? 'entry' : 'entries'}`;
    const why = told === '' ? '' : `: ${told}`;
    throw new ConfigurationError(`the HAR file shows no list of connections in its ${entries}${why}`);
  }
  const remarks = [
    ...(told === '' ? [] : [`The HAR file, by what was left out: ${told}.`]),
    ...(written === 0 ? [] : ['The HAR file has requests that write: whether reading changes nothing is not judged.']),
  ];
  const { texts, secrets } = known.reader;
  return {
    settings,
    texts,
    all,
    secrets,
    stopped: null,
    turnedAway: [],
    basePath: '',
    isWritten: written > 0,
    remarks,
  };
}

/** An entry that is no object, or no JSON, is one of nothing. */
function foreignEntry(pieces: JsonPieces, index: number): ForeignEntry {
  try {
    const entry: unknown = JSON.parse(pieces.piece(index));
    return isObject(entry) ? (entry as ForeignEntry) : {};
  } catch {
    return {};
  }
}

/** A foreign entry as ours are: its headers as pairs, a type from `content` where no header was kept. */
function entryOf({ startedDateTime, response }: ForeignEntry): Entry {
  const { content } = response ?? {};
  const kept = pairsOf(response?.headers).map(([name, value]) => ({ name, value }));
  const type = typeof content?.mimeType === 'string' && content.mimeType !== '' ? content.mimeType : 'application/json';
  // The body was decoded before it was written.
  const headers = kept.length === 0 ? [{ name: 'Content-Type', value: type }] : kept.filter(isNoCoding);
  return {
    ...(typeof startedDateTime === 'string' ? { startedDateTime } : {}),
    request: { method: 'GET', url: '' },
    response: {
      status: Number(response?.status),
      headers,
      content: {
        text: typeof content?.text === 'string' ? content.text : '',
        ...(typeof content?.encoding === 'string' ? { encoding: content.encoding } : {}),
      },
    },
  };
}

function isNoCoding({ name }: { name: string }): boolean {
  return !/^(content|transfer)-encoding$/i.test(name);
}

function mostFrequent(items: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}

function knownFor(settings: Settings, contract: Contract): ReadSoFar {
  const reader = createAnswerReader({ contract, bodyLimit: settings.bodyLimit, tokens: settings.secrets });
  return { bodies: createBodies(), bodyOf: new Map(), reader };
}

function noHar(place: string): ConfigurationError {
  return new ConfigurationError(`the recording is no HAR file: ${place} is not as it must be`);
}

type ReadSoFar = { bodies: Bodies; bodyOf: Map<number, Body>; reader: AnswerReader };

function observationOf(entry: Entry, index: number, probe: Probe, { bodies, bodyOf, reader }: ReadSoFar): Observation {
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
