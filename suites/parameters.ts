import type { Contract } from '../harness/contract/contract.ts';
import type { Requirement } from '../harness/judging/requirement.ts';
import { rowRequirements } from '../harness/judging/rows.ts';

/** Each row of Table 2: it is there, and has its type. */
export const parametersOf = (contract: Contract): readonly Requirement[] =>
  rowRequirements(contract, 'parameters', (_rule, found) =>
    found === null ? 'null is none of the documented types.' : undefined,
  );
