import { MIMEType } from 'node:util';
import type { CodingProblem } from '../answers/content-coding.ts';
import type { Observation } from '../answers/observation.ts';
import { pointer } from '../base/pointer.ts';
import type { Settings } from '../configuration/settings.ts';
import { wrapper } from '../contract/wrapper.ts';
import { headerValues } from '../http/answer.ts';
import type { Blemish, Blemishes } from '../json/blemishes.ts';
import type { JsonType } from '../json/json-type.ts';
import type { AnswerTally } from './answer-tally.ts';
import { addGroup, type Collection, emptyCollection } from './departure-groups.ts';
import { blockedBy, conforms, departs } from './tally.ts';
import { ofAnswer, value, words } from './verdict.ts';

/**
 * The frame of a list answer: status, framing, coding, encoding, JSON, wrapper (clause `envelope`). What an earlier one
 * makes unreadable is blocked, so that one mistake is blamed once.
 */

/** The envelope requirement whose failure keeps an answer's elements from being judged; undefined when nothing does. */
export function blockerOfElements(observation: Observation): string | undefined {
  const { overLimit, list, json } = observation.facts;
  if (overLimit !== undefined) return `a limit of the suite (${overLimit.words})`;
  if (list !== undefined) return undefined;
  return blockerOfJson(observation) ?? (json?.ok ? 'envelope.wrapper' : 'envelope.json');
}

/** Whether an answer is a list, and each element of it an object. */
export function isListOfObjects({ facts: { list } }: Observation): boolean {
  return list !== undefined && list.notObjects.count === 0;
}

/** The reason why a body cannot be looked at as JSON. */
function blockerOfJson(observation: Observation): string | undefined {
  if (observation.kind === 'failure') return 'envelope.status';
  const { codingProblem, json, list } = observation.facts;
  if (observation.status !== 200 && !list) return 'envelope.status';
  if (observation.cut && !json?.ok) return 'envelope.complete';
  return codingProblem && !json ? 'envelope.content-coding' : undefined;
}

/** Status 200. */
export function judgeStatus(observation: Observation, settings: StatusSettings): AnswerTally {
  if (observation.kind === 'failure') {
    const { cause } = observation;
    const hint =
      cause.kind === 'timeout' ? `The limit is TARGET_TIMEOUT_MS, ${settings.timeoutMilliseconds} ms.` : undefined;
    return departs(ofAnswer(observation, 'status 200', words(`no answer: ${cause.message}`), hint));
  }
  if (observation.status === 200) return conforms;
  const [location] = headerValues(observation.rawHeaders, 'location');
  const actual = location === undefined ? value(observation.status) : value({ status: observation.status, location });
  return departs(ofAnswer(observation, 'status 200', actual, statusHint(observation.status, settings)));
}

/** The settings that hints on a status mention. */
type StatusSettings = Pick<Settings, 'timeoutMilliseconds' | 'credentials' | 'access'>;

function statusHint(status: number, { credentials, access }: StatusSettings): string | undefined {
  const proxy = access.isProxied ? ' Or the proxy refused it: NO_PROXY names the hosts that need none.' : '';
  if (status === 401 || status === 403) {
    if (!credentials.first) return `No credentials were sent: TARGET_TOKEN, or the OS_ variables, hold them.${proxy}`;
    const token = access.isIssued.first ? 'the token that Keystone issued' : 'TARGET_TOKEN';
    return `The credentials were refused: is ${token} valid for this target?${proxy}`;
  }
  if (status === 503) return 'Still 503 after the retries that are allowed for transient trouble.';
  if (status >= 300 && status < 400)
    return 'Redirects are recorded and not followed: TARGET_URL should name the final address.';
  if (status === 404) return 'TARGET_URL is everything before /v2.0.';
  return undefined;
}

