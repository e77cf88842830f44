import { createScanner } from 'jsonc-parser';
import { pointer } from './pointer.ts';
import { keptPlaces } from './verdict.ts';

/** What JSON's grammar allows and I-JSON (RFC 7493) does not: JSON pointers to the first few places, and how many. */
export type Blemishes = {
  duplicates: { places: readonly string[]; count: number };
  loneSurrogates: { places: readonly string[]; count: number };
};

// jsonc-parser's SyntaxKind is a const enum, which isolated modules cannot import.
const openBrace = 1;
const closeBrace = 2;
const openBracket = 3;
const closeBracket = 4;
const comma = 5;
const stringLiteral = 10;
const endOfFile = 17;

type Frame = { names: Set<string> | null; token: string | number; expectsName: boolean };

/**
 * Finds duplicate member names and lone surrogates in a text that is JSON. Iterative, because a body may be nested
 * deeper than the stack.
 */
export function inspectStrings(text: string): Blemishes {
  const scanner = createScanner(text, true);
  const stack: Frame[] = [];
  const duplicates = { places: [] as string[], count: 0 };
  const loneSurrogates = { places: [] as string[], count: 0 };
  const note = (found: { places: string[]; count: number }) => {
    found.count += 1;
    if (found.places.length < keptPlaces) found.places.push(pointer(stack.map((frame) => frame.token)));
  };
  for (let kind = scanner.scan(); kind !== endOfFile; kind = scanner.scan()) {
    const top = stack.at(-1);
    if (kind === openBrace) stack.push({ names: new Set(), token: '', expectsName: true });
    else if (kind === openBracket) stack.push({ names: null, token: 0, expectsName: false });
    else if (kind === closeBrace || kind === closeBracket) stack.pop();
    else if (kind === comma && top) {
      if (top.names) top.expectsName = true;
      else top.token = (top.token as number) + 1;
    } else if (kind === stringLiteral) {
      const text = scanner.getTokenValue();
      if (top?.names && top.expectsName) {
        top.token = text;
        top.expectsName = false;
        if (top.names.has(text)) note(duplicates);
        top.names.add(text);
      }
      if (!text.isWellFormed()) note(loneSurrogates);
    }
  }
  return { duplicates, loneSurrogates };
}
