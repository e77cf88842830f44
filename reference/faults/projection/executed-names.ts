import { type ApiRequest, withFields } from '../../http.ts';
import { elements, onAnswers } from '../../variants/answers.ts';
import { upstreamError } from '../../variants/refusals.ts';
import { fieldsOf, list } from '../../variants/requests.ts';
import { apiFault, type Fault } from '../fault.ts';

/** Whether a name is true or false, where it is written as some language would have it. */
type Truth = (name: string) => boolean | undefined;

/** A comparison of two equal or different literals: 'x'='y', "x"="y", 1=2, 1==2. */
const comparison = /(['"]?)(\w+)\1?\s*={1,2}\s*(['"]?)(\w+)/;

function truthAfter(beginning: RegExp): Truth {
  return (name) => {
    const rest = beginning.exec(name);
    if (!rest) return undefined;
    const [, , one, , another] = comparison.exec(name.slice(rest.index + rest[0].length)) ?? [];
    return one === undefined ? undefined : one === another;
  };
}

/** The reading of a request by a target: another request, an answer without elements, or a refusal. */
type Read = (request: ApiRequest) => ApiRequest | 'none' | 'refuse';
const none: Read = () => 'none';
const refuse: Read = () => 'refuse';

const SQL = ['projection.executed.sql'];

/** Names that are executed: clause `undefined-names`. */
export const executedNameFaults: readonly Fault[] = [
  apiFault(
    'projection.executed.sql.or',
    'A name goes into an SQL statement as it is: what is true after OR returns everything.',
    SQL,
    byTruth(truthAfter(/'\)? OR \(?(?=')/), (request) => withFields(request, []), none),
  ),
  apiFault(
    'projection.executed.sql.quoted',
    'A name goes into an SQL statement between double quotes.',
    SQL,
    byTruth(truthAfter(/" OR (?=")/), (request) => withFields(request, []), none),
  ),
  apiFault(
    'projection.executed.sql.bare',
    'A name goes into an SQL statement without quotes, and what is false refuses it.',
    SQL,
    byTruth(truthAfter(/ (OR|AND) (?=\d)/), (request) => withFields(request, ['id']), refuse),
  ),
  apiFault(
    'projection.executed.sql.and',
    'What stands after AND decides whether id is found.',
    SQL,
    byTruth(truthAfter(/' AND (?=')/), (request) => withFields(request, ['id']), none),
  ),
  apiFault(
    'projection.executed.script.or',
    'A name goes into a filter of a document database.',
    ['projection.executed.script'],
    byTruth(truthAfter(/' (\|\||&&) (?=')/), (request) => withFields(request, ['id']), none),
  ),
  apiFault(
    'projection.executed.template.jinja',
    'A name is rendered as a template first.',
    ['projection.executed.template'],
    byTruth(
      truthAfter(/^\{\{.* if /),
      (request) => withFields(request, ['id']),
      (request) => withFields(request, ['']),
    ),
  ),
  apiFault(
    'projection.executed.template.expression',
    'A name is evaluated as an expression, and an empty one is refused.',
    ['projection.executed.template'],
    byTruth(truthAfter(/^\$\{/), (request) => withFields(request, ['id']), refuse),
  ),
  apiFault(
    'projection.executed.500',
    'A comparison in a name fails with 500, with quotes or without.',
    SQL,
    onAnswers(
      (request) => list(request) && fieldsOf(request).some((name) => /^id (OR|AND) \d=\d$/.test(name)),
      () => upstreamError(500),
    ),
  ),
];

/** Takes a name that is true as one thing, and one that is false as another. */
function byTruth(truth: Truth, whereTrue: Read, whereFalse: Read): Parameters<typeof apiFault>[3] {
  return (api) => (request) => {
    const [name, ...others] = list(request) ? fieldsOf(request) : [];
    const isTrue = name !== undefined && others.length === 0 ? truth(name) : undefined;
    if (isTrue === undefined) return api(request);
    const read = (isTrue ? whereTrue : whereFalse)(request);
    if (read === 'refuse') return upstreamError(400);
    const response = api(read === 'none' ? request : read);
    return read === 'none' && response.status === 200 ? elements(() => [])(response, request) : response;
  };
}
