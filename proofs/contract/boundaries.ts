/** Values that a requirement refuses at a member, and its level. */
export type Refusal = { id: string; level: 'MUST' | 'SHOULD' | 'MAY'; values: readonly unknown[] };

/**
 * The values of one member at the edges of what conforms: written by hand from the contract's clauses, not from
 * schemas/.
 */
export type Boundary = {
  /** Each of these breaks nothing. */
  accepts: readonly unknown[];
  /** Each of these breaks its requirement, and no other one. */
  refuses: readonly Refusal[];
};

const uuid = '851f280f-5639-4ea3-81aa-e298525ab74b';
/** Table 2's identifiers are of another shape in more than one cloud: 32 hexadecimal digits, a number. */
const shapes = ['urn:uuid:851f280f-5639-4ea3-81aa-e298525ab74b', '851f280f56394ea381aae298525ab74b', '7'];
const blanks = [' ', `${uuid} `, ` ${uuid}`, '851f280f 5639', 'a\tb', 'a\n', 'a\u0000', 'a\u0085b', 'a\u00a0b'];

const type = (name: string, values: readonly unknown[]): Refusal => ({
  id: `parameters.type.${name}`,
  level: 'MUST',
  values,
});
const noString = (name: string): Refusal => type(name, [null, 30, true, ['text'], { text: 'text' }]);
const noInteger = (name: string): Refusal => type(name, [null, '1500', 1500.5, true, [1500], {}]);

/** Any text will do. */
const text = (name: string): Boundary => ({
  accepts: ['', ' ', 'text', '文字 and \n', '\u0000'],
  refuses: [noString(name)],
});

/** Any text, as long as upstream lets it be: counted in characters, not in UTF-16 units. */
const shortText = (name: string): Boundary => ({
  accepts: [...text(name).accepts, 'é'.repeat(255), '🔐'.repeat(255)],
  refuses: [noString(name), { id: `forms.${name}.length`, level: 'MAY', values: ['x'.repeat(256), '🔐'.repeat(256)] }],
});

/** An identifier of something else that has to be there. */
const identifier = (name: string): Boundary => ({
  accepts: [uuid, uuid.toUpperCase()],
  refuses: [
    noString(name),
    { id: `forms.${name}`, level: 'SHOULD', values: ['', ...blanks] },
    { id: `forms.${name}.uuid`, level: 'MAY', values: shapes },
  ],
});

/** An identifier of something that need not be there. */
const optionalIdentifier = (name: string): Boundary => ({
  accepts: ['', uuid, uuid.toUpperCase()],
  refuses: [
    noString(name),
    { id: `forms.${name}.characters`, level: 'SHOULD', values: blanks },
    { id: `forms.${name}.uuid`, level: 'MAY', values: shapes },
  ],
});

/** A project's id, which is no UUID in the example. */
const project = (name: string): Boundary => ({
  accepts: ['10039663455a446d8ba2cbb058b0f578', uuid, '7'],
  refuses: [noString(name), { id: `forms.${name}`, level: 'SHOULD', values: ['', ...blanks] }],
});

/** A named mode, of which the page and upstream name the values. */
const mode = (name: string, named: readonly string[], others: readonly string[]): Boundary => ({
  accepts: named,
  refuses: [
    noString(name),
    { id: `enums.${name}.non-empty`, level: 'SHOULD', values: [''] },
    { id: `enums.${name}`, level: 'MAY', values: others },
  ],
});

