import { type Change, onAnswers } from '../../variants/answers.ts';
import { defined } from '../../variants/requests.ts';
import { apiFault, type Fault } from '../fault.ts';

/**
 * A defect of every answer to a defined list request, projected or not: clauses `envelope` and `every-answer-counts`.
 *
 * @param name stable name, without its beginning
 * @param describes what such a vendor ships
 * @param fails the requirements that fail, exactly
 * @param change makes the defect
 * @returns the fault
 */
export function ofLists(name: string, describes: string, fails: readonly string[], change: Change): Fault {
  return apiFault(`envelope.${name}`, describes, fails, onAnswers(defined, change));
}
