import type { Contract } from '../contract/contract.ts';
import type { JsonType } from '../json/json-type.ts';
import type { Findings } from './finding.ts';

/** The facts of a list: its elements as rows of numbers, and counts of them. */
export type ListFacts = {
  /** How many elements it has. */
  length: number;
  /** The first few elements that are no objects, how many there are, and how many of each type. */
  notObjects: {
    places: readonly { index: number; type: JsonType }[];
    byType: ReadonlyMap<JsonType, number>;
    count: number;
  };
  /**
   * The documented members, by their path (`dpd.action`): for each element the number of the value as it was sent, 0
   * where it has no such member.
   */
  values: ReadonlyMap<string, Int32Array>;
  /** The same for the top-level members, equal where the order of members, or of networks, is all that differs. */
  compared: ReadonlyMap<string, Int32Array>;
  /** The shape of each element: which members it has, documented or not. */
  shapes: Int32Array;
  shapeNames: readonly Shape[];
  /** Whether each object has an id of its own: a string that is not empty. */
  hasOwnIds: boolean;
  /** The undocumented members of all elements, and of their dpd, as many names as are kept. */
  undocumented: { inElements: ReadonlySet<string>; inDpd: ReadonlySet<string> };
  /** The numbers of the strings that undocumented members hold. */
  undocumentedTexts: ReadonlySet<number>;
  /**
   * Values under names that an interpreter keeps for itself (`__proto__`), where they are not null: the values'
   * numbers, by name.
   */
  interpreterValues: ReadonlyMap<string, ReadonlySet<number>>;
  /** The members within which a member psk is found, at any depth, or that are one. */
  holdersOfPsk: ReadonlySet<string>;
  /** The findings on the elements for each rule. */
  findings: Findings;
  /** The facts of the same list, as another edition reads it. */
  by(contract: Contract): ListFacts;
  /** Where each element stands in the body's text as UTF-8: begin and end in bytes, blanks included. */
  bounds: Uint32Array;
};

/** The members of an element: names, as many as are kept, and how many there are. */
export type Shape = { names: readonly string[]; count: number };

/** The number of a member's value in one element; 0 where it is not there. */
export function valueNumberAt(column: Int32Array | undefined, index: number): number {
  return column?.[index] ?? 0;
}