/** The members of an element. */
export const connectionBoundaries: Readonly<Record<string, Boundary>> = {
  peer_cidrs: {
    accepts: [[], ['10.0.0.0/0', '10.1.2.3/32'], ['::/0', '2001:db8::1/128']],
    refuses: [
      type('peer_cidrs', [null, '10.0.0.0/8', {}, true, 8, [null], [8], [['10.0.0.0/8']], ['10.0.0.0/8', null]]),
      {
        id: 'forms.peer_cidrs',
        level: 'MUST',
        values: [
          [''],
          ['/'],
          ['/8'],
          ['10.0.0.0'],
          ['10.0.0.0/'],
          ['10.0.0.0 /8'],
          ['10.0.0.0/ 8'],
          [' 10.0.0.0/8'],
          ['10.0.0.0/8\n'],
          ['10.0.0.0/8/8'],
          ['10.0.0.0/8', '10.0.0.0'],
        ],
      },
      {
        id: 'forms.peer_cidrs.valid',
        level: 'SHOULD',
        values: [['10.0.0.0/33'], ['::/129'], ['10.0.0.0/255.0.0.0'], ['network/8'], ['10.0.0.0/8', '10.0.0/8']],
      },
      {
        id: 'forms.peer_cidrs.distinct',
        level: 'MAY',
        values: [
          ['10.0.0.0/8', '10.0.0.0/8'],
          ['::/0', '2001:db8::/32', '::/0'],
        ],
      },
    ],
  },
  mtu: {
    accepts: [68, 1500, 1500.0, 9000, 65_535, 1e6],
    refuses: [noInteger('mtu'), { id: 'forms.mtu', level: 'SHOULD', values: [67, 0, -1] }],
  },
  peer_ep_group_id: optionalIdentifier('peer_ep_group_id'),
  ikepolicy_id: identifier('ikepolicy_id'),
  dpd: {
    accepts: [
      { interval: 30, timeout: 120, action: 'hold' },
      { interval: 30, timeout: 120, action: 'hold', more: null },
    ],
    refuses: [
      type('dpd', [null, 'hold', 30, true, []]),
      { id: 'parameters.presence.dpd.interval', level: 'MUST', values: [{ timeout: 120, action: 'hold' }] },
      { id: 'parameters.presence.dpd.timeout', level: 'MUST', values: [{ interval: 30, action: 'hold' }] },
      { id: 'parameters.presence.dpd.action', level: 'MUST', values: [{ interval: 30, timeout: 120 }] },
    ],
  },
  route_mode: mode('route_mode', ['static'], ['dynamic', 'Static', 'static ', ' ']),
  peer_address: {
    accepts: ['172.24.4.226', '2001:db8::1', 'vpn', 'vpn.example.com.', 'my_gateway.example'],
    refuses: [
      noString('peer_address'),
      { id: 'forms.peer_address', level: 'SHOULD', values: ['', ' ', '999.1.1.1', '10.0.0.0/8', 'vpn example', ':'] },
    ],
  },
  peer_id: text('peer_id'),
  id: {
    accepts: [uuid, uuid.toUpperCase()],
    refuses: [
      noString('id'),
      { id: 'forms.id', level: 'MUST', values: [''] },
      { id: 'forms.id.characters', level: 'SHOULD', values: blanks },
      { id: 'forms.id.uuid', level: 'MAY', values: shapes },
    ],
  },
  description: shortText('description'),
  project_id: project('project_id'),
  vpnservice_id: identifier('vpnservice_id'),
  local_ep_group_id: optionalIdentifier('local_ep_group_id'),
  status: {
    accepts: ['ACTIVE', 'DOWN', 'BUILD', 'ERROR', 'PENDING_CREATE', 'PENDING_UPDATE', 'PENDING_DELETE'],
    refuses: [
      noString('status'),
      { id: 'enums.status', level: 'MUST', values: ['', 'PENDING CREATE', 'active', 'UP', 'ACTIVE '] },
    ],
  },
  psk: text('psk'),
  initiator: mode('initiator', ['bi-directional', 'response-only'], ['bi directional', 'initiate-only', ' ']),
  name: shortText('name'),
  admin_state_up: {
    accepts: [true, false],
    refuses: [type('admin_state_up', [null, 'true', 1, 0, '', [true], {}])],
  },
  tenant_id: project('tenant_id'),
  ipsecpolicy_id: identifier('ipsecpolicy_id'),
  auth_mode: mode('auth_mode', ['psk'], ['certificate', 'PSK', 'psk ', ' ']),
};

/** The members of dpd. */
export const dpdBoundaries: Readonly<Record<string, Boundary>> = {
  interval: {
    accepts: [0, 30, 1e6],
    refuses: [noInteger('dpd.interval'), { id: 'forms.dpd.interval', level: 'SHOULD', values: [-1] }],
  },
  timeout: {
    accepts: [0, 120, 1e6],
    refuses: [noInteger('dpd.timeout'), { id: 'forms.dpd.timeout', level: 'SHOULD', values: [-1] }],
  },
  action: {
    accepts: ['clear', 'hold', 'restart', 'disabled', 'restart-by-peer'],
    refuses: [
      noString('dpd.action'),
      { id: 'enums.dpd.action', level: 'MUST', values: ['', 'none', 'Hold', 'restart_by_peer', 'hold '] },
    ],
  },
};

/** Bodies: the wrapper that only the example shows, and what stands in it. */
export const bodies: Boundary = {
  accepts: [{ ipsec_site_connections: [] }, { ipsec_site_connections: [], ipsec_site_connections_links: [] }],
  refuses: [
    {
      id: 'envelope.wrapper',
      level: 'MUST',
      values: [
        null,
        [],
        'text',
        7,
        true,
        {},
        { ipsec_site_connection: [] },
        { ipsec_site_connections: null },
        { ipsec_site_connections: {} },
        { ipsec_site_connections: 'text' },
      ],
    },
    {
      id: 'envelope.elements',
      level: 'MUST',
      values: [null, [], 'text', 7, true].map((element) => ({ ipsec_site_connections: [element] })),
    },
  ],
};

/** A connection that conforms in everything; each value at an edge takes the place of one of its own. */
export const connection: Readonly<Record<string, unknown>> = {
  peer_cidrs: [],
  mtu: 1500,
  peer_ep_group_id: '9ad5a7e0-6dac-41b4-b20d-a7b8645fddf1',
  ikepolicy_id: '9b00d6b0-6c93-4ca5-9747-b8ade7bb514f',
  dpd: { interval: 30, timeout: 120, action: 'hold' },
  route_mode: 'static',
  peer_address: '172.24.4.226',
  peer_id: '172.24.4.226',
  id: uuid,
  description: '',
  project_id: '10039663455a446d8ba2cbb058b0f578',
  vpnservice_id: '5c561d9d-eaea-45f6-ae3e-08d1a7080828',
  local_ep_group_id: '3e1815dd-e212-43d0-8f13-b494fa553e68',
  status: 'ACTIVE',
  psk: 'a pre-shared key',
  initiator: 'bi-directional',
  name: 'vpnconnection1',
  admin_state_up: true,
  tenant_id: '10039663455a446d8ba2cbb058b0f578',
  ipsecpolicy_id: 'e6e23d0c-9519-4d52-8ea4-5b1f96d857b1',
  auth_mode: 'psk',
};
