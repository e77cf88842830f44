/** How strong a requirement is: what earns each level stands in docs/contract.md. */
export type Level = 'MUST' | 'SHOULD' | 'MAY';

/** The levels, the strongest first. */
export const levels: readonly Level[] = ['MUST', 'SHOULD', 'MAY'];

/** How levels compare: the stronger, the higher. */
export const strength: Readonly<Record<Level, number>> = { MUST: 2, SHOULD: 1, MAY: 0 };
