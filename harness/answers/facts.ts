import type { Blemishes } from '../json/blemishes.ts';
import type { JsonType } from '../json/json-type.ts';
import type { ListFacts } from '../lists/list-facts.ts';
import type { Encoding } from './character-encoding.ts';
import type { CodingProblem } from './content-coding.ts';

/**
 * The facts of one distinct body, read once. Judges see this and no body: it is small, whatever the size of the body. A
 * step that could not be taken is undefined, and so is what comes after it.
 */
export type Facts = {
  /** The defect of the content coding. */
  codingProblem: CodingProblem | undefined;
  /** Why it was not read, though nothing is wrong with it: it is over a limit of the suite's own. */
  overLimit: Limit | undefined;
  encoding: Encoding | undefined;
  json: JsonFacts | undefined;
  /** The list, where the body is an object with an array `ipsec_site_connections`. */
  list: ListFacts | undefined;
  /**
   * The text beside the list's elements, which are the users' own: as it was sent, at most `mostSaid` characters.
   */
  said: string;
  /** The strings in that, their escapes undone; where it is no JSON there are none. */
  strings: ReadonlySet<string>;
  /** Whether it holds one of the run's own tokens, anywhere and in any usual encoding. */
  holdsToken: boolean;
};

/** A limit of the suite's own that a body is over. */
export type Limit = { kind: 'size' | 'depth'; words: string };

/** The facts of a body as JSON. */
export type JsonFacts =
  | ({ ok: true; root: Root } & Blemishes)
  | { ok: false; problem: string; line: number; column: number };

/** The value that a body is. */
export type Root = {
  type: JsonType;
  /** The names of its members, as many as are kept, where it is an object. */
  names: readonly string[];
  /** The type of the member that should hold the list; undefined where there is none. */
  wrapperType: JsonType | undefined;
  /** More pages were announced: clause `paging`. */
  isPaged: boolean;
  /**
   * Members beside the list and its links: names, as many as are kept, with the JSON text, cut where it is long.
   */
  beside: readonly { name: string; text: string }[];
};
/** Characters of `said` that are kept: the longest page of an error is far below it. */
export const mostSaid = 4 * 1024 * 1024;

/** A body of which nothing is known, and what a failure has in place of one. */
export const noFacts: Facts = {
  codingProblem: undefined,
  overLimit: undefined,
  encoding: undefined,
  json: undefined,
  list: undefined,
  said: '',
  strings: new Set(),
  holdsToken: false,
};
