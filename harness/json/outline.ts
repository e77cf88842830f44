/**
 * Where the items of one array of a JSON text stand, in bytes: `bounds` holds begin and end of each, blanks included.
 */
export type Items = {
  /** Where the array's content begins and ends, its brackets left out. */
  from: number;
  to: number;
  bounds: Uint32Array;
};

/** The structure of a JSON text, from its brackets, commas and colons alone: known before it is parsed. */
export type Outline = {
  /** How deep containers are nested. */
  depth: number;
  /** How many values there are at least: one for each bracket that opens and each comma. */
  values: number;
  /** How many members all objects have, those of the same name counted each. */
  members: number;
  /** How many escapes its strings hold, and whether one is a \u escape. */
  escapes: number;
  hasUnicodeEscapes: boolean;
  /** The items of the array at a path; null where there is none. */
  items: Items | null;
};

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const letterU = 0x75;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
 * Walks a JSON text once, without parsing it, so that it can be parsed item by item: a large list never stands in
 * memory as objects. Of a text that is no JSON the outline means nothing, but it ends.
 * @param bytes UTF-8
 * @param path the member names that lead to the array; of members with the same name the last counts, as in JSON.parse
 * @param mostValues the walk ends early where there are more; `values` says so
 */
export function outlineOf(bytes: Uint8Array, path: readonly string[], mostValues: number): Outline {
  const end = bytes.length;
  let depth = 0;
  let deepest = 0;
  let values = 0;
  let members = 0;
  let escapes = 0;
  let hasUnicodeEscapes = false;
  /** How many steps of the path lead to the container at hand. */
  let matched = 0;
  /** Whether the value that comes next stands at the next step of the path. */
  let isNext = false;
  let nameFrom = 0;
  let nameTo = 0;
  let list: { from: number; to: number; bounds: number[]; depth: number } | null = null;
  for (let at = 0; at < end && values <= mostValues; at += 1) {
    switch (bytes[at]) {
      case quote: {
        nameFrom = at;
        for (at += 1; at < end && bytes[at] !== quote; at += 1) {
          if (bytes[at] !== backslash) continue;
          at += 1;
          escapes += 1;
          if (bytes[at] === letterU) hasUnicodeEscapes = true;
        }
        nameTo = at + 1;
        break;
      }
      case colon: {
        members += 1;
        if (depth !== matched + 1) break;
        isNext = isName(bytes, nameFrom, nameTo, path[matched]);
        if (isNext) list = null;
        break;
      }
      case openBrace:
      case openBracket: {
        values += 1;
        depth += 1;
        if (depth > deepest) deepest = depth;
        if (!isNext) break;
        isNext = false;
        if (matched < path.length - 1) {
          if (bytes[at] === openBrace) matched += 1;
        } else if (bytes[at] === openBracket) list = { from: at + 1, to: end, bounds: [at + 1], depth };
        break;
      }
      case closeBrace:
      case closeBracket: {
        if (list?.depth === depth) {
          list.bounds.push(at);
          list.to = at;
          list.depth = -1;
        }
        if (matched > 0 && depth === matched + 1) matched -= 1;
        isNext = false;
        depth -= 1;
        break;
      }
      case comma: {
        values += 1;
        if (list?.depth === depth) list.bounds.push(at, at + 1);
        else if (depth === matched + 1) isNext = false;
        break;
      }
    }
  }
  const items = list === null || list.depth !== -1 ? null : itemsOf(bytes, list);
  return { depth: deepest, values, members, escapes, hasUnicodeEscapes, items };
}

function itemsOf(bytes: Uint8Array, { from, to, bounds }: { from: number; to: number; bounds: number[] }): Items {
  const isEmpty = bounds.length === 2 && isBlank(bytes, from, to);
  return { from, to, bounds: Uint32Array.from(isEmpty ? [] : bounds) };
}

/** RFC 8259 section 2: the four characters that may stand between tokens. */
function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at];
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) return false;
  }
  return true;
}

/** Whether a string of the text, quotes included, is a name, however it is escaped. */
function isName(bytes: Uint8Array, from: number, to: number, name: string | undefined): boolean {
  // Each character may be escaped in six.
  if (name === undefined || to - from > name.length * 6 + 2) return false;
  const written = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString();
  try {
    return JSON.parse(written) === name;
  } catch {
    return false;
  }
}
