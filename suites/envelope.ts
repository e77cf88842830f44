import { MIMEType } from 'node:util';
import { headerValues } from '../harness/observation.ts';
import type { Observations } from '../harness/observations.ts';
import { pointer } from '../harness/pointer.ts';
import { fullList } from '../harness/probe.ts';
import { type CodingProblem, isObject, type Json, type Reading, wrapper } from '../harness/reading.ts';
import type { Requirement } from '../harness/requirement.ts';
import { blemishes } from '../harness/strict-json.ts';
import { type Actual, type Level, type Violation, value, words } from '../harness/verdict.ts';
import { type AnswerTally, blockedBy, conforms, departs, overLists } from './tally.ts';

/**
 * The frame of a list answer: status, framing, coding, encoding, JSON, wrapper (contract clause 5). Each is judged on
 * every answer to a defined list request; what an earlier one makes unreadable is blocked, so that one mistake is
 * blamed once.
 */
export const envelope: readonly Requirement[] = [
  requirement(
    'status',
    'MUST',
    'a defined list request is answered with status 200',
    'Returned Values (200: a successful GET)',
    judgeStatus,
  ),
  requirement(
    'complete',
    'SHOULD',
    'the body is as long as the answer announced',
    'RFC 9112 section 6.3 and section 8',
    judgeComplete,
  ),
  requirement(
    'content-coding',
    'SHOULD',
    'the body has a content coding only as labelled and accepted',
    'RFC 9110 section 8.4 and section 12.5.3',
    judgeCoding,
  ),
  requirement(
    'content-type',
    'SHOULD',
    'Content-Type is application/json',
    'RFC 8259 section 11; RFC 9110 section 8.3',
    judgeContentType,
  ),
  requirement('utf8', 'SHOULD', 'the body is UTF-8 without a byte order mark', 'RFC 8259 section 8.1', judgeEncoding),
  requirement('json', 'MUST', 'the body is JSON', 'Example Response; RFC 8259 section 2', judgeJson),
  requirement(
    'duplicate-members',
    'SHOULD',
    'no object has two members of the same name',
    'RFC 7493 section 2.3; RFC 8259 section 4',
    (reading) => judgeBlemish(reading, 'duplicates'),
    'places',
  ),
  requirement(
    'surrogates',
    'SHOULD',
    'no string holds a lone surrogate',
    'RFC 7493 section 2.1; RFC 8259 section 8.2',
    (reading) => judgeBlemish(reading, 'loneSurrogates'),
    'places',
  ),
  requirement(
    'wrapper',
    'MUST',
    `the body is an object whose ${wrapper} is an array`,
    'Example Response',
    judgeWrapper,
  ),
  requirement(
    'elements',
    'MUST',
    'every element of the list is an object',
    'Example Response; Table 2',
    judgeElements,
    'elements',
  ),
];

/** The envelope requirement whose failure keeps an answer's elements from being judged; undefined when nothing does. */
export function blockerOfElements(reading: Reading): string | undefined {
  if (reading.overLimit !== undefined) return `a limit of the suite (${reading.overLimit})`;
  return reading.elements
    ? undefined
    : (blockerOfJson(reading) ?? (reading.json?.ok ? 'envelope.wrapper' : 'envelope.json'));
}

/**
 * The envelope requirement that no ordinary list meets, where none does: what other requests then get is not theirs to
 * answer for. Undefined when one list is well answered.
 */
export function blockerOfAll(observations: Observations): string | undefined {
  const blockers = observations.fullLists.map((reading) => {
    const { observation, elements } = reading;
    if (observation.kind === 'answer' && observation.status !== 200) return 'envelope.status';
    return blockerOfElements(reading) ?? (elements?.every(isObject) ? undefined : 'envelope.elements');
  });
  return blockers.includes(undefined) ? undefined : blockers[0];
}

/** What the frame of a list owes beyond being one. */
const ofFrame: readonly ((reading: Reading) => AnswerTally)[] = [
  judgeComplete,
  judgeCoding,
  judgeContentType,
  judgeEncoding,
  (reading) => judgeBlemish(reading, 'duplicates'),
  (reading) => judgeBlemish(reading, 'loneSurrogates'),
];

