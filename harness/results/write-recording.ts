import { randomUUID } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { STATUS_CODES } from 'node:http';
import { codingsOf } from '../answers/content-coding.ts';
import type { Observation, ReadAnswer } from '../answers/observation.ts';
import type { ShownBodies } from '../answers/shown-bodies.ts';
import type { Entry, Recording } from '../captures/recording.ts';
import type { Settings } from '../configuration/settings.ts';
import { piecesOf } from '../json/pieces.ts';
import type { Observations } from '../judging/observations.ts';
import { requestTarget } from '../probes/probe.ts';
import type { Redactor } from '../redaction/redaction.ts';

/** The input of a recording. */
export type RecordingSource = {
  observations: Observations;
  redactor: Redactor;
  bodies: ShownBodies;
  basePath: string;
  creator: { name: string; version: string };
};

/** Characters that are written at once: an element of a list is a small piece. */
const writtenAtOnce = 256 * 1024;

/** Writes a run's observations to a file, piece by piece: a recording of a large run never stands in memory. */
export function writeRecording(file: string, recorded: RecordingSource): void {
  const descriptor = openSync(file, 'w');
  try {
    let text = '';
    for (const piece of recordingText(recorded)) {
      text += piece;
      if (text.length < writtenAtOnce) continue;
      writeSync(descriptor, text);
      text = '';
    }
    writeSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * A run's observations as a HAR file, redacted, in pieces: texts as they came but for the secrets, each of which is the
 * same digest everywhere, so that judging the recording again finds the same. Equal bodies are written once.
 */
export function* recordingText({
  observations,
  redactor,
  bodies,
  basePath,
  creator,
}: RecordingSource): Generator<string> {
  const { origin, seed, credentials, secrets, defaultsConnections, knownConnections } = observations.settings;
  const settings: Recording['log']['_settings'] = {
    origin,
    basePath,
    seed,
    credentials,
    tokens: secrets.map((secret) => redactor.header('x-auth-token', secret)),
    defaultsConnections,
    knownConnections: redactor.value(knownConnections) as Settings['knownConnections'],
    stopped: observations.stopped,
  };
  const head = JSON.stringify({ version: '1.2', creator, _settings: settings });
  yield `{"log":${head.slice(0, -1)},"entries":[\n`;
  const written = new Map<string, number>();
  const { all, turnedAway = [] } = observations;
  for (const [index, observation] of [...all, ...turnedAway].entries()) {
    if (index > 0) yield ',\n';
    if (observation.kind === 'failure') yield JSON.stringify(failureEntry(observation, origin + basePath));
    else {
      const key = [observation.body.digest, ...codingsOf(observation.rawHeaders)].join(' ');
      const bodyOf = written.get(key);
      if (bodyOf === undefined) written.set(key, index);
      const entry = answerEntry(observation, redactor, origin + basePath, bodyOf, index >= all.length);
      const text = bodyOf === undefined ? bodies.text(observation) : undefined;
      yield* entryText(entry, text && textPieces(text, observation, redactor));
    }
  }
  yield '\n]}}\n';
}

/** The text of a body, redacted: element by element where it is a list. */
function* textPieces(text: Uint8Array, { facts }: Observation, redactor: Redactor): Generator<string> {
  const { list } = facts;
  const last = list?.bounds.at(-1);
  if (list === undefined || last === undefined) {
    yield redactor.text(piecesOf(text, null).whole());
    return;
  }
  const from = list.bounds[0] as number;
  const pieces = piecesOf(text, { from, to: last, bounds: list.bounds });
  // Secrets around the list may stand before or behind it: it is redacted in one, and cut at the empty list in it.
  const around = redactor.text(pieces.around());
  const cut = redactor.text(Buffer.from(text.subarray(0, from)).toString()).length;
  yield around.slice(0, cut);
  for (let index = 0; index < pieces.length; index += 1) {
    yield (index > 0 ? ',' : '') + redactor.text(pieces.piece(index));
  }
  yield around.slice(cut);
}

/** An entry as JSON, its body's text in its place. */
function* entryText(entry: Entry, text: Generator<string> | undefined): Generator<string> {
  if (text === undefined) {
    yield JSON.stringify(entry);
    return;
  }
  const mark = randomUUID();
  const content = { ...entry.response.content, text: mark };
  const [before = '', after = ''] = JSON.stringify({ ...entry, response: { ...entry.response, content } }).split(mark);
  yield before;
  for (const piece of text) yield JSON.stringify(piece).slice(1, -1);
  yield after;
}

function harRequest({ probe, timing }: Observation, base: string) {
  return {
    startedDateTime: new Date(timing.startedAt).toISOString(),
    time: timing.milliseconds,
    request: {
      method: probe.method,
      url: requestTarget(base, probe),
      httpVersion: 'HTTP/1.1',
      headers: [],
      queryString: [],
      cookies: [],
      headersSize: -1,
      bodySize: 0,
    },
    cache: {},
    timings: { send: 0, wait: timing.milliseconds, receive: 0 },
  };
}

const nothing = { httpVersion: 'HTTP/1.1', cookies: [], redirectURL: '', headersSize: -1 };

function failureEntry(observation: Observation & { kind: 'failure' }, base: string): Entry {
  const { probe, step, attempts, cause } = observation;
  const response = {
    ...nothing,
    status: 0,
    statusText: '',
    headers: [],
    content: { size: 0, mimeType: '', text: '' },
    bodySize: -1,
  };
  return { ...harRequest(observation, base), response, _observation: { probe, step, attempts, failure: cause } };
}

function answerEntry(
  observation: Observation & ReadAnswer,
  redactor: Redactor,
  base: string,
  bodyOf: number | undefined,
  isTurnedAway: boolean,
): Entry {
  const { probe, step, attempts, status, rawHeaders, body, cut, facts } = observation;
  const { encoding, codingProblem, overLimit } = facts;
  const names = rawHeaders.filter((_, index) => index % 2 === 0);
  const headers = names.map((name, index) => ({ name, value: redactor.header(name, rawHeaders[index * 2 + 1] ?? '') }));
  const mimeType = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? '';
  const comment = bodyOf === undefined ? {} : { comment: `the same body as in entry ${bodyOf}, counted from 0` };
  return {
    ...harRequest(observation, base),
    response: {
      ...nothing,
      status,
      statusText: STATUS_CODES[status] ?? '',
      headers,
      content: { size: body.size, mimeType, ...comment },
      bodySize: body.size,
    },
    _observation: {
      probe,
      step,
      attempts,
      bytes: body.size,
      ...(cut ? { cut } : {}),
      ...(encoding === undefined ? {} : { encoding }),
      ...(codingProblem === undefined ? {} : { codingProblem }),
      ...(overLimit === undefined ? {} : { overLimit: overLimit.words }),
      ...(bodyOf === undefined ? {} : { bodyOf }),
      ...(isTurnedAway ? { turnedAway: true } : {}),
    },
  } as Entry;
}
