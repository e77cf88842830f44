import { STATUS_CODES } from 'node:http';
import {
  ALLURE_HTTP_EXCHANGE_SCHEMA_VERSION,
  ALLURE_HTTP_REDACTED_VALUE,
  type HttpExchange,
} from 'allure-js-commons/http';
import { format } from 'jsonc-parser';
import type { Observation, ReadAnswer } from '../answers/observation.ts';
import type { ShownBodies } from '../answers/shown-bodies.ts';
import { headerValues } from '../http/answer.ts';
import { requestHeaders } from '../http/request-headers.ts';
import type { Observations } from '../judging/observations.ts';
import { type Probe, requestTarget } from '../probes/probe.ts';
import type { Redactor } from '../redaction/redaction.ts';
import { requestLine } from './reported.ts';

export type NamedExchange = { name: string; exchange: HttpExchange & { start: number; stop: number } };

/** The most characters of a body that are attached: more where it shows a departure, few where nothing departs. */
const longestBody = { departing: 16 * 1024, conforming: 4 * 1024 } as const;

/** The run's data that exchanges are shown with. */
type Shown = { observations: Observations; redactor: Redactor; bodies: ShownBodies; basePath: string };

/** Shows an observation as Allure's HTTP viewer does. @param kind whether it shows a departure */
export type ShowExchange = (observation: Observation, kind: keyof typeof longestBody) => NamedExchange;

/** Makes what shows the observations of a run, redacted. Equal bodies are shown alike, and are redacted once. */
export function createExchanges({ observations, redactor, bodies, basePath }: Shown): ShowExchange {
  const { settings } = observations;
  // The value is never asked for: what is shown of a credential is that it was sent.
  const placeholder = { first: ALLURE_HTTP_REDACTED_VALUE, second: ALLURE_HTTP_REDACTED_VALUE };
  const credentials = settings.credentials.first ? placeholder : { first: null, second: null };
  const given = Object.fromEntries(settings.access.headerNames.map((name) => [name, ALLURE_HTTP_REDACTED_VALUE]));
  const bodyOf = shownOnce(redactor, bodies);
  return (observation, kind) => {
    const { probe, timing } = observation;
    const headers = Object.entries(requestHeaders(probe, credentials, given, observation.requestId)).map(
      ([name, value]) => ({ name, value: name === 'x-auth-token' ? ALLURE_HTTP_REDACTED_VALUE : value }),
    );
    const exchange: NamedExchange['exchange'] = {
      schemaVersion: ALLURE_HTTP_EXCHANGE_SCHEMA_VERSION,
      request: { method: probe.method, url: settings.origin + requestTarget(basePath, probe), headers },
      start: timing.startedAt,
      stop: Math.round(timing.startedAt + timing.milliseconds),
      ...(observation.kind === 'failure'
        ? { error: { name: observation.cause.kind, message: observation.cause.message } }
        : { response: response(observation, redactor, bodyOf(observation, kind)) }),
    };
    return { name: `${requestLine(observation, basePath)}${unusual(probe)} → ${outcome(observation)}`, exchange };
  };
}

/** The parts that distinguish a request from others with the same request line. */
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
  { status, rawHeaders, body: { size } }: ReadAnswer,
  redactor: Redactor,
  body: ShownBody,
): HttpExchange['response'] & object {
  const names = rawHeaders.filter((_, index) => index % 2 === 0);
  const headers = names.map((name, index) => ({ name, value: redactor.header(name, rawHeaders[index * 2 + 1] ?? '') }));
  const contentType = headerValues(rawHeaders, 'content-type')[0];
  return {
    status,
    statusText: STATUS_CODES[status] ?? '',
    headers,
    body: {
      ...(contentType === undefined ? {} : { contentType: redactor.text(contentType) }),
      encoding: 'utf8',
      ...body,
      size,
    },
  };
}

/** The part of a body that is shown. */
type ShownBody = { value: string; truncated: boolean };

/** Makes what shows bodies; equal texts are redacted once. */
function shownOnce(redactor: Redactor, bodies: ShownBodies) {
  const known = new Map<string, ShownBody>();
  return (observation: Observation, kind: keyof typeof longestBody): ShownBody => {
    const { text, isWhole } = shownText(bodies.beginning(observation));
    const key = `${kind} ${isWhole} ${text}`;
    const longest = longestBody[kind];
    const shown = known.get(key) ?? {
      value: indented(redactor.beginning(text, longest, isWhole)),
      truncated: text.length > longest || !isWhole,
    };
    known.set(key, shown);
    return shown;
  };
}

/** JSON with a member a line; as it is, where it is none. */
function indented(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text;
  const edits = format(text, undefined, { insertSpaces: true, tabSize: 2, eol: '\n' });
  // In their order, and so in one go: applyEdits makes a new text for each.
  const ends = edits.map(({ offset, length }) => offset + length);
  const pieces = edits.map(({ offset, content }, index) => text.slice(ends[index - 1] ?? 0, offset) + content);
  return pieces.join('') + text.slice(ends.at(-1) ?? 0);
}

/** Text that a person can read; what is binary is not shown, for nothing in it could be redacted. */
function shownText(beginning: ReturnType<ShownBodies['beginning']>): { text: string; isWhole: boolean } {
  if (beginning === undefined) return { text: '(could not be decoded)', isWhole: true };
  return /[\0-\x08\x0e-\x1f]/.test(beginning.text) ? { text: '(binary)', isWhole: true } : beginning;
}
