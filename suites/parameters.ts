import type { Requirement } from '../harness/requirement.ts';
import { rowRequirements } from './rows.ts';

/** Presence, nesting and types of Table 2's rows: contract clauses 1 to 3. */
export const parametersSuite: readonly Requirement[] = rowRequirements('parameters', (_rule, found) =>
  found === null ? 'null is none of the documented types.' : undefined,
);
