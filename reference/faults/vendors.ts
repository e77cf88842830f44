import { json } from '../api.ts';
import { withBody } from '../http.ts';
import type { Element } from '../json.ts';
import { all, onAnswers } from '../variants/answers.ts';
import { oddOf } from '../variants/odd-input.ts';
import { upstreamError } from '../variants/refusals.ts';
import { everywhere, inLast } from '../variants/stored.ts';
import type { Wrap } from '../variants/wrap.ts';
import { apiFault, type Fault } from './fault.ts';
import * as ids from './projection-ids.ts';

/** The example of the page, as it stands there. */
const EXAMPLE: Element = {
  status: 'PENDING CREATE',
  psk: 'secret',
  initiator: 'bi-directional',
  name: 'vpnconnection1',
  admin_state_up: true,
  project_id: '10039663455a446d8ba2cbb058b0f578',
  tenant_id: '10039663455a446d8ba2cbb058b0f578',
  auth_mode: 'psk',
  peer_cidrs: [],
  mtu: 1500,
  peer_ep_group_id: '9ad5a7e0-6dac-41b4-b20d-a7b8645fddf1',
  ikepolicy_id: '9b00d6b0-6c93-4ca5-9747-b8ade7bb514f',
  vpnservice_id: '5c561d9d-eaea-45f6-ae3e-08d1a7080828',
  dpd: { action: 'hold', interval: 30, timeout: 120 },
  route_mode: 'static',
  ipsecpolicy_id: 'e6e23d0c-9519-4d52-8ea4-5b1f96d857b1',
  local_ep_group_id: '3e1815dd-e212-43d0-8f13-b494fa553e68',
  peer_address: '172.24.4.226',
  peer_id: '172.24.4.226',
  id: '851f280f-5639-4ea3-81aa-e298525ab74b',
  description: '',
};

/** Several departures at once, as whole products have them. */
export const vendorFaults: readonly Fault[] = [
  apiFault(
    'vendor.upstream',
    'Upstream itself: null endpoint group ids beside legacy networks, 500 for bytes that are no UTF-8.',
    ['parameters.type.local_ep_group_id', 'parameters.type.peer_ep_group_id', 'robustness.invalid-utf8.*'],
    all(
      everywhere((element) => {
        for (const name of ['local_ep_group_id', 'peer_ep_group_id']) element[name] ||= null;
      }),
      onAnswers(
        (request) => oddOf(request)?.kind === 'invalid-utf8',
        () => upstreamError(500),
      ),
    ),
  ),
  apiFault(
    'vendor.before-endpoint-groups',
    'A cloud from before endpoint groups: no project_id, no endpoint group ids.',
    presence(['project_id', 'local_ep_group_id', 'peer_ep_group_id']),
    lacking(['project_id', 'local_ep_group_id', 'peer_ep_group_id']),
  ),
  apiFault(
    'vendor.without-networks',
    'A cloud that has done with peer_cidrs, and tells times.',
    presence(['peer_cidrs']),
    all(
      lacking(['peer_cidrs']),
      everywhere((element) => {
        element.created_at = '2020-04-01T00:00:00';
        element.updated_at = '2020-04-01T00:00:00';
      }),
    ),
  ),
  apiFault(
    'vendor.later-revision',
    'A later revision of the operation: tags and an order, no project_id.',
    presence(['project_id']),
    all(
      lacking(['project_id']),
      everywhere((element) => {
        Object.assign(element, { created_at: '2020-04-01T00:00:00', tags: [], order_id: '', product_id: '' });
      }),
    ),
  ),
  apiFault(
    'vendor.without-secrets',
    'psk is left out of every answer, for safety.',
    presence(['psk']),
    lacking(['psk']),
  ),
  apiFault(
    'vendor.flat-dpd',
    'The settings of dpd stand beside it, as rows do, and not in it.',
    presence(['dpd']),
    everywhere((element) => {
      Object.assign(element, element.dpd);
      delete element.dpd;
    }),
  ),
  apiFault(
    'vendor.flat-and-empty-dpd',
    'The settings of dpd stand beside it, and it is empty.',
    presence(['dpd.interval', 'dpd.timeout', 'dpd.action']),
    everywhere((element) => {
      Object.assign(element, element.dpd);
      element.dpd = {};
    }),
  ),
  apiFault(
    'vendor.dpd-off',
    'Where dead peer detection is off, there is no dpd.',
    presence(['dpd']),
    inLast((element) => {
      delete element.dpd;
    }),
  ),
  apiFault(
    'vendor.nulls',
    'Whatever is empty is null.',
    ['name', 'description', 'local_ep_group_id', 'peer_ep_group_id', 'peer_cidrs'].map(
      (name) => `parameters.type.${name}`,
    ),
    everywhere((element) => {
      for (const [name, value] of Object.entries(element)) {
        if (value === '' || (Array.isArray(value) && value.length === 0)) element[name] = null;
      }
    }),
  ),
  apiFault(
    'vendor.strings',
    'Every number and every flag is a string.',
    ['mtu', 'admin_state_up', 'dpd.interval', 'dpd.timeout'].map((name) => `parameters.type.${name}`),
    everywhere((element) => {
      element.mtu = String(element.mtu);
      element.admin_state_up = element.admin_state_up ? 'True' : 'False';
      element.dpd = Object.fromEntries(Object.entries(element.dpd ?? {}).map(([name, value]) => [name, String(value)]));
    }),
  ),
  apiFault(
    'vendor.mock',
    'A mock server: the page’s example, whatever is asked for, and by whom.',
    [
      'enums.status',
      ...ids.EVERY,
      ...['missing', 'empty', 'garbage', 'truncated', 'extended', 'case-swapped', 'no-data', 'isolation'].map(
        (name) => `authentication.${name}`,
      ),
      'errors.unknown-path',
      'advice.cache-control.given',
      'advice.request-id',
    ],
    () => (request) => {
      const example = json(200, { ipsec_site_connections: [EXAMPLE] });
      return request.method === 'HEAD' ? withBody(example, '') : example;
    },
  ),
];

function presence(names: readonly string[]): string[] {
  return names.map((name) => `parameters.presence.${name}`);
}

function lacking(names: readonly string[]): Wrap {
  return everywhere((element) => {
    for (const name of names) delete element[name];
  });
}