const keptByOrdinary = new WeakMap<Observations, typeof ofFrame>();

/**
 * What is wrong with the frame of an answer that no clause defines, though it is right in every ordinary list: where
 * those depart alike, an envelope requirement says so already.
 */
export function frameDeparture(observations: Observations, reading: Reading): Violation | undefined {
  const isKept = (judge: (reading: Reading) => AnswerTally) =>
    observations.lists.every((list) => judge(list).failed === 0);
  const kept = keptByOrdinary.get(observations) ?? ofFrame.filter(isKept);
  keptByOrdinary.set(observations, kept);
  return kept.map((judge) => judge(reading).violations[0]).find((violation) => violation !== undefined);
}

function requirement(
  name: string,
  level: Level,
  title: string,
  source: string,
  judge: (reading: Reading) => AnswerTally,
  of = 'answers',
): Requirement {
  return {
    id: `envelope.${name}`,
    level,
    title,
    source,
    probes: () => [fullList('first')],
    judge: (observations) => overLists(observations, of, { reason: 'the list has no element' }, judge),
  };
}

/** What keeps a body from being looked at as JSON. */
function blockerOfJson({ observation, codingProblem, json, elements }: Reading): string | undefined {
  if (observation.kind === 'failure') return 'envelope.status';
  if (observation.status !== 200 && !elements) return 'envelope.status';
  if (observation.cut && !json?.ok) return 'envelope.complete';
  return codingProblem && !json ? 'envelope.content-coding' : undefined;
}

function judgeStatus({ observation }: Reading): AnswerTally {
  if (observation.kind === 'failure') {
    const { cause } = observation;
    const hint = cause.kind === 'timeout' ? 'The limit is TARGET_TIMEOUT_MS.' : undefined;
    return departs(whole(observation, 'status 200', words(`no answer: ${cause.message}`), hint));
  }
  if (observation.status === 200) return conforms;
  const [location] = headerValues(observation.rawHeaders, 'location');
  const actual = location === undefined ? value(observation.status) : value({ status: observation.status, location });
  return departs(whole(observation, 'status 200', actual, statusHint(observation.status)));
}

function statusHint(status: number): string | undefined {
  if (status === 401 || status === 403) return 'The credentials were refused: is TARGET_TOKEN valid for this target?';
  if (status === 503) return 'Still 503 after the retries that are allowed for transient trouble.';
  if (status >= 300 && status < 400)
    return 'Redirects are recorded and not followed: TARGET_URL should name the final address.';
  if (status === 404) return 'TARGET_URL is everything before /v2.0.';
  return undefined;
}

