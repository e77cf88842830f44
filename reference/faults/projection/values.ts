import type { Element, Json } from '../../json.ts';
import { body, type Change, eachElement, elements, onAnswers } from '../../variants/answers.ts';
import { alone, fieldsOf, list, projected, several, type When } from '../../variants/requests.ts';
import { DEFINED } from '../../variants/rows.ts';
import { ofFirstProject } from '../../variants/stored.ts';
import type { Wrap } from '../../variants/wrap.ts';
import { apiFault, type Fault } from '../fault.ts';
import * as ids from '../projection-ids.ts';

type Case = readonly [name: string, describes: string, fails: readonly string[], when: When, change: Change];

/** Names whose values occur more than once in the reference inventory. */
const REPEATED = [
  ...['peer_cidrs', 'mtu', 'peer_ep_group_id', 'route_mode', 'description', 'local_ep_group_id', 'status'],
  ...['initiator', 'admin_state_up', 'tenant_id', 'auth_mode'],
];

/** Names of which some value in the reference inventory is false, empty or 0. */
const FALSY = ['peer_cidrs', 'peer_ep_group_id', 'description', 'local_ep_group_id', 'name', 'admin_state_up'];

const falsy = (value: Json) =>
  value === '' || value === false || value === 0 || (Array.isArray(value) && value.length === 0);

const one: When = (request) => DEFINED.some((name) => alone(name)(request));

/** Projections whose names do not include psk. */
const unaskedKeys: When = (request) => projected(request) && !fieldsOf(request).includes('psk');

/** Values and elements that a projection loses, makes up or mixes: clause `defined-names`. */
export const valueFaults: readonly Fault[] = (
  [
    [
      'deduplicated',
      'Equal elements of a list projected to one name are listed once.',
      ids.single(REPEATED),
      one,
      elements((each) => [...new Map(each.map((element) => [JSON.stringify(element), element])).values()]),
    ],
    [
      'falsy-omitted',
      'Empty and false values are left out of projected elements.',
      [...new Set(FALSY.flatMap(ids.asking))],
      projected,
      eachElement((element) => Object.fromEntries(Object.entries(element).filter(([, value]) => !falsy(value)))),
    ],
    [
      'empty-omitted',
      'Empty elements are left out of a list projected to one name.',
      ids.single(FALSY),
      one,
      elements((each) => each.filter((element) => !Object.values(element).some(falsy))),
    ],
    ['paged', 'Projected lists end after five elements.', ids.EVERY, projected, elements((each) => each.slice(0, 5))],
    [
      'paged-one',
      'Lists projected to one name end after ten elements.',
      ['projection.single.*'],
      one,
      elements((each) => each.slice(0, 10)),
    ],
    ['emptied', 'Projected lists are empty.', ids.EVERY, projected, elements(() => [])],
    ['emptied-several', 'With more than one name nothing is found.', ids.SEVERAL, several, elements(() => [])],
    [
      'merged',
      'Each projected element has the values of the first.',
      [...ids.single(ids.VARYING), ...ids.SEVERAL, 'consistency.unique-id'],
      projected,
      eachElement((_, __, each) => each[0] ?? {}),
    ],
    [
      'links',
      'Projected elements have a link to themselves.',
      ids.EVERY,
      projected,
      eachElement((element) => ({ ...element, links: [{ rel: 'self', href: '/v2.0/vpn/ipsec-site-connections/1' }] })),
    ],
    [
      'policies-swapped',
      'Where both policies are asked for, they change places.',
      ['projection.combinations', 'projection.all'],
      (request) =>
        projected(request) && ['ikepolicy_id', 'ipsecpolicy_id'].every((name) => fieldsOf(request).includes(name)),
      eachElement(({ ikepolicy_id: ike, ipsecpolicy_id: ipsec, ...rest }) => ({
        ...rest,
        ikepolicy_id: ipsec ?? null,
        ipsecpolicy_id: ike ?? null,
      })),
    ],
    ...(
      [
        ['psk', 'psk-masked', 'psk is masked where it is projected, and clear in the full list.', () => '********'],
        [
          'psk',
          'psk-cut',
          'psk is cut to eight characters where it is projected.',
          (value) => String(value).slice(0, 8),
        ],
        [
          'name',
          'name-cut',
          'Names are cut to five characters where they are projected.',
          (value) => String(value).slice(0, 5),
        ],
        [
          'peer_address',
          'address-case',
          'Addresses are in upper case where they are projected.',
          (value) => String(value).toUpperCase(),
        ],
        [
          'peer_cidrs',
          'network-lost',
          'Of several networks one is projected.',
          (value) => (value as Json[]).slice(0, 1),
        ],
        [
          'mtu',
          'mtu-rounded',
          'MTUs are rounded to hundreds where they are projected.',
          (value) => Math.round(Number(value) / 100) * 100,
        ],
        ['status', 'status-cached', 'Where it is projected, status is what it was at first.', () => 'PENDING_CREATE'],
        ['admin_state_up', 'state-default', 'Where it is projected, every connection is up.', () => true],
      ] as readonly (readonly [string, string, string, (value: Json) => Json])[]
    ).map(
      ([member, name, describes, change]): Case => [
        name,
        describes,
        ids.asking(member),
        projected,
        eachElement((element) =>
          member in element ? { ...element, [member]: change(element[member] ?? null) } : element,
        ),
      ],
    ),
  ] as readonly Case[]
)
  .map(([name, describes, fails, when, change]) =>
    apiFault(`projection.${name}`, describes, fails, onAnswers(when, change)),
  )
  .concat([
    apiFault(
      'projection.psk-beside',
      'The keys stand beside every list, projected or not.',
      ids.NOT_ASKING_PSK,
      keysBeside(list, (keys) => ({ psk: keys })),
    ),
    apiFault(
      'projection.psk-beside.debug',
      'What was read from the database stands beside every projected list as text.',
      ids.NOT_ASKING_PSK,
      keysBeside(unaskedKeys, (keys) => ({ debug: `read: ${keys.join()}` })),
    ),
    apiFault(
      'projection.psk-beside.cached',
      'A cache hint with the keys stands beside every list, projected or not.',
      ids.NOT_ASKING_PSK,
      keysBeside(list, (keys) => ({ cache: { entry: { keys } } })),
    ),
    apiFault(
      'projection.beside',
      'The connections that are not asked for stand beside projected lists.',
      ids.EVERY,
      onAnswers(
        projected,
        body((parsed) => ({
          ...parsed,
          included: [{ type: 'vpnservice', id: '5c561d9d-eaea-45f6-ae3e-08d1a7080828' }],
        })),
      ),
    ),
  ]);

/** The keys of the first project's connections, in members beside a list. */
function keysBeside(when: When, members: (keys: string[]) => Element): Wrap {
  return (api, world) =>
    onAnswers(
      when,
      body((parsed) => ({ ...parsed, ...members(ofFirstProject(world).map((element) => String(element.psk))) })),
    )(api, world);
}
