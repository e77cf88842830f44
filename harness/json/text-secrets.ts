import { isSensitiveName, isValueMember } from '../contract/sensitive-names.ts';

/**
 * Secrets in a text that need not be JSON as a whole: a page of an error, a body that is cut, several JSON texts in a
 * row. A regular expression would do, but for strings of many megabytes, on which its stack overflows.
 */

/** A token of such a text, by the offsets of its first character and behind its last; quotes included. */
type Token = { kind: 'name' | 'string' | 'number' | 'open' | 'close'; from: number; to: number };

/** The value of a sensitive member: a string or number, or an array or object with what is in it. */
export type SensitiveValue = { kind: 'string' | 'number' | 'container'; from: number; to: number };

/** Characters of the longest name: what is longer is the text between two names. */
const longestName = 256;

/** The values of sensitive members in a text, in their order: any quote may begin a name. */
export function* sensitiveValues(text: string): Generator<SensitiveValue> {
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) {
    const end = stringEnd(text, at, longestName);
    const colon = end < 0 ? -1 : skipBlanks(text, end);
    if (colon < 0) continue;
    // Most strings are no names: they are not looked at.
    const from = text[colon] === ':' ? colon + 1 : namedValue(text, colon);
    if (from < 0 || !isSensitiveName(unescaped(text, at, end))) continue;
    const value = sensitiveValueAt(text, skipBlanks(text, from));
    if (value === undefined) continue;
    yield value;
    at = value.to - 1;
  }
}

/** Where the value begins that stands behind a member which holds its name; -1 where none does. */
function namedValue(text: string, comma: number): number {
  if (text[comma] !== ',') return -1;
  const name = skipBlanks(text, comma + 1);
  const end = text[name] === '"' ? stringEnd(text, name, longestName) : -1;
  const colon = end < 0 ? -1 : skipBlanks(text, end);
  return text[colon] === ':' && isValueMember(unescaped(text, name, end)) ? colon + 1 : -1;
}

/** The secrets of a text: what stands behind names that are named like one. */
export function secretsIn(text: string, onSecret: (secret: string) => void): void {
  for (const { kind, from, to } of sensitiveValues(text)) {
    if (kind === 'string') onSecret(unescaped(text, from, to));
    else if (kind === 'number') onSecret(text.slice(from, to));
    else {
      for (const token of tokensOf(text, from, to)) {
        if (token.kind === 'string') onSecret(unescaped(text, token.from, token.to));
        else if (token.kind === 'number') onSecret(text.slice(token.from, token.to));
      }
    }
  }
}

function sensitiveValueAt(text: string, from: number): SensitiveValue | undefined {
  const begin = text[from];
  if (begin === '"') {
    const end = stringEnd(text, from);
    return { kind: 'string', from, to: end < 0 ? text.length : end };
  }
  if (begin === '[' || begin === '{') return { kind: 'container', from, to: containerEnd(text, from) };
  const to = numberEnd(text, from);
  return to === from ? undefined : { kind: 'number', from, to };
}

/** The tokens of a part of a text, as far as they say where values are. */
export function* tokensOf(text: string, begin: number, end: number): Generator<Token> {
  for (let from = begin; from < end; ) {
    const character = text[from] as string;
    let to = from + 1;
    if (character === '"') {
      const closing = stringEnd(text, from);
      to = closing < 0 || closing > end ? end : closing;
      yield { kind: text[skipBlanks(text, to)] === ':' ? 'name' : 'string', from, to };
    } else if (character === '[' || character === '{') yield { kind: 'open', from, to };
    else if (character === ']' || character === '}') yield { kind: 'close', from, to };
    else {
      to = Math.max(to, numberEnd(text, from));
      if (to > from + 1 || /\d/.test(character)) yield { kind: 'number', from, to };
    }
    from = to;
  }
}

/** Where a container ends that begins at a place; the end of the text where it does not. */
function containerEnd(text: string, from: number): number {
  let depth = 0;
  for (const { kind, to } of tokensOf(text, from, text.length)) {
    if (kind === 'open') depth += 1;
    if (kind === 'close') depth -= 1;
    if (depth === 0) return to;
  }
  return text.length;
}

/** Behind the quote that closes a string; -1 where none does, within a number of characters. */
function stringEnd(text: string, from: number, longest = Number.POSITIVE_INFINITY): number {
  const last = Math.min(text.length, from + longest);
  for (let at = from + 1; at < last; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code === 0x5c) at += 1;
  }
  return -1;
}

const number = /-?\d[\d.]*/y;

function numberEnd(text: string, from: number): number {
  number.lastIndex = from;
  return number.test(text) ? number.lastIndex : from;
}

const blanks = /\s*/y;

function skipBlanks(text: string, from: number): number {
  blanks.lastIndex = from;
  blanks.test(text);
  return blanks.lastIndex;
}

/** A string of a JSON text with its escapes undone; as it is written where they cannot be, or where it is cut. */
export function unescaped(text: string, from: number, to: number): string {
  const isClosed = to - from > 1 && text[to - 1] === '"';
  const written = text.slice(from + 1, isClosed ? to - 1 : to);
  if (!written.includes('\\')) return written;
  try {
    return JSON.parse(`"${written}"`) as string;
  } catch {
    return written;
  }
}