/** The whole body, as announced. */
export function judgeComplete(observation: Observation): AnswerTally {
  if (observation.kind === 'failure') return blockedBy('envelope.status');
  const { cut, body } = observation;
  if (!cut) return conforms;
  const found = words(`${body.size} bytes, then ${cut.message}`);
  return departs(ofAnswer(observation, 'the whole body, as announced', found));
}

const codingHints: Readonly<Record<CodingProblem, { found: string; hint: string }>> = {
  unlabelled: {
    found: 'gzip data without a Content-Encoding',
    hint: 'A client that trusts the headers takes the compressed bytes for JSON.',
  },
  twice: {
    found: 'gzip data within the content coding that is labelled',
    hint: 'Decoded as Content-Encoding says, the body is compressed still.',
  },
  unaccepted: {
    found: 'a content coding that the request did not accept',
    hint: 'The request said which codings it accepts.',
  },
  unknown: {
    found: 'a content coding that no client can know',
    hint: 'Content-Encoding names a coding that is not registered or not accepted.',
  },
  corrupt: {
    found: 'bytes that are not of the labelled coding',
    hint: 'Content-Encoding says one thing, the body is another.',
  },
  'not-zlib': {
    found: 'raw deflate data',
    hint: 'The coding named deflate is the zlib format (RFC 9110 section 8.4.1.2).',
  },
};

/** A content coding only as labelled and accepted. */
export function judgeCoding(observation: Observation): AnswerTally {
  if (observation.kind === 'failure') return blockedBy('envelope.status');
  const { codingProblem } = observation.facts;
  if (observation.cut && codingProblem === 'corrupt') return blockedBy('envelope.complete');
  if (!codingProblem) return conforms;
  const { found, hint } = codingHints[codingProblem];
  return departs(ofAnswer(observation, 'a body as its headers label it', words(found), hint));
}

/** Content-Type: application/json. */
export function judgeContentType(observation: Observation): AnswerTally {
  if (observation.kind === 'failure') return blockedBy('envelope.status');
  if (observation.status !== 200 && !observation.facts.list) return blockedBy('envelope.status');
  const values = headerValues(observation.rawHeaders, 'content-type');
  const expected = 'Content-Type: application/json, with no charset or charset=utf-8';
  const [first] = values;
  if (first === undefined) return departs(ofAnswer(observation, expected, words('no Content-Type')));
  if (values.length > 1)
    return departs(ofAnswer(observation, expected, value(values), 'There is more than one Content-Type.'));
  return isJsonType(first) ? conforms : departs(ofAnswer(observation, expected, value(first), charsetHint(first)));
}

function charsetHint(contentType: string): string | undefined {
  return /charset\s*=\s*"?utf8\b/i.test(contentType) ? 'utf8 is no registered name of a charset: utf-8 is.' : undefined;
}

/** A type whose bodies are JSON: application/json, or one with the suffix +json (RFC 6839 section 3.1). */
export function saysJson(contentType: string): boolean {
  try {
    return /^application\/json$|\+json$/.test(new MIMEType(contentType).essence);
  } catch {
    return false;
  }
}

/** application/json in any letter case, any parameters, a charset only if it is utf-8. */
export function isJsonType(contentType: string): boolean {
  try {
    const { essence, params } = new MIMEType(contentType);
    return essence === 'application/json' && /^(utf-8)?$/i.test(params.get('charset') ?? '');
  } catch {
    return false;
  }
}

/** UTF-8 without a byte order mark. */
export function judgeEncoding(observation: Observation): AnswerTally {
  const { encoding, codingProblem, list } = observation.facts;
  const blocker = encoding === undefined ? blockerOfJson(observation) : undefined;
  if (blocker !== undefined) return blockedBy(blocker);
  if (codingProblem === 'unlabelled') return blockedBy('envelope.content-coding');
  if (observation.kind === 'answer' && observation.status !== 200 && !list) return blockedBy('envelope.status');
  if (encoding === 'utf-8') return conforms;
  const found = words(encoding ?? 'nothing that could be read');
  return departs(ofAnswer(observation, 'UTF-8 without a byte order mark', found));
}

