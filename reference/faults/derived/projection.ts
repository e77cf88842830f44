import { withFields } from '../../http.ts';
import type { Element, Json } from '../../json.ts';
import { type Change, eachElement, elements, onAnswers, onRequests, without } from '../../variants/answers.ts';
import { upstreamError } from '../../variants/refusals.ts';
import { alone, asking, fieldsOf, type When } from '../../variants/requests.ts';
import { DEFINED, TOP_LEVEL } from '../../variants/rows.ts';
import { apiFault, type Fault } from '../fault.ts';
import * as ids from '../projection-ids.ts';

/** Another value of the same type and form as a member's own. */
const OTHER: Readonly<Record<string, (value: Json, index: number) => Json>> = {
  // Of the family that the others are of.
  peer_cidrs: (value) => [...(value as Json[]), String(value).includes(':') ? '2001:db8:99::/48' : '10.99.0.0/16'],
  mtu: (value) => Number(value) + 1,
  route_mode: () => 'dynamic',
  peer_address: (_, index) => `gateway-${index}.example.org`,
  description: (value) => `${value} (copy)`,
  status: (value) => (value === 'ACTIVE' ? 'DOWN' : 'ACTIVE'),
  psk: (value) => `${value}x`,
  initiator: (value) => (value === 'response-only' ? 'bi-directional' : 'response-only'),
  name: (value) => `${value} (copy)`,
  admin_state_up: (value) => !value,
  auth_mode: () => 'certificate',
};

/** The modes of which only one value is documented: any other one fails that too. */
const UNDOCUMENTED: Readonly<Record<string, readonly string[]>> = {
  route_mode: ['enums.route_mode'],
  auth_mode: ['enums.auth_mode'],
};

/** Where networks and endpoint groups of different elements meet, both may be empty. */
const RELATED: Readonly<Record<string, readonly string[]>> = {
  peer_cidrs: ['forms.local_ep_group_id.non-empty', 'forms.peer_ep_group_id.non-empty'],
  local_ep_group_id: ['forms.local_ep_group_id.non-empty'],
  peer_ep_group_id: ['forms.peer_ep_group_id.non-empty'],
};

/** Each name that `fields` is defined for, projected wrongly: clauses `defined-names` and `projection-hides`. */
export const projectionFaults: readonly Fault[] = DEFINED.flatMap((name) => {
  const fault = (defect: string, sentence: string, fails: readonly string[], change: Change): Fault =>
    apiFault(`derived.projection.${name}.${defect}`, sentence, fails, onAnswers(asking(name), change));
  const fails = ids.asking(name);
  const other = (element: Element, index: number): Element => ({
    ...element,
    [name]: (OTHER[name] ?? otherHexadecimal)(element[name] ?? null, index),
  });
  return [
    apiFault(
      `derived.projection.${name}.ignored`,
      `Where fields names ${name}, whole elements are returned.`,
      fails,
      onRequests(asking(name), (request) => withFields(request, [])),
    ),
    apiFault(
      `derived.projection.${name}.extra`,
      `Where fields names ${name}, peer_id is returned unasked.`,
      fails,
      onRequests(asking(name), (request) => withFields(request, [...fieldsOf(request), 'peer_id'])),
    ),
    fault(
      'nulls',
      `Where fields names ${name}, the members not asked for are returned as null.`,
      fails,
      eachElement((element) => ({ ...Object.fromEntries(TOP_LEVEL.map((each) => [each, null])), ...element })),
    ),
    fault('missing', `${name} is not honoured by fields.`, fails, eachElement(without(name))),
    fault(
      'missing.last',
      `${name} of the last element is not honoured by fields.`,
      fails,
      eachElement((element, index, list) => (index === list.length - 1 ? without(name)(element) : element)),
    ),
    fault(
      'value',
      `${name} is another value where fields names it.`,
      [...fails, ...(UNDOCUMENTED[name] ?? [])],
      eachElement(other),
    ),
    fault(
      'value.last',
      `${name} of the last element is another value where fields names it.`,
      [...fails, ...(UNDOCUMENTED[name] ?? [])],
      eachElement((element, index, list) => (index === list.length - 1 ? other(element, index) : element)),
    ),
    fault(
      'lost',
      `Where fields names ${name}, the last element is lost.`,
      fails,
      elements((list) => list.slice(0, -1)),
    ),
    fault('added', `Where fields names ${name}, an element is added.`, fails, elements(withOneMore)),
    apiFault(
      `derived.projection.${name}.refused`,
      `A request whose fields name ${name} is refused with 400.`,
      ['envelope.status'],
      onAnswers(asking(name), () => upstreamError(400)),
    ),
    apiFault(
      `derived.projection.${name}.alone`,
      `${name} is not honoured by fields where no other name is given.`,
      ids.single([name]),
      onAnswers(alone(name), eachElement(without(name))),
    ),
    ...(ids.VARYING.includes(name) ? [ofAnotherElement(name)] : []),
    ...(name === 'id' ? [] : [withIdOnly(name)]),
  ];
});

/**
 * As a multiset the values of one name are the same: only where something else tells the elements apart does it show.
 */
function ofAnotherElement(name: string): Fault {
  // With `id` itself from another element, a name that is equal everywhere shows nothing.
  const compared =
    name === 'id'
      ? [...ids.withId(ids.VARYING), ...ids.askingSeveral(name).filter((id) => !id.includes('with-id'))]
      : ids.askingSeveral(name);
  const fails = [...compared, ...(RELATED[name] ?? [])];
  return apiFault(
    `derived.projection.${name}.of-another`,
    `Where fields names ${name}, each element has the value of the next.`,
    fails,
    onAnswers(
      asking(name),
      eachElement((element, index, list) => ({ ...element, [name]: list[(index + 1) % list.length]?.[name] ?? null })),
    ),
  );
}

function withIdOnly(name: string): Fault {
  const when: When = (request) => request.target.endsWith(`?fields=id&fields=${name}`);
  return apiFault(
    `derived.projection.${name}.with-id`,
    `${name} is not honoured by fields where id is given before it.`,
    ids.withId([name]),
    onAnswers(when, eachElement(without(name))),
  );
}

function withOneMore(list: readonly Element[]): Element[] {
  const last = list.at(-1) ?? {};
  return [...list, 'id' in last ? { ...last, id: '00000000-0000-4000-8000-000000000000' } : last];
}

/** For identifiers: the last digit changed. */
function otherHexadecimal(value: Json): Json {
  const text = String(value);
  return text.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
}
