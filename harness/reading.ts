import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { type ParseError, parse as parseTolerantly, printParseErrorCode } from 'jsonc-parser';
import { headerValues, type Observation } from './observation.ts';
import { onceForText } from './once-for-text.ts';
import { type Blemishes, inspectText } from './strict-json.ts';

/** The content codings that the client accepts: RFC 9110 section 8.4. */
export const acceptedCodings = ['gzip', 'deflate'] as const;

export type CodingProblem = 'unlabelled' | 'twice' | 'unaccepted' | 'unknown' | 'corrupt' | 'not-zlib';
export type Encoding = 'utf-8' | 'utf-8 with a byte order mark' | 'utf-16' | 'not utf-8';
export type Json =
  | ({ ok: true; value: unknown } & Blemishes)
  | { ok: false; problem: string; line: number; column: number; offset: number };

/** What an answer's bytes say, step by step; a step that could not be taken is absent. */
export type Reading = {
  observation: Observation;
  codingProblem?: CodingProblem;
  /** Why it was not read, though nothing is wrong with it: it is over a limit of the suite's own. */
  overLimit?: string;
  text?: string;
  encoding?: Encoding;
  json?: Json;
  /** The elements of the list, where the body is an object with an array `ipsec_site_connections`. */
  elements?: readonly unknown[];
  /** More pages were announced: contract clause 15. */
  paged: boolean;
};

/** The member that holds the list: erratum unnamed-wrapper. */
export const wrapper = 'ipsec_site_connections';

const sizeLimit = 'a body is over TARGET_BODY_LIMIT_MIB';
/** RFC 8259 section 9 lets a parser have such a limit; whoever walks a value may then do so by recursion. */
const deepest = 500;
const depthLimit = `a body is nested deeper than ${deepest} levels`;

const readings = new WeakMap<Observation, Reading>();

/**
 * Reads an answer's body: content coding, character encoding, JSON, list. Each answer is read once.
 * @param bodyLimit bytes, after decoding
 */
export function read(observation: Observation, bodyLimit: number): Reading {
  const known = readings.get(observation);
  if (known) return known;
  const reading = readBody(observation, bodyLimit);
  readings.set(observation, reading);
  return reading;
}

/** Whether a JSON value is an object, and neither an array nor null. */
export function isObject(found: unknown): found is Record<string, unknown> {
  return typeof found === 'object' && found !== null && !Array.isArray(found);
}

function readBody(observation: Observation, bodyLimit: number): Reading {
  if (observation.kind === 'failure') return { observation, paged: false };
  if (observation.cut?.kind === 'too-large') return { observation, overLimit: sizeLimit, paged: false };
  const { bytes, problem } = decodeContent(observation.body, observation.rawHeaders, bodyLimit);
  if (problem === 'over-limit') return { observation, overLimit: sizeLimit, paged: false };
  const coding = problem === undefined ? {} : { codingProblem: problem };
  if (bytes === undefined) return { observation, ...coding, paged: false };
  return readText(observation, { ...coding, ...decodeText(bytes) });
}

/** What of an answer's body a recording keeps: its text, and what was found on the way to it. */
export type BodyText = Pick<Reading, 'codingProblem' | 'overLimit' | 'encoding' | 'text'>;

/**
 * Takes an answer's body as read already: a recording has texts, redacted, and no bytes.
 * @returns the observation's reading, from now on
 */
export function takeAsRead(observation: Observation, body: BodyText): Reading {
  const reading = readText(observation, body);
  readings.set(observation, reading);
  return reading;
}

function readText(observation: Observation, taken: BodyText): Reading {
  const { encoding, overLimit, codingProblem } = taken;
  const text = taken.text === undefined ? undefined : keep(taken.text);
  const coding = codingProblem === undefined ? {} : { codingProblem };
  if (text === undefined || encoding === undefined) {
    return { observation, ...coding, ...(overLimit === undefined ? {} : { overLimit }), paged: false };
  }
  const json = parse(text);
  if (json === 'too deep') return { observation, ...coding, overLimit: depthLimit, paged: false };
  const body = json.ok ? json.value : undefined;
  const list = isObject(body) ? body[wrapper] : undefined;
  return {
    observation,
    ...coding,
    text,
    encoding,
    json,
    ...(Array.isArray(list) ? { elements: list } : {}),
    paged: isObject(body) && announcesNextPage(body[`${wrapper}_links`]),
  };
}

const decoders: Readonly<Record<string, (body: Uint8Array, limit: number) => Uint8Array>> = {
  gzip: (body, limit) => gunzipSync(body, { maxOutputLength: limit }),
  'x-gzip': (body, limit) => gunzipSync(body, { maxOutputLength: limit }),
  deflate: (body, limit) => inflateSync(body, { maxOutputLength: limit }),
  br: (body, limit) => brotliDecompressSync(body, { maxOutputLength: limit }),
  identity: (body) => body,
};

