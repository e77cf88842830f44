/** The findings on one rule in the elements of one list. Values are numbers of the run's table; 0: there is none. */
export type Finding = {
  /** Values that could be judged, and how many of them broke the rule. */
  judged: number;
  failed: number;
  /** Values that could not be judged because a stronger rule is broken in the same place, or the member is missing. */
  blocked: ReadonlyMap<string, number>;
  /** The first few broken places: JSON pointers into the body, with what stands there. */
  places: readonly FoundPlace[];
  /** All broken places, those of the same member and value together; not all where `complete` is false. */
  groups: readonly FoundGroup[];
  complete: boolean;
};
export type FoundPlace = { pointer: string; found: number };
export type FoundGroup = { at: string; found: number; count: number };

/** The findings on each rule of a contract in the elements of a list. */
export type Findings = {
  /** @param rule by its place among the contract's rules */
  of(rule: number): Finding;
};
