import { createHash } from 'node:crypto';

/**
 * The values that a run has seen, each with a number of its own: equal values have the same number, so that two
 * elements are compared as rows of numbers. 0 is no value's number: it stands for a member that is not there.
 */
export type Texts = {
  /** The number of a value. */
  idOf(value: unknown): number;
  /** The value with a number. One that is very long comes back as the beginning of its text, with length and digest. */
  value(id: number): unknown;
  /** Whether of a value only the beginning is kept. */
  isCut(id: number): boolean;
};

/** Characters of JSON text that are kept of one value: a list of a thousand networks is kept whole. */
const longest = 64 * 1024;

/** A container as text: it is parsed where somebody asks for it. */
class Container {
  readonly json: string;
  constructor(json: string) {
    this.json = json;
  }
}

/** Makes the table of a run. */
export function createTexts(): Texts {
  const primitives = new Map<unknown, number>();
  const containers = new Map<string, number>();
  const values: unknown[] = [undefined];
  const cutTexts = new Set<string>();
  const cut = (text: string): string => {
    const kept = cutText(text);
    cutTexts.add(kept);
    return kept;
  };
  const add = (known: Map<unknown, number>, key: unknown, value: unknown): number => {
    const id = values.push(value) - 1;
    known.set(key, id);
    return id;
  };
  const containerId = (json: string): number => {
    const kept = json.length > longest ? cut(json) : json;
    return containers.get(kept) ?? add(containers as Map<unknown, number>, kept, new Container(kept));
  };
  return {
    idOf(value) {
      if (typeof value === 'object' && value !== null) return containerId(JSON.stringify(value));
      const kept = typeof value === 'string' && value.length > longest ? cut(value) : value;
      return primitives.get(kept) ?? add(primitives, kept, kept);
    },
    isCut(id) {
      const value = values[id];
      const text = value instanceof Container ? value.json : value;
      return typeof text === 'string' && cutTexts.has(text);
    },
    value(id) {
      const value = values[id];
      if (!(value instanceof Container)) return value;
      try {
        return JSON.parse(value.json) as unknown;
      } catch {
        return value.json;
      }
    },
  };
}

/** The end that `cutText` writes behind a beginning. */
const cutMark = /… \(\d+ characters, sha256 [\da-f]{16}\)$/;

/** A text that `cutText` made, as its beginning and what stands behind it; undefined for any other. */
export function takeCutText(text: string): { beginning: string; mark: string } | undefined {
  const mark = cutMark.exec(text)?.[0];
  return mark === undefined ? undefined : { beginning: text.slice(0, -mark.length), mark };
}

/** The beginning of a text, and what tells it from others that begin alike. */
export function cutText(text: string, kept = 200): string {
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return `${text.slice(0, kept)}… (${text.length} characters, sha256 ${digest})`;
}
