import type { Contract } from '../harness/contract/contract.ts';
import { contract as usual } from '../harness/contract/editions.ts';
import { withFields } from '../reference/http.ts';
import type { Element } from '../reference/json.ts';
import { onRequests } from '../reference/variants/answers.ts';
import { fieldsOf, list } from '../reference/variants/requests.ts';
import { everywhere, inLast } from '../reference/variants/stored.ts';
import type { Wrap } from '../reference/variants/wrap.ts';
import { requirementsOf } from '../suites/requirements.ts';

const set = (name: string, value: unknown) => (element: Element) => void Object.assign(element, { [name]: value });
const without = (name: string) => (element: Element) => void delete element[name];

/** A name in `fields` that is taken for none. */
const unknownName = (name: string): Wrap =>
  onRequests(
    (request) => list(request) && fieldsOf(request).includes(name),
    (request) =>
      withFields(
        request,
        fieldsOf(request)
          .filter((each) => each !== name)
          .concat('no_such_name'),
      ),
  );

/** Of more than three names in `fields`, only the first two are honoured. */
const firstTwoOfMany: Wrap = (api) => (request) =>
  api(fieldsOf(request).length > 3 ? withFields(request, fieldsOf(request).slice(0, 2)) : request);

/** Whether a requirement is made from the contract: the others are the same values in every edition. */
export const isOfContract = (id: string): boolean =>
  /^(parameters|enums|forms|defaults|known|projection|authentication)\./.test(id);

/** Faults that break what an edition states in its own way: the requirement, and the change. */
export function faultsOf(contract: Contract): readonly (readonly [id: string, wrap: Wrap])[] {
  const known = new Set(usual.parameters.map(({ name }) => name));
  const added = contract.parameters.filter(({ name, path }) => !known.has(name) && path.length === 1);
  const rows = added.flatMap(({ name, schema, isRequired }) => [
    [`parameters.type.${name}`, everywhere(set(name, schema.type === 'array' ? 'x' : 7))] as const,
    [`parameters.type.${name}`, inLast(set(name, null))] as const,
    ...(isRequired ? ([[`parameters.presence.${name}`, inLast(without(name))]] as const) : []),
  ]);
  const names = contract.projectableNames.filter((name) => !usual.projectableNames.includes(name));
  const projections = names.flatMap((name) => [
    [`projection.single.${name}`, unknownName(name)] as const,
    [`projection.with-id.${name}`, unknownName(name)] as const,
  ]);
  return [...rows, ...projections, ...stated.filter(([id]) => requirementsOf(contract).some((each) => each.id === id))];
}

/** Statements of single editions. */
const stated: readonly (readonly [id: string, wrap: Wrap])[] = [
  ['forms.psk', everywhere(set('psk', 'short'))],
  ['forms.psk', inLast(set('psk', 'has a blank in it'))],
  ['forms.psk', inLast(set('psk', 'x'.repeat(129)))],
  ['forms.created_at', everywhere(set('created_at', '2025-08-01T09:30:00Z'))],
  ['forms.created_at', inLast(set('created_at', ''))],
  [
    'forms.dpd.interval.positive',
    inLast((element) => void Object.assign(element.dpd as Element, { interval: 0, timeout: 30 })),
  ],
  [
    'forms.dpd.timeout.positive',
    inLast((element) => void Object.assign(element.dpd as Element, { timeout: 0, action: 'disabled' })),
  ],
  ['enums.initiator', inLast(set('initiator', 'both'))],
  ['enums.route_mode', inLast(set('route_mode', 'dynamic'))],
  ['enums.auth_mode', inLast(set('auth_mode', 'cert'))],
  ['forms.peer_cidrs.distinct', inLast(set('peer_cidrs', ['10.1.0.0/16', '10.1.0.0/16']))],
  ['forms.peer_cidrs.valid', inLast(set('peer_cidrs', ['10.1.0.0/33']))],
  ['forms.mtu', inLast(set('mtu', 67))],
  ['forms.mtu.ipv6', inLast((element) => void Object.assign(element, { peer_cidrs: ['2001:db8::/48'], mtu: 1279 }))],
  [
    'forms.dpd.timeout-above-interval',
    inLast((element) => void Object.assign(element.dpd as Element, { interval: 30, timeout: 30, action: 'hold' })),
  ],
  [
    'forms.dpd.timeout-not-below-interval',
    inLast((element) => void Object.assign(element.dpd as Element, { interval: 30, timeout: 29, action: 'hold' })),
  ],
  ['projection.combinations', firstTwoOfMany],
  ['projection.all', firstTwoOfMany],
  ['projection.with-id.mtu', unknownName('mtu')],
  ['defaults.description', everywhere(set('description', 'none'))],
  ['defaults.initiator', everywhere(set('initiator', 'response-only'))],
];
