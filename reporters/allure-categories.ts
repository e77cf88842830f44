import { Status } from 'allure-js-commons';

/**
 * The groups of results that did not pass, by the beginning of their message. Allure 2 reads these from the results;
 * Allure 3 only from its configuration, which `npm run report` writes.
 */
export const categories = [
  category('Violation', 'violation: ', Status.FAILED),
  category('Expired waiver', 'expired waiver: ', Status.FAILED),
  category("The suite's own fault", 'the suite broke', Status.BROKEN),
  category('Waived', 'waived: ', Status.FAILED),
  category('Advice', 'advice: ', Status.FAILED),
  category('Inconclusive', 'inconclusive: ', Status.SKIPPED),
  category('Not applicable', 'not-applicable: ', Status.SKIPPED),
];

/** A message goes on for many lines, and Allure 2 wants the whole of it matched. */
function category(name: string, beginning: string, status: Status) {
  return { name, messageRegex: `^${beginning}[\\s\\S]*`, matchedStatuses: [status] };
}