/** One JSON value. */
export function judgeJson(observation: Observation): AnswerTally {
  const blocker = blockerOfJson(observation);
  if (blocker !== undefined) return blockedBy(blocker);
  const { json, said } = observation.facts;
  if (json === undefined || json.ok) return conforms;
  const found = words(`${json.problem}, at line ${json.line}, column ${json.column} of the body`);
  const html = /^\s*</.test(said)
    ? 'The body looks like HTML or XML: perhaps a proxy or a login page answered.'
    : undefined;
  return departs(ofAnswer(observation, 'one JSON value', found, html));
}

/** The words for a member name that stands twice, and for half a character. */
const blemishWords = {
  duplicates: { expected: 'each member name once in an object', actual: words('a member name for the second time') },
  loneSurrogates: { expected: 'paired surrogates only', actual: words('a lone surrogate') },
} as const satisfies Record<keyof Blemishes, object>;

/** No member name twice; no lone surrogate. */
export function judgeBlemish(observation: Observation, kind: keyof Blemishes): AnswerTally {
  const { json } = observation.facts;
  const blocker = blockerOfJson(observation);
  if (blocker !== undefined || !json?.ok) return blockedBy(blocker ?? 'envelope.json');
  return json[kind].count === 0 ? conforms : blemished(observation, kind, json[kind]);
}

function blemished(observation: Observation, kind: keyof Blemishes, blemish: Blemish): AnswerTally {
  const { places, count, byPlace, isComplete } = blemish;
  const { expected, actual } = blemishWords[kind];
  const violations = places.map((at) => ({ observation, pointer: at, expected, actual }));
  const departures: Collection = { ...emptyCollection(), violations, count, complete: isComplete };
  for (const [at, times] of byPlace) addGroup(departures, { at, actual, count: times });
  return { judged: count, departures };
}

/** An object whose `ipsec_site_connections` is an array. */
export function judgeWrapper(observation: Observation): AnswerTally {
  const { json, list } = observation.facts;
  const blocker = blockerOfJson(observation);
  if (blocker !== undefined || !json?.ok) return blockedBy(blocker ?? 'envelope.json');
  if (list) return conforms;
  const { type, names, wrapperType } = json.root;
  const expected = `an object whose ${wrapper} is an array`;
  if (type !== 'object') {
    return departs(ofAnswer(observation, expected, words(`a body that is ${typeWords(type)}`), wrapperHint(type)));
  }
  if (wrapperType === undefined) {
    const hint = 'The actual value lists the members that the body has.';
    return departs(ofAnswer(observation, expected, value(names.slice(0, 10)), hint));
  }
  return departs({
    observation,
    pointer: pointer([wrapper]),
    expected: 'an array',
    actual: words(typeWords(wrapperType)),
  });
}

function wrapperHint(type: JsonType): string | undefined {
  if (type === 'string') return 'The body is a JSON string: was the list encoded twice?';
  return type === 'array' ? 'The list stands bare, without the object around it.' : undefined;
}

/** Every element an object. */
export function judgeElements(observation: Observation): AnswerTally {
  const { list } = observation.facts;
  if (!list) return blockedBy(blockerOfElements(observation) ?? 'envelope.wrapper');
  const { places, byType, count } = list.notObjects;
  const departures: Collection = {
    ...emptyCollection(),
    count,
    violations: places.map(({ index, type }) => ({
      observation,
      pointer: pointer([wrapper, index]),
      expected: 'an object',
      actual: words(typeWords(type)),
    })),
  };
  for (const [type, times] of byType) {
    addGroup(departures, { at: `${pointer([wrapper])}/*`, actual: words(typeWords(type)), count: times });
  }
  return { judged: list.length, departures };
}

function typeWords(type: JsonType): string {
  if (type === 'null') return type;
  return `${type === 'array' || type === 'object' ? 'an' : 'a'} ${type}`;
}
