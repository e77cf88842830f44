import { definedNames } from '../editions.ts';
import { type ApiRequest, parseTarget, withBody, withFields } from '../http.ts';
import { type Element, isObject } from '../json.ts';
import { eachElement, elements, onAnswers, onRequests } from '../variants/answers.ts';
import { upstreamError } from '../variants/refusals.ts';
import { fieldsOf, list, type When } from '../variants/requests.ts';
import { TOP_LEVEL } from '../variants/rows.ts';
import { ofFirstProject } from '../variants/stored.ts';
import type { Wrap } from '../variants/wrap.ts';
import { type Control, control } from './control.ts';

/** A way to take undefined names: those that the edition of the world does not define. */
const undefinedNames = (name: string, describes: string, take: (defined: readonly string[]) => Wrap): Control =>
  control(name, describes, (api, world) => take(definedNames(world))(api, world));

/** Some value of `fields` is no defined name. */
const someUndefined =
  (defined: readonly string[]): When =>
  (request) =>
    list(request) && fieldsOf(request).some((name) => !defined.includes(name));

/** Every value of `fields` is none, and there is one. */
const onlyUndefined =
  (defined: readonly string[]): When =>
  (request) =>
    list(request) && fieldsOf(request).length > 0 && fieldsOf(request).every((name) => !defined.includes(name));

/**
 * Undefined names and parameters, taken in every way that the contract leaves open: clauses `undefined-names` and
 * `odd-input`.
 */
export const fieldControls: readonly Control[] = [
  undefinedNames('fields.undefined.full', 'Undefined names alone return everything.', (defined) =>
    onRequests(onlyUndefined(defined), (request) => withFields(request, [])),
  ),
  undefinedNames('fields.undefined.full-beside', 'An undefined name makes the target ignore fields.', (defined) =>
    onRequests(someUndefined(defined), (request) => withFields(request, [])),
  ),
  undefinedNames('fields.undefined.empty', 'Undefined names alone return empty elements.', (defined) =>
    onAnswers(
      onlyUndefined(defined),
      eachElement(() => ({})),
    ),
  ),
  undefinedNames(
    'fields.undefined.left-out',
    'Undefined names are left out, and what remains is honoured.',
    (defined) =>
      onRequests(someUndefined(defined), (request) =>
        withFields(
          request,
          fieldsOf(request).filter((name) => defined.includes(name)),
        ),
      ),
  ),
  undefinedNames('fields.undefined.null', 'Undefined names are returned as null.', (defined) =>
    onAnswers(someUndefined(defined), (response, request) =>
      eachElement((element) => ({ ...Object.fromEntries(fieldsOf(request).map((name) => [name, null])), ...element }))(
        response,
        request,
      ),
    ),
  ),
  undefinedNames('fields.undefined.400', 'Undefined names are refused with 400.', (defined) =>
    onAnswers(someUndefined(defined), () => upstreamError(400)),
  ),
  undefinedNames('fields.undefined.404', 'Undefined names are not found.', (defined) =>
    onAnswers(someUndefined(defined), () => upstreamError(404)),
  ),
  undefinedNames('fields.undefined.422', 'Undefined names are refused with 422, in another shape.', (defined) =>
    onAnswers(someUndefined(defined), (response) => ({
      ...withBody(response, '{"detail":[{"loc":["query","fields"],"msg":"no such field"}]}'),
      status: 422,
    })),
  ),
  control(
    'fields.comma',
    'Names may be joined by commas too.',
    onRequests(list, (request) =>
      rewritten(request, (names) => names.flatMap((name) => (/^\w+(,\w+)+$/.test(name) ? name.split(',') : name))),
    ),
  ),
  control(
    'fields.case',
    'Names may be in any letter case.',
    onRequests(list, (request) =>
      rewritten(request, (names) =>
        names.map((name) => (TOP_LEVEL.includes(name.toLowerCase()) ? name.toLowerCase() : name)),
      ),
    ),
  ),
  control(
    'fields.dotted',
    'Members of dpd may be named with a dot.',
    withDpd(
      (name) => (name.startsWith('dpd.') ? name.slice(4) : undefined),
      (rest, dpd) => ({ ...rest, dpd }),
    ),
  ),
  control(
    'fields.flat',
    'Members of dpd may be named alone.',
    withDpd(
      (name) => (['interval', 'timeout', 'action'].includes(name) ? name : undefined),
      (rest, dpd) => ({ ...rest, ...dpd }),
    ),
  ),
  control(
    'fields.sorted',
    'Projected members are in the order of the names.',
    onAnswers(
      (request) => fieldsOf(request).length > 0,
      (response, request) => eachElement((element) => inOrder(element, fieldsOf(request)))(response, request),
    ),
  ),
  control('fields.filters', 'Parameters named as members are filters.', (api, world) => (request) => {
    const response = api(request);
    const filters = [...parseTarget(request.target).query].filter(([name]) => TOP_LEVEL.includes(name));
    if (response.status !== 200 || !list(request) || filters.length === 0) return response;
    const wanted = new Set(
      ofFirstProject(world)
        .filter((element) => filters.every(([name, value]) => String(element[name]) === value))
        .map((element) => element.id),
    );
    return elements((each) => each.filter((element) => wanted.has(element.id ?? null)))(response, request);
  }),
  control(
    'fields.parameters-refused',
    'Parameters that are not known are refused with 400.',
    onAnswers(
      (request) => list(request) && [...parseTarget(request.target).query.keys()].some((name) => name !== 'fields'),
      () => upstreamError(400),
    ),
  ),
  control(
    'fields.strict-queries',
    'Whatever is odd in a query is refused with 400.',
    onAnswers(
      (request) => list(request) && !/^[^?]*(\?(fields=[\w%,.]*&?)*)?$/.test(request.target),
      () => upstreamError(400),
    ),
  ),
  control(
    'fields.short-queries',
    'Queries over 1 000 characters are refused with 414.',
    onAnswers(
      (request) => request.target.length > 1000,
      () => upstreamError(414),
    ),
  ),
  control(
    'fields.large-headers',
    'Queries over 1 000 characters are refused with 431, without a body.',
    onAnswers(
      (request) => request.target.length > 1000,
      () => ({ status: 431, headers: [], body: new Uint8Array() }),
    ),
  ),
];

function rewritten(request: ApiRequest, read: (names: readonly string[]) => readonly string[]): ApiRequest {
  const names = fieldsOf(request);
  return names.length === 0 ? request : withFields(request, read(names));
}

function inOrder(element: Element, names: readonly string[]): Element {
  return Object.fromEntries(
    names.filter((name) => Object.hasOwn(element, name)).map((name) => [name, element[name] ?? null]),
  );
}

/** Names that stand for members of dpd are answered from it; `place` says where in the element. */
function withDpd(
  memberOf: (name: string) => string | undefined,
  place: (rest: Element, dpd: Element) => Element,
): Wrap {
  return (api) => (request) => {
    const names = fieldsOf(request);
    const members = names.map(memberOf).filter((member) => member !== undefined);
    if (!list(request) || members.length === 0) return api(request);
    const others = names.filter((name) => memberOf(name) === undefined);
    const response = api(withFields(request, [...others, 'dpd']));
    if (response.status !== 200) return response;
    return eachElement(({ dpd, ...rest }) => place(rest, isObject(dpd) ? inOrder(dpd, members) : {}))(
      response,
      request,
    );
  };
}
