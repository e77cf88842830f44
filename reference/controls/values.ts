import { DEFAULTS_CONNECTION } from '../inventory.ts';
import { isObject } from '../json.ts';
import { type Alter, everywhere, exceptDefaults, ofFirstProject, set } from '../variants/stored.ts';
import { type Control, control } from './control.ts';

const UUIDS = ['id', 'ikepolicy_id', 'ipsecpolicy_id', 'vpnservice_id', 'local_ep_group_id', 'peer_ep_group_id'];

const IPV6_FORMS = ['2001:0DB8:0000:0000:0000:0000:0000:0001', '::', '::ffff:192.0.2.1', 'FE80::1'];

const NETWORKS = [
  ['10.1.2.3/24', '0.0.0.0/0', '192.0.2.1/32'],
  ['::/0', '2001:db8::1/128', '2001:DB8::/32'],
];

const ODD_NAMES = [
  '__proto__',
  'null',
  '[]',
  '"',
  '\\',
  '../..',
  '\u202eabc',
  'a\u0000b',
  '😀'.repeat(50),
  ' ',
  '0',
  'psk',
];

const TELLING =
  'Traceback (most recent call last): SELECT psk FROM ipsec_site_connections; <script>alert(1)</script> ORA-00942';

/** Values and members that are unusual, the same in every answer. */
export const valueControls: readonly Control[] = [
  ...ofEach([
    [
      'upper-case-uuids',
      'UUIDs are in upper case.',
      (element) => {
        for (const name of UUIDS) element[name] = String(element[name]).toUpperCase();
      },
    ],
    [
      'trailing-dot',
      'Gateways are host names with a trailing dot.',
      set('peer_address', (_, index) => `gw-${index}.example.net.`),
    ],
    ['one-label', 'Gateways are host names of one label.', set('peer_address', (_, index) => `gateway${index}`)],
    ['underscore', 'Host names have an underscore.', set('peer_address', (_, index) => `vpn_${index}.example.net`)],
    ['numeric-label', 'Host names begin with a number.', set('peer_address', (_, index) => `${index}.example.net`)],
    [
      'ipv6-forms',
      'IPv6 addresses are written in several ways.',
      set('peer_address', (_, index) => IPV6_FORMS[index % 4] ?? '::'),
    ],
    [
      'host-bits',
      'Networks have host bits, and every prefix length.',
      (element, index) => void Object.assign(element, { peer_cidrs: NETWORKS[index % 2], mtu: 1280 }),
    ],
    [
      'many-networks',
      'Connections have two hundred networks.',
      set(
        'peer_cidrs',
        Array.from({ length: 200 }, (_, at) => `10.1.${at}.0/24`),
      ),
    ],
    [
      'near-networks',
      'Networks differ in their prefix length or their host bits alone.',
      set('peer_cidrs', ['10.1.0.0/16', '10.1.0.0/24', '10.1.0.1/16']),
    ],
    [
      'groups-only',
      'Every connection has endpoint groups.',
      (element) => {
        element.peer_cidrs = [];
        element.local_ep_group_id ||= element.id ?? '';
        element.peer_ep_group_id ||= element.id ?? '';
      },
    ],
    [
      'networks-only',
      'No connection has endpoint groups.',
      (element) => {
        Object.assign(element, { peer_cidrs: ['10.1.0.0/16'], local_ep_group_id: '', peer_ep_group_id: '' });
      },
    ],
    [
      'small-mtu',
      'mtu is the least that every link carries.',
      (element) => {
        const networks = Array.isArray(element.peer_cidrs) ? element.peer_cidrs : [];
        element.mtu = networks.some((network) => String(network).includes(':')) ? 1280 : 68;
      },
    ],
    ['large-mtu', 'mtu is larger than any frame.', set('mtu', 2 ** 31 - 1)],
    ['masked-psk', 'psk is masked in every answer.', set('psk', '********')],
    ['empty-psk', 'psk is empty in every answer.', set('psk', '')],
    ['short-psk', 'psk is a word that the answer holds anyhow.', set('psk', 'id')],
    ['word-psk', 'psk is a word that headers and errors hold anyhow.', set('psk', 'openstack')],
    ['psk-as-name', 'psk is the name of the connection.', set('psk', (element) => element.name ?? '')],
    ['psk-as-project', 'psk is the project ID.', set('psk', (element) => element.tenant_id ?? '')],
    ['active', 'Every connection is active.', set('status', 'ACTIVE')],
    ['up', 'Every connection is up.', set('admin_state_up', true)],
    [
      'long-texts',
      'Names and descriptions are as long as upstream lets them be, in characters.',
      (element) => void Object.assign(element, { description: 'é'.repeat(255), name: '🔐'.repeat(255) }),
    ],
    ['telling-descriptions', 'Users write down stack traces, queries and markup.', set('description', TELLING)],
    [
      'extra',
      'Elements have members that no table names.',
      (element, index) => {
        Object.assign(element, {
          created_at: '2020-04-01T00:00:00Z',
          tags: ['a', null],
          revision: index,
          constructor: {},
          links: null,
        });
      },
    ],
    [
      'extra-dpd',
      'dpd has members that no table names.',
      (element) => {
        if (isObject(element.dpd)) Object.assign(element.dpd, { retries: 3, note: null });
      },
    ],
    ['flat-dpd', 'The settings of dpd stand beside it too.', (element) => void Object.assign(element, element.dpd)],
    ['no-local-id', 'There is no local_id.', (element) => void delete element.local_id],
    [
      'project-uuids',
      'Project IDs are UUIDs.',
      (element) => {
        const project = String(element.project_id).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
        Object.assign(element, { project_id: project, tenant_id: project });
      },
    ],
    [
      'project-names',
      'Project IDs are names.',
      (element) => void Object.assign(element, { project_id: 'demo', tenant_id: 'demo' }),
    ],
    [
      'ambiguous-default',
      'Every connection has the name of the one that was made with defaults.',
      set('name', DEFAULTS_CONNECTION),
    ],
  ]),
  ...ofOthers([
    [
      'dpd-off',
      'Where dead peer detection is disabled, its times are 0.',
      set('dpd', { action: 'disabled', interval: 0, timeout: 0 }),
    ],
    [
      'dpd-off-below',
      'Where dead peer detection is disabled, its times mean nothing.',
      set('dpd', { action: 'disabled', interval: 30, timeout: 0 }),
    ],
    [
      'dpd-zero-interval',
      'Messages are sent without an interval.',
      set('dpd', { action: 'restart', interval: 0, timeout: 1 }),
    ],
    ['same-names', 'Every connection has the same name.', set('name', 'vpn')],
    [
      'odd-names',
      'Names are what breaks careless code.',
      set('name', (_, index) => ODD_NAMES[index % ODD_NAMES.length] ?? ''),
    ],
  ]),
  control('values.alike', 'Connections differ in nothing but their ids.', (api, world) => {
    const [first = {}] = ofFirstProject(world);
    for (const element of ofFirstProject(world)) Object.assign(element, { ...first, id: element.id });
    return api;
  }),
];

type Case = readonly [name: string, describes: string, alter: Alter];

function ofEach(table: readonly Case[]): Control[] {
  return table.map(([name, describes, alter]) => control(`values.${name}`, describes, everywhere(alter)));
}

/** The connection made with defaults keeps them. */
function ofOthers(table: readonly Case[]): Control[] {
  return table.map(([name, describes, alter]) => control(`values.${name}`, describes, exceptDefaults(alter)));
}
