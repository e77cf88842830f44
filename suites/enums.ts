import type { Requirement } from '../harness/requirement.ts';
import { rowRequirements } from './rows.ts';

/** Documented values: contract clause 6. */
export const enums: readonly Requirement[] = rowRequirements('enums', (rule, found) =>
  rule.id === 'enums.status' && typeof found === 'string' && /^PENDING /.test(found)
    ? "This is the spelling of the page's example response; Table 2 has an underscore, and the table wins."
    : undefined,
);
