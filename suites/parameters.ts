import type { Contract } from '../harness/contract/contract.ts';
import type { Requirement } from '../harness/judging/requirement.ts';
import { rowRequirements } from '../harness/judging/rows.ts';

/** Presence, nesting and types of Table 2's rows: contract clauses 1 to 3. */
export const parametersOf = (contract: Contract): readonly Requirement[] =>
  rowRequirements(contract, 'parameters', (_rule, found) =>
    found === null ? 'null is none of the documented types.' : undefined,
  );
