import { createScanner } from 'jsonc-parser';
import { keptGroups, keptPlaces } from '../base/kept.ts';
import { generalise, pointer } from '../base/pointer.ts';

/** Defects that JSON's grammar allows and I-JSON (RFC 7493) does not. */
export type Blemishes = { duplicates: Blemish; loneSurrogates: Blemish };

/** JSON pointers to the first few places, and how many there are. */
export type Blemish = {
  places: readonly string[];
  count: number;
  /** How many there are by place, with `*` for every array index; not all where `isComplete` is false. */
  byPlace: ReadonlyMap<string, number>;
  isComplete: boolean;
};

/** Blemishes while they are counted. */
export type BlemishCount = {
  blemishes: Blemishes;
  /** Counts one. @param place a JSON pointer */
  note(kind: keyof Blemishes, place: string): void;
};

/** Begins to count. */
export function countBlemishes(): BlemishCount {
  const empty = () => ({ places: [] as string[], count: 0, byPlace: new Map<string, number>(), isComplete: true });
  const found = { duplicates: empty(), loneSurrogates: empty() };
  return {
    blemishes: found,
    note(kind, place) {
      const blemish = found[kind];
      const { places, byPlace } = blemish;
      const at = generalise(place);
      blemish.count += 1;
      if (places.length < keptPlaces) places.push(place);
      if (byPlace.has(at) || byPlace.size < keptGroups) byPlace.set(at, (byPlace.get(at) ?? 0) + 1);
      else blemish.isComplete = false;
    },
  };
}

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
 * Finds duplicate member names and lone surrogates in a JSON text, token by token: JSON.parse keeps the last of two
 * members, and shows nothing of the first.
 * @param base the JSON pointer of the text's value
 */
export function inspectText(text: string, base: string, note: BlemishCount['note']): void {
  const scanner = createScanner(text, true);
  const stack: Frame[] = [];
  const place = () => base + pointer(stack.map((frame) => frame.token));
  for (let kind = scanner.scan(); kind !== endOfFile; kind = scanner.scan()) {
    const top = stack.at(-1);
    if (kind === openBrace) stack.push({ names: new Set(), token: '', expectsName: true });
    else if (kind === openBracket) stack.push({ names: null, token: 0, expectsName: false });
    else if (kind === closeBrace || kind === closeBracket) stack.pop();
    else if (kind === comma && top) {
      if (top.names) top.expectsName = true;
      else top.token = (top.token as number) + 1;
    } else if (kind === stringLiteral) {
      const string = scanner.getTokenValue();
      if (top?.names && top.expectsName) {
        top.token = string;
        top.expectsName = false;
        if (top.names.has(string)) note('duplicates', place());
        top.names.add(string);
      }
      if (!string.isWellFormed()) note('loneSurrogates', place());
    }
  }
}