function judgeComplete({ observation }: Reading): AnswerTally {
  if (observation.kind === 'failure') return blockedBy('envelope.status');
  const { cut } = observation;
  if (!cut) return conforms;
  const bytes = observation.body.length;
  return departs(whole(observation, 'the whole body, as announced', words(`${bytes} bytes, then ${cut.message}`)));
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

function judgeCoding({ observation, codingProblem }: Reading): AnswerTally {
  if (observation.kind === 'failure') return blockedBy('envelope.status');
  if (observation.cut && codingProblem === 'corrupt') return blockedBy('envelope.complete');
  if (!codingProblem) return conforms;
  const { found, hint } = codingHints[codingProblem];
  return departs(whole(observation, 'a body as its headers label it', words(found), hint));
}

function judgeContentType(reading: Reading): AnswerTally {
  const { observation } = reading;
  if (observation.kind === 'failure') return blockedBy('envelope.status');
  if (observation.status !== 200 && !reading.elements) return blockedBy('envelope.status');
  const values = headerValues(observation.rawHeaders, 'content-type');
  const expected = 'Content-Type: application/json, with no charset or charset=utf-8';
  const [first] = values;
  if (first === undefined) return departs(whole(observation, expected, words('no Content-Type')));
  if (values.length > 1)
    return departs(whole(observation, expected, value(values), 'There is more than one Content-Type.'));
  return isJsonType(first) ? conforms : departs(whole(observation, expected, value(first), charsetHint(first)));
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

function judgeEncoding(reading: Reading): AnswerTally {
  const { observation, encoding } = reading;
  const blocker = encoding === undefined ? blockerOfJson(reading) : undefined;
  if (blocker !== undefined) return blockedBy(blocker);
  if (reading.codingProblem === 'unlabelled') return blockedBy('envelope.content-coding');
  if (observation.kind === 'answer' && observation.status !== 200 && !reading.elements)
    return blockedBy('envelope.status');
  if (encoding === 'utf-8') return conforms;
  return departs(
    whole(observation, 'UTF-8 without a byte order mark', words(encoding ?? 'nothing that could be read')),
  );
}

function judgeJson(reading: Reading): AnswerTally {
  const blocker = blockerOfJson(reading);
  if (blocker !== undefined) return blockedBy(blocker);
  const { observation } = reading;
  const json = reading.json as Json;
  if (json.ok) return conforms;
  const found = words(`${json.problem}, at line ${json.line}, column ${json.column} of the body`);
  const html = /^\s*</.test(reading.text ?? '')
    ? 'The body looks like HTML or XML: perhaps a proxy or a login page answered.'
    : undefined;
  return departs(whole(observation, 'one JSON value', found, html));
}

function judgeBlemish(reading: Reading, kind: 'duplicates' | 'loneSurrogates'): AnswerTally {
  const { observation, json } = reading;
  const blocker = blockerOfJson(reading);
  if (blocker !== undefined || !json?.ok) return blockedBy(blocker ?? 'envelope.json');
  const { places, count, grouping } = json[kind];
  if (count === 0) return conforms;
  const expected = kind === 'duplicates' ? 'each member name once in an object' : 'paired surrogates only';
  const violations = places.map((at) => ({ observation, pointer: at, expected, actual: blemishes[kind] }));
  return { judged: count, failed: count, violations, grouping };
}

function judgeWrapper(reading: Reading): AnswerTally {
  const { observation, json } = reading;
  const blocker = blockerOfJson(reading);
  if (blocker !== undefined || !json?.ok) return blockedBy(blocker ?? 'envelope.json');
  if (reading.elements) return conforms;
  const body = json.value;
  const expected = `an object whose ${wrapper} is an array`;
  if (!isObject(body))
    return departs(whole(observation, expected, words(`a body that is ${typeName(body)}`), wrapperHint(body)));
  if (!Object.hasOwn(body, wrapper)) {
    return departs(
      whole(
        observation,
        expected,
        value(Object.keys(body).slice(0, 10)),
        'The actual value lists the members that the body has.',
      ),
    );
  }
  const violation = {
    observation,
    pointer: pointer([wrapper]),
    expected: 'an array',
    actual: words(typeName(body[wrapper])),
  };
  return departs(violation);
}

function wrapperHint(body: unknown): string | undefined {
  if (typeof body === 'string') return 'The body is a JSON string: was the list encoded twice?';
  return Array.isArray(body) ? 'The list stands bare, without the object around it.' : undefined;
}

function judgeElements(reading: Reading): AnswerTally {
  const { observation, elements } = reading;
  if (!elements) return blockedBy(blockerOfElements(reading) ?? 'envelope.wrapper');
  const violations = elements.flatMap((element, index): Violation[] =>
    isObject(element)
      ? []
      : [{ observation, pointer: pointer([wrapper, index]), expected: 'an object', actual: words(typeName(element)) }],
  );
  return { judged: elements.length, failed: violations.length, violations };
}

function typeName(found: unknown): string {
  if (found === null) return 'null';
  return Array.isArray(found) ? 'an array' : typeof found === 'object' ? 'an object' : `a ${typeof found}`;
}

/** A departure of the answer as a whole. */
function whole(observation: Reading['observation'], expected: string, actual: Actual, hint?: string): Violation {
  return { observation, pointer: '', expected, actual, ...(hint === undefined ? {} : { hint }) };
}
