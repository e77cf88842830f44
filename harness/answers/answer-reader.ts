import { createHash } from 'node:crypto';
import { encodingsOf } from '../base/encodings.ts';
import type { Contract } from '../contract/contract.ts';
import type { NetworkCause } from '../http/answer.ts';
import type { Texts } from '../json/texts.ts';
import type { Body, Recorded } from './body.ts';
import { type Encoding, toPlainUtf8 } from './character-encoding.ts';
import { type CodingProblem, codingsOf, decodeContent } from './content-coding.ts';
import { type Facts, type Limit, noFacts } from './facts.ts';
import { createJsonReader, type JsonRead } from './json-reader.ts';

/** Reads the answers of a run: each distinct body once. */
export type AnswerReader = {
  /** The contract that the answers are read by. */
  contract: Contract;
  /** Reads an answer's body into facts. */
  read(answer: ReadableAnswer): Facts;
  /** The values that the facts of all bodies refer to. */
  texts: Texts;
  /** Values of members that are named like a secret, found in the bodies themselves. In memory only. */
  secrets: ReadonlySet<string>;
  /** Tells of further tokens of the run, before the first answer that may repeat them is read. */
  addTokens(tokens: readonly string[]): void;
};

/** The settings for the reading of all answers of a run. */
export type ReaderOptions = {
  contract: Contract;
  /** In bytes, after decoding. */
  bodyLimit: number;
  /** The run's own tokens, which no answer should repeat. */
  tokens: readonly string[];
};

/** The parts of an answer that its facts depend on. */
export type ReadableAnswer = { body: Body; rawHeaders: readonly string[]; cut?: NetworkCause };

/** A shorter form of a token may stand in an answer by accident. */
const shortestForm = 8;

/** A limit that a body may be over by its size alone. */
export const sizeLimit: Limit = { kind: 'size', words: 'a body is over TARGET_BODY_LIMIT_MIB' };

/** Makes the reader of a run. */
export function createAnswerReader({ contract, bodyLimit, tokens }: ReaderOptions): AnswerReader {
  const json = createJsonReader(contract);
  const forms: Buffer[] = [];
  const addTokens = (added: readonly string[]) => {
    const all = added.flatMap((token) => [...encodingsOf(token)]).filter((form) => form.length >= shortestForm);
    forms.push(...all.map((form) => Buffer.from(form)));
  };
  addTokens(tokens);
  const byBody = new Map<string, Facts>();
  const byText = new Map<string, (JsonRead & Pick<Facts, 'holdsToken'>) | Limit>();
  const readText = (bytes: Uint8Array) => {
    const read = json.read(bytes);
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    return 'words' in read ? read : { ...read, holdsToken: forms.some((form) => text.includes(form)) };
  };
  const readBody = (body: Body, codings: readonly string[]): Facts => {
    const taken = body.bytes();
    const decoded = decodeBody(taken, body.recorded, codings, bodyLimit);
    if ('limit' in decoded) return { ...noFacts, overLimit: decoded.limit };
    const { bytes, encoding, codingProblem } = decoded;
    if (bytes === undefined || encoding === undefined) return { ...noFacts, codingProblem };
    // The same text may come in other codings, and compressed otherwise each time.
    const text = bytes === taken ? body.digest : createHash('sha256').update(bytes).digest('hex');
    const known = byText.get(text) ?? readText(bytes);
    byText.set(text, known);
    if ('words' in known) return { ...noFacts, codingProblem, overLimit: known };
    return { ...known, codingProblem, encoding, overLimit: undefined };
  };
  return {
    contract,
    texts: json.texts,
    secrets: json.secrets,
    addTokens,
    read({ body, rawHeaders, cut }) {
      if (cut?.kind === 'too-large') return { ...noFacts, overLimit: sizeLimit };
      const codings = codingsOf(rawHeaders);
      const key = [body.digest, ...codings].join(' ');
      const facts = byBody.get(key) ?? readBody(body, codings);
      byBody.set(key, facts);
      return facts;
    },
  };
}

/** A body's text as plain UTF-8, and what was found on the way to it. */
export type BodyText = {
  /** Absent where the codings cannot be undone. */
  bytes?: Uint8Array;
  encoding: Encoding | undefined;
  codingProblem: CodingProblem | undefined;
};

/**
 * Undoes the codings of a body, and brings its text to plain UTF-8.
 * @param recorded what a recording says of it: then the bytes are its text already
 * @param limit bytes, after decoding
 */
export function decodeBody(
  body: Uint8Array,
  recorded: Recorded | undefined,
  codings: readonly string[],
  limit: number,
): BodyText | { limit: Limit } {
  if (recorded !== undefined) {
    const { overLimit, encoding, codingProblem } = recorded;
    if (overLimit !== undefined) return { limit: overLimit };
    return encoding === undefined ? { encoding, codingProblem } : { bytes: body, encoding, codingProblem };
  }
  const { bytes, problem } = decodeContent(body, codings, limit);
  if (problem === 'over-limit') return { limit: sizeLimit };
  if (bytes === undefined) return { encoding: undefined, codingProblem: problem };
  return { ...toPlainUtf8(bytes), codingProblem: problem };
}
