import { STATUS_CODES } from 'node:http';
import {
  ALLURE_HTTP_EXCHANGE_SCHEMA_VERSION,
  ALLURE_HTTP_REDACTED_VALUE,
  type HttpExchange,
} from 'allure-js-commons/http';
import { requestHeaders } from '../harness/client.ts';
import { headerValues, type Observation } from '../harness/observation.ts';
import type { Observations } from '../harness/observations.ts';
import { type Probe, requestTarget } from '../harness/probe.ts';
import type { Redactor } from './redaction.ts';
import { requestLine } from './result.ts';

export type NamedExchange = { name: string; exchange: HttpExchange & { start: number; stop: number } };

/** The most characters of a body that are attached: many where it shows a departure, few where nothing departs. */
export const longestBody = { departing: 64 * 1024, conforming: 8 * 1024 } as const;

/** An observation as Allure's HTTP viewer shows it, redacted. */
export function exchangeOf(
  observation: Observation,
  observations: Observations,
  redactor: Redactor,
  basePath: string,
  longest: number = longestBody.departing,
): NamedExchange {
  const { probe, timing } = observation;
  // The value is never asked for: what is shown of a credential is that it was sent.
  const placeholder = { first: ALLURE_HTTP_REDACTED_VALUE, second: ALLURE_HTTP_REDACTED_VALUE };
  const credentials = observations.settings.credentials.first ? placeholder : { first: null, second: null };
  const given = observations.settings.access.headerNames.map((name) => [name, ALLURE_HTTP_REDACTED_VALUE] as const);
  const headers = Object.entries(requestHeaders(probe, credentials, Object.fromEntries(given))).map(
    ([name, value]) => ({ name, value: name === 'x-auth-token' ? ALLURE_HTTP_REDACTED_VALUE : value }),
  );
  const exchange: NamedExchange['exchange'] = {
    schemaVersion: ALLURE_HTTP_EXCHANGE_SCHEMA_VERSION,
    request: { method: probe.method, url: observations.settings.origin + requestTarget(basePath, probe), headers },
    start: timing.startedAt,
    stop: Math.round(timing.startedAt + timing.milliseconds),
    ...(observation.kind === 'failure'
      ? { error: { name: observation.cause.kind, message: observation.cause.message } }
      : { response: response(observation, observations, redactor, longest) }),
  };
  return { name: `${requestLine(observation, basePath)}${unusual(probe)} → ${outcome(observation)}`, exchange };
}

/** What tells a request from others with the same request line. */
function unusual({ accept, auth }: Probe): string {
  const own = [
    ...(accept === null ? ['no Accept'] : accept === 'application/json' ? [] : [`Accept: ${accept}`]),
    ...(auth.kind === 'altered' ? [`${auth.how} token`] : []),
    ...(auth.kind === 'none' ? ['no token'] : []),
    ...(auth.kind === 'second' ? ['second token'] : []),
  ];
  return own.length === 0 ? '' : ` (${own.join(', ')})`;
}

function outcome(observation: Observation): string {
  return observation.kind === 'answer' ? String(observation.status) : observation.cause.kind;
}

function response(
  observation: Observation & { kind: 'answer' },
  observations: Observations,
  redactor: Redactor,
  longest: number,
): HttpExchange['response'] & object {
  const { status, rawHeaders } = observation;
  const names = rawHeaders.filter((_, index) => index % 2 === 0);
  const headers = names.map((name, index) => ({ name, value: redactor.header(name, rawHeaders[index * 2 + 1] ?? '') }));
  const { json, text } = observations.read(observation);
  const shown = json?.ok ? JSON.stringify(redactor.value(json.value), null, 2) : redactor.text(readable(text));
  const contentType = headerValues(rawHeaders, 'content-type')[0];
  return {
    status,
    statusText: STATUS_CODES[status] ?? '',
    headers,
    body: {
      ...(contentType === undefined ? {} : { contentType: redactor.text(contentType) }),
      encoding: 'utf8',
      value: shown.slice(0, longest),
      size: observation.body.length,
      truncated: shown.length > longest,
    },
  };
}

/** Text that a person can read; what is binary is not shown, for nothing in it could be redacted. */
function readable(text: string | undefined): string {
  if (text === undefined) return '(could not be decoded)';
  return /[\0-\x08\x0e-\x1f]/.test(text) ? '(binary)' : text;
}
