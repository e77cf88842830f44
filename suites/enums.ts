import type { Contract } from '../harness/contract/contract.ts';
import type { Requirement } from '../harness/judging/requirement.ts';
import { rowRequirements } from '../harness/judging/rows.ts';

/** Members whose values the page names. */
export const enumsOf = (contract: Contract): readonly Requirement[] =>
  rowRequirements(contract, 'enums', (rule, found) =>
    rule.id === 'enums.status' && typeof found === 'string' && /^PENDING /.test(found)
      ? "This is the spelling of the page's example response; Table 2 has an underscore, and the table wins."
      : undefined,
  );
