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

/** An observation as Allure's HTTP viewer shows it, redacted. */
export function exchangeOf(
  observation: Observation,
  observations: Observations,
  redactor: Redactor,
  bodies: ShownBodies,
  basePath: string,
  kind: keyof typeof longestBody,
): NamedExchange {
  const { probe, timing } = observation;
  // The value is never asked for: what is shown of a credential is that it was sent.
  const placeholder = { first: ALLURE_HTTP_REDACTED_VALUE, second: ALLURE_HTTP_REDACTED_VALUE };
  const credentials = observations.settings.credentials.first ? placeholder : { first: null, second: null };
  const given = observations.settings.access.headerNames.map((name) => [name, ALLURE_HTTP_REDACTED_VALUE] as const);
  const headers = Object.entries(
    requestHeaders(probe, credentials, Object.fromEntries(given), observation.requestId),
  ).map(([name, value]) => ({ name, value: name === 'x-auth-token' ? ALLURE_HTTP_REDACTED_VALUE : value }));
  const exchange: NamedExchange['exchange'] = {
    schemaVersion: ALLURE_HTTP_EXCHANGE_SCHEMA_VERSION,
    request: { method: probe.method, url: observations.settings.origin + requestTarget(basePath, probe), headers },
    start: timing.startedAt,
    stop: Math.round(timing.startedAt + timing.milliseconds),
    ...(observation.kind === 'failure'
      ? { error: { name: observation.cause.kind, message: observation.cause.message } }
      : { response: response(observation, redactor, bodies, longestBody[kind]) }),
  };
  return { name: `${requestLine(observation, basePath)}${unusual(probe)} → ${outcome(observation)}`, exchange };
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
  observation: Observation & ReadAnswer,
  redactor: Redactor,
  bodies: ShownBodies,
  longest: number,
): HttpExchange['response'] & object {
  const { status, rawHeaders, body } = observation;
  const names = rawHeaders.filter((_, index) => index % 2 === 0);
  const headers = names.map((name, index) => ({ name, value: redactor.header(name, rawHeaders[index * 2 + 1] ?? '') }));
  const { text, isWhole } = shownText(bodies.beginning(observation));
  const contentType = headerValues(rawHeaders, 'content-type')[0];
  return {
    status,
    statusText: STATUS_CODES[status] ?? '',
    headers,
    body: {
      ...(contentType === undefined ? {} : { contentType: redactor.text(contentType) }),
      encoding: 'utf8',
      value: indented(redactor.beginning(text, longest, isWhole)),
      size: body.size,
      truncated: text.length > longest || !isWhole,
    },
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
