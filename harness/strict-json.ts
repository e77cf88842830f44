import { createScanner } from 'jsonc-parser';
import { addDeparture, emptyGrouping, type Grouping } from './departure-groups.ts';
import { pointer } from './pointer.ts';
import { keptPlaces, words } from './verdict.ts';

/** What JSON's grammar allows and I-JSON (RFC 7493) does not. */
export type Blemishes = { duplicates: Blemish; loneSurrogates: Blemish };

/** JSON pointers to the first few places, how many there are, and all of them by likeness. */
export type Blemish = { places: readonly string[]; count: number; grouping: Grouping };

/** What is found in such a place. */
export const blemishes = {
  duplicates: words('a member name for the second time'),
  loneSurrogates: words('a lone surrogate'),
} as const satisfies Record<keyof Blemishes, unknown>;

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
 * Finds duplicate member names, lone surrogates and the depth of nesting in a text that is JSON. Iterative, because a
 * body may be nested deeper than the stack.
 */
export function inspectText(text: string): Blemishes & { depth: number } {
  const scanner = createScanner(text, true);
  const stack: Frame[] = [];
  const found = {
    duplicates: { places: [] as string[], count: 0, grouping: emptyGrouping() },
    loneSurrogates: { places: [] as string[], count: 0, grouping: emptyGrouping() },
  };
  const note = (kind: keyof Blemishes) => {
    const { places, grouping } = found[kind];
    const place = pointer(stack.map((frame) => frame.token));
    found[kind].count += 1;
    if (places.length < keptPlaces) places.push(place);
    addDeparture(grouping, place, blemishes[kind]);
  };
  let depth = 0;
  for (let kind = scanner.scan(); kind !== endOfFile; kind = scanner.scan()) {
    const top = stack.at(-1);
    depth = Math.max(depth, stack.length);
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
        if (top.names.has(text)) note('duplicates');
        top.names.add(text);
      }
      if (!text.isWellFormed()) note('loneSurrogates');
    }
  }
  return { ...found, depth };
}
