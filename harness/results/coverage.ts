/** How often a parameter was there, null, or absent, over the elements of the first full list. */
export type ParameterCoverage = { name: string; seen: number; null: number; absent: number };

/** Which of its named values a parameter had in any full list; how many values it had beside these. */
export type EnumCoverage = { name: string; seen: readonly string[]; unseen: readonly string[]; others: number };

/** What a run saw of the contract: what it did not see, it did not show. */
export type Coverage = {
  parameters: readonly ParameterCoverage[];
  enums: readonly EnumCoverage[];
  /** For each parameter with a default, how many connections it was checked on. */
  defaults: readonly { name: string; connections: number }[];
  /** What each name that `fields` is not defined for did, alone and beside id; null where it was not seen. */
  undefinedNames: readonly { name: string; alone: string | null; beside: string | null }[];
};
