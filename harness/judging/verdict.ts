import type { Observation } from '../answers/observation.ts';

/** One departure. Everything that came from the target stands in `actual`, and only there: that is what is redacted. */
export type Violation = {
  observation: Observation;
  /** JSON pointer into the answer's body; empty where the whole answer is meant. */
  pointer: string;
  /** Our own words; never a word of the target's. */
  expected: string;
  actual: Actual;
  /** Our own words on what probably happened; never a word of the target's. */
  hint?: string;
};

/**
 * The finding in place of the expected: a JSON value from the target (redacted by path and by value), or the suite's
 * own words.
 */
export type Actual = { kind: 'value'; value: unknown } | { kind: 'words'; words: string };

/** Departures alike: in the same member of any element, and found the same way. */
export type DepartureGroup = {
  /** JSON pointer with `*` for every array index. */
  at: string;
  actual: Actual;
  /** The most of them in one answer, and how many answers have one. */
  count: number;
  answers: number;
};

/** All departures of a requirement by likeness. */
export type DepartureGroups = {
  /** Those that are listed: as many as have room, and of each place one before there is a second. */
  groups: readonly DepartureGroup[];
  /** Whether all kinds are listed. */
  complete: boolean;
  /** The departures of other kinds: the most of them in one answer, and how many answers have one. */
  rest: { count: number; answers: number };
};

/** Equal departures, counted: contract, "the failure says how many". */
export type Departures = {
  /** The first few places. */
  violations: readonly Violation[];
  /** How many places in the first answer that has one, out of how many judged there. */
  count: number;
  of: number;
  /** How many answers have one. */
  answers: number;
  /** The different values found, as many as are kept, and how often each. */
  distinct: readonly { value: unknown; count: number }[];
  /** Every departure of every answer, those alike together: what a waiver is held to. */
  all: DepartureGroups;
};

/** The basis of a verdict, in figures and the suite's own words. */
export type Evidence = {
  /** How many were judged in the answer that had the most. */
  judged: number;
  /** The unit of the count: "values", "elements", "answers". */
  of: string;
  /** How many answers were judged. */
  answers: number;
  /** How many elements were left out because they came, went or changed meanwhile: clause `living-inventory`. */
  leftOut: number;
  /** Further facts, our own words. */
  notes: readonly string[];
};

export type Verdict =
  | { kind: 'pass'; evidence: Evidence }
  | { kind: 'fail'; departures: Departures; evidence: Evidence }
  | { kind: 'inconclusive'; reason: string; remedy?: string }
  | { kind: 'not-applicable'; reason: string }
  | { kind: 'broken'; error: Error };

/** How many different values of one requirement are kept. */
export const keptDistinct = 10;

/** A finding in the suite's own words. */
export const words = (said: string): Actual => ({ kind: 'words', words: said });

/** A value that was found. */
export const value = (found: unknown): Actual =>
  isBeyondDouble(found) ? words(beyondDouble) : { kind: 'value', value: found };

/** The words for 1e400, of which JSON.parse makes Infinity, and JSON.stringify null. */
export const beyondDouble = 'a number beyond the range of a double';

/** Whether a number of the target's is one that no double holds. */
export function isBeyondDouble(found: unknown): boolean {
  return typeof found === 'number' && !Number.isFinite(found);
}

/** A departure of a whole answer: of its status, its headers or its body at large. */
export function ofAnswer(observation: Observation, expected: string, actual: Actual, hint?: string): Violation {
  return { observation, pointer: '', expected, actual, ...(hint === undefined ? {} : { hint }) };
}