function decodeContent(
  body: Uint8Array,
  rawHeaders: readonly string[],
  limit: number,
): { bytes?: Uint8Array; problem?: CodingProblem | 'over-limit' } {
  const codings = headerValues(rawHeaders, 'content-encoding')
    .flatMap((value) => value.split(','))
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '');
  if (codings.length === 0 || body.length === 0) {
    return isGzip(body) ? { bytes: body, problem: 'unlabelled' } : { bytes: body };
  }
  let bytes = body;
  let problem: CodingProblem | undefined;
  for (const coding of codings.reverse()) {
    const decode = decoders[coding];
    if (!decode) return { problem: 'unknown' };
    if (!['gzip', 'x-gzip', 'deflate', 'identity'].includes(coding)) problem = 'unaccepted';
    try {
      bytes = decode(bytes, limit);
    } catch (error) {
      if (isTooLarge(error)) return { problem: 'over-limit' };
      const raw = coding === 'deflate' ? inflateRaw(bytes, limit) : undefined;
      if (!raw) return { problem: 'corrupt' };
      bytes = raw;
      problem = 'not-zlib';
    }
  }
  if (isGzip(bytes)) return gunzipAgain(bytes, limit);
  return problem === undefined ? { bytes } : { bytes, problem };
}

/** Coded more often than labelled: named as such, then read all the same, once; a gzip may hold itself without end. */
function gunzipAgain(bytes: Uint8Array, limit: number): { bytes?: Uint8Array; problem: CodingProblem | 'over-limit' } {
  try {
    return { bytes: gunzipSync(bytes, { maxOutputLength: limit }), problem: 'twice' };
  } catch (error) {
    return { problem: isTooLarge(error) ? 'over-limit' : 'twice' };
  }
}

function isTooLarge(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
}

/** RFC 1952 section 2.3.1: no JSON text begins so. */
function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Many servers mean raw deflate where RFC 9110 section 8.4.1.2 means zlib: named as such, then read all the same. */
function inflateRaw(bytes: Uint8Array, limit: number): Uint8Array | undefined {
  try {
    return inflateRawSync(bytes, { maxOutputLength: limit });
  } catch {
    return undefined;
  }
}

/** Text from bytes; what is not plain UTF-8 is named and read all the same, so that one mistake is blamed once. */
function decodeText(bytes: Uint8Array): { text: string; encoding: Encoding } {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) {
    const { text, encoding } = decodeText(bytes.subarray(3));
    return { text, encoding: encoding === 'utf-8' ? 'utf-8 with a byte order mark' : encoding };
  }
  // JSON begins with an ASCII character, so that a zero byte among the first two tells UTF-16 (RFC 4627 section 3).
  const bigEndian = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0);
  const littleEndian = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0);
  if (bytes.length >= 2 && (bigEndian || littleEndian)) {
    return { text: new TextDecoder(bigEndian ? 'utf-16be' : 'utf-16le').decode(bytes), encoding: 'utf-16' };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    // Lossy, but what is valid reads the same as in any other answer.
    return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), encoding: 'not utf-8' };
  }
}

/** Equal bodies, which a run gets many of, are kept and parsed once. */
const keep = onceForText((text) => text);
const parse = onceForText(parseStrictly);

function parseStrictly(text: string): Json | 'too deep' {
  try {
    const value: unknown = JSON.parse(text);
    const { depth, ...blemishes } = inspectText(text);
    return depth > deepest ? 'too deep' : { ok: true, value, ...blemishes };
  } catch {
    return { ok: false, ...locateError(text) };
  }
}

/** Where and why a text is no JSON, in words that quote nothing of it: V8's own message may quote a secret. */
function locateError(text: string): { problem: string; line: number; column: number; offset: number } {
  const errors: ParseError[] = [];
  try {
    parseTolerantly(text, errors, { disallowComments: true, allowTrailingComma: false });
  } catch {
    // Nested deeper than the parser's stack; the place stays unknown.
  }
  const [first] = errors;
  const offset = text === '' ? 0 : (first?.offset ?? 0);
  const before = text.slice(0, offset).split('\n');
  const problem = text === '' ? 'the body is empty' : first ? describe(printParseErrorCode(first.error)) : 'not JSON';
  return { problem, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, offset };
}

/** `InvalidSymbol` → `invalid symbol`. */
function describe(code: string): string {
  return code.replace(/(?!^)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).toLowerCase();
}

/** Upstream's form: `[{"rel": "next", "href": …}]`. */
function announcesNextPage(links: unknown): boolean {
  return Array.isArray(links) && links.some((link) => isObject(link) && link.rel === 'next');
}
