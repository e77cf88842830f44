import { decodeBody } from './answer-reader.ts';
import type { Body } from './body.ts';
import { toPlainUtf8 } from './character-encoding.ts';
import { codingsOf, decodeBeginning } from './content-coding.ts';
import type { Observation } from './observation.ts';

/** Reads bodies again where something of them is shown: facts do not hold them. */
export type ShownBodies = {
  /**
   * The beginning of an answer's text, and whether that is all of it; undefined where its codings cannot be undone.
   */
  beginning(observation: Observation): { text: string; isWhole: boolean } | undefined;
  /** An element of an answer's list; undefined where there is none, or where it is too long to be shown. */
  element(observation: Observation, index: number): unknown;
  /** An answer's whole text as plain UTF-8; undefined where it was not read. */
  text(observation: Observation): Uint8Array | undefined;
};

/** Bytes of a body's beginning that are decoded: what is shown is less. */
const decodedBeginning = 16 * 1024;

/** Bytes of the longest element that is shown. */
const longestElement = 256 * 1024;

/**
 * Makes the reader of what is shown.
 * @param bodyLimit bytes, after decoding
 */
export function createShownBodies(bodyLimit: number): ShownBodies {
  // Places are mostly shown body after body.
  let latest: { body: Body; codings: string; bytes: Uint8Array | undefined } | undefined;
  const text = (observation: Observation): Uint8Array | undefined => {
    if (observation.kind === 'failure') return undefined;
    const { body, rawHeaders, facts } = observation;
    if (facts.overLimit !== undefined || facts.encoding === undefined) return undefined;
    const codings = codingsOf(rawHeaders);
    if (latest?.body !== body || latest.codings !== codings.join()) {
      const decoded = decodeBody(body.bytes(), body.recorded, codings, bodyLimit);
      latest = { body, codings: codings.join(), bytes: 'limit' in decoded ? undefined : decoded.bytes };
    }
    return latest.bytes;
  };
  return {
    text,
    beginning(observation) {
      if (observation.kind === 'failure') return undefined;
      const { body, rawHeaders, facts } = observation;
      if (facts.encoding === undefined && facts.overLimit === undefined) return undefined;
      const codings = body.recorded === undefined ? codingsOf(rawHeaders) : [];
      const head = decodeBeginning(body.beginning.subarray(0, decodedBeginning), codings);
      const text = head && Buffer.from(toPlainUtf8(wholeCharacters(head)).bytes).toString();
      return text === undefined ? undefined : { text, isWhole: body.size <= decodedBeginning };
    },
    element(observation, index) {
      const { bounds } = observation.facts.list ?? {};
      const [from, to] = [bounds?.[index * 2], bounds?.[index * 2 + 1]];
      if (from === undefined || to === undefined || to - from > longestElement) return undefined;
      const bytes = text(observation);
      return bytes && (JSON.parse(Buffer.from(bytes.subarray(from, to)).toString()) as unknown);
    },
  };
}

/** Bytes without a character of UTF-8 that is cut at their end. */
function wholeCharacters(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(4, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return bytes;
    // A byte that begins a character says how many it has.
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.subarray(0, bytes.length - back) : bytes;
    }
  }
  return bytes;
}
