import { type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser';
import { isObject } from '../base/is-object.ts';
import { pointer } from '../base/pointer.ts';
import type { Contract } from '../contract/contract.ts';
import { wrapper } from '../contract/wrapper.ts';
import { type BlemishCount, countBlemishes, inspectText } from '../json/blemishes.ts';
import { typeOf } from '../json/json-type.ts';
import { type Outline, outlineOf } from '../json/outline.ts';
import { type JsonPieces, piecesOf } from '../json/pieces.ts';
import { secretsIn } from '../json/text-secrets.ts';
import { createTexts, type Texts } from '../json/texts.ts';
import { createWalk, deepest } from '../json/value-walk.ts';
import { createListReader, createShared } from '../lists/list-reader.ts';
import { type Facts, type JsonFacts, type Limit, mostSaid, type Root } from './facts.ts';

/** The facts that come from a body's text. */
export type JsonRead = Pick<Facts, 'json' | 'list' | 'said' | 'strings'>;

/** Reads the texts of a run's bodies. */
export type JsonReader = {
  /** @param bytes plain UTF-8 */
  read(bytes: Uint8Array): JsonRead | Limit;
  texts: Texts;
  secrets: ReadonlySet<string>;
};

/** More values than this are not read: a list of a hundred thousand connections has three million. */
const mostValues = 5_000_000;
const valuesLimit: Limit = { kind: 'size', words: 'a body has more than 5 000 000 JSON values' };
export const depthLimit: Limit = { kind: 'depth', words: `a body is nested deeper than ${deepest} levels` };

/**
 * More escapes than this, or blanks in a row, are not looked at one by one: jsonc-parser makes a string of two for each.
 */
const mostEscapes = 1_000_000;

/** Whether jsonc-parser goes through a text without making too much of it. */
function isScannable(text: string, { escapes }: Outline): boolean {
  if (escapes > mostEscapes) return false;
  let blanks = 0;
  for (let at = 0; at < text.length && blanks <= mostEscapes; at += 1) {
    const code = text.charCodeAt(at);
    blanks = code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09 ? blanks + 1 : 0;
  }
  return blanks <= mostEscapes;
}

/** Characters that are kept of one secret: one that is longer is known by its beginning. */
export const longestSecret = 1024;

/** Makes the reader of a run. */
export function createJsonReader(contract: Contract): JsonReader {
  const texts = createTexts();
  const shared = createShared(contract, texts);
  const secrets = new Set<string>();
  const onSecret = (secret: string) => {
    // Copied, for a part of a string holds all of it in memory.
    secrets.add(secret.length > longestSecret ? Buffer.from(secret.slice(0, longestSecret)).toString() : secret);
  };

  /** Parses piece by piece: first what stands around the elements, then each of them. */
  const readValid = (text: JsonPieces, outline: Outline): JsonRead | Limit => {
    const around = text.around();
    const root: unknown = JSON.parse(around);
    if (outline.depth > deepest) {
      for (let index = 0; index < text.length; index += 1) JSON.parse(text.piece(index));
      return depthLimit;
    }
    const found = countBlemishes();
    const note = outline.hasUnicodeEscapes ? found.note : undefined;
    const strings = new Set<string>();
    let room = mostSaid;
    const onString = (string: string) => {
      room -= string.length;
      if (room >= 0) strings.add(string);
    };
    const skeleton = createWalk({ onSecret, onString, note });
    skeleton.walk(root, []);
    const elements = createWalk({ onSecret, note });
    const reader = outline.items ? createListReader(shared, text.length) : undefined;
    for (let index = 0; index < text.length; index += 1) {
      const element: unknown = JSON.parse(text.piece(index));
      elements.walk(element, [wrapper, index]);
      reader?.read(element);
    }
    const hidden = outline.members - skeleton.members() - elements.members();
    const blemishes = hidden === 0 ? found.blemishes : blemishesOf(text, around, outline, hidden).blemishes;
    const json: JsonFacts = { ok: true, root: rootOf(root), ...blemishes };
    const list = outline.items ? reader?.facts(outline.items.bounds) : undefined;
    return { json, list, said: around.slice(0, mostSaid), strings };
  };

  return {
    texts,
    secrets,
    read(bytes) {
      const outline = outlineOf(bytes, [wrapper], mostValues);
      if (outline.values > mostValues && beginsAsJson(bytes)) return valuesLimit;
      const text = piecesOf(bytes, outline.items);
      try {
        return readValid(text, outline);
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
      }
      const whole = text.whole();
      secretsIn(whole, onSecret);
      const json: JsonFacts = { ok: false, ...locateError(whole, outline) };
      return { json, list: undefined, said: whole.slice(0, mostSaid), strings: new Set() };
    },
  };
}

function beginsAsJson(bytes: Uint8Array): boolean {
  return /^\s*[[{]/.test(Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).toString());
}

/**
 * Blemishes of a text whose objects have members of the same name.
 * @param hidden how many members the last of their name hides
 */
function blemishesOf(text: JsonPieces, around: string, outline: Outline, hidden: number): BlemishCount {
  const found = countBlemishes();
  if (!isScannable(text.whole(), outline)) {
    for (let each = 0; each < hidden; each += 1) found.note('duplicates', '');
    return found;
  }
  inspectText(around, '', found.note);
  for (let index = 0; index < text.length; index += 1) {
    inspectText(text.piece(index), pointer([wrapper, index]), found.note);
  }
  return found;
}

/** Names and characters of text that are kept of what stands beside the list. */
const mostNames = 1_000;
const mostText = 64 * 1024;

function rootOf(root: unknown): Root {
  const common = { type: typeOf(root), names: [], wrapperType: undefined, isPaged: false, beside: [] };
  if (!isObject(root)) return common;
  const names = Object.keys(root).slice(0, mostNames);
  const links = `${wrapper}_links`;
  return {
    ...common,
    names,
    wrapperType: Object.hasOwn(root, wrapper) ? typeOf(root[wrapper]) : undefined,
    isPaged: leadToNextPage(root[links]) || leadToNextPage(root.links) || isNextPage(root.next),
    beside: names
      .filter((name) => name !== wrapper && name !== links)
      .map((name) => ({ name, text: JSON.stringify(root[name]).slice(0, mostText) })),
  };
}

/** Whether links lead to a next page: `[{"rel": "next", "href": …}]`, which is upstream's form, or `{"next": …}`. */
function leadToNextPage(links: unknown): boolean {
  if (Array.isArray(links)) return links.some((link) => isObject(link) && link.rel === 'next');
  return isObject(links) && isNextPage(links.next);
}

/** Whether a member named `next` holds an address, as it is or as a link. */
function isNextPage(next: unknown): boolean {
  return typeof next === 'string' ? next !== '' : isObject(next) && typeof next.href === 'string';
}

type SyntaxProblem = { problem: string; line: number; column: number };

/** Where and why a text is no JSON, in words that quote nothing of it: V8's own message may quote a secret. */
function locateError(text: string, outline: Outline): SyntaxProblem {
  const error = isScannable(text, outline) ? firstError(text) : undefined;
  const offset = text === '' ? 0 : (error?.offset ?? 0);
  const before = text.slice(0, offset);
  const problem =
    text === '' ? 'the body is empty' : error ? problemWords(printParseErrorCode(error.code)) : 'not JSON';
  return { problem, line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** Thrown to end a walk at the first error. */
class FirstError extends Error {
  readonly code: ParseErrorCode;
  readonly offset: number;
  constructor(code: ParseErrorCode, offset: number) {
    super();
    this.code = code;
    this.offset = offset;
  }
}

function firstError(text: string): FirstError | undefined {
  const onError = (code: ParseErrorCode, offset: number) => {
    throw new FirstError(code, offset);
  };
  try {
    visit(text, { onError }, { disallowComments: true, allowTrailingComma: false });
    return undefined;
  } catch (error) {
    // Or it is nested deeper than the parser's stack: then the place stays unknown.
    return error instanceof FirstError ? error : undefined;
  }
}

/** `InvalidSymbol` → `invalid symbol`. */
function problemWords(code: string): string {
  return code.replace(/(?!^)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).toLowerCase();
}
