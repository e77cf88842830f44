import { STATUS_CODES } from 'node:http';
import type { Observation } from '../harness/observation.ts';
import type { Observations } from '../harness/observations.ts';
import { requestTarget } from '../harness/probe.ts';
import type { Entry, Recording } from '../harness/recording.ts';
import type { Settings } from '../harness/settings.ts';
import type { Redactor } from './redaction.ts';

/**
 * A run's observations as a HAR file, redacted: texts as they came but for the secrets, each of which is the same
 * digest everywhere, so that judging the recording again finds the same.
 */
export function recordingOf(
  observations: Observations,
  redactor: Redactor,
  basePath: string,
  creator: { name: string; version: string },
): Recording {
  const { origin, seed, credentials, secrets, defaultsConnections } = observations.settings;
  const knownConnections = redactor.value(observations.settings.knownConnections) as Settings['knownConnections'];
  const tokens = secrets.map((secret) => redactor.header('x-auth-token', secret));
  const entries = observations.all.map((observation) =>
    entryOf(observation, observations, redactor, origin + basePath),
  );
  return {
    log: {
      version: '1.2',
      creator,
      _settings: {
        origin,
        basePath,
        seed,
        credentials,
        tokens,
        defaultsConnections,
        knownConnections,
        stopped: observations.stopped,
      },
      entries,
    },
  };
}

function entryOf(observation: Observation, observations: Observations, redactor: Redactor, base: string): Entry {
  const { probe, step, attempts, timing } = observation;
  const common = {
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
  const nothing = { httpVersion: 'HTTP/1.1', cookies: [], redirectURL: '', headersSize: -1 };
  if (observation.kind === 'failure') {
    const response = {
      ...nothing,
      status: 0,
      statusText: '',
      headers: [],
      content: { size: 0, mimeType: '', text: '' },
      bodySize: -1,
    };
    return { ...common, response, _observation: { probe, step, attempts, failure: observation.cause } };
  }
  const { status, rawHeaders, body, cut } = observation;
  const { text, encoding, codingProblem, overLimit } = observations.read(observation);
  const names = rawHeaders.filter((_, index) => index % 2 === 0);
  const headers = names.map((name, index) => ({ name, value: redactor.header(name, rawHeaders[index * 2 + 1] ?? '') }));
  const redacted = text === undefined ? undefined : redactor.text(text);
  const mimeType = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? '';
  return {
    ...common,
    response: {
      ...nothing,
      status,
      statusText: STATUS_CODES[status] ?? '',
      headers,
      content: { size: redacted?.length ?? 0, mimeType, ...(redacted === undefined ? {} : { text: redacted }) },
      bodySize: body.length,
    },
    _observation: {
      probe,
      step,
      attempts,
      bytes: body.length,
      ...(cut ? { cut } : {}),
      ...(encoding === undefined ? {} : { encoding }),
      ...(codingProblem === undefined ? {} : { codingProblem }),
      ...(overLimit === undefined ? {} : { overLimit }),
    },
  } as Entry;
}
