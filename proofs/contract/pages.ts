/** One row of a page: the parameter, its type, and what the row says besides. */
export type PageFact = {
  parameter: string;
  type: 'String' | 'Integer' | 'Boolean' | 'Object' | 'List<String>' | 'List<Object>';
  within?: 'dpd';
  deprecated?: true;
  values?: readonly string[];
  default?: string | number;
  /** The erratum by which the default is not asserted. */
  unasserted?: string;
};

/** The response parameters of a page that is not the default one, in the order of its tables. */
export type PageFacts = {
  edition: string;
  /** The tables, by their number; one without numbers is the second. */
  tables: Readonly<Record<number, readonly PageFact[]>>;
  /** The row that names the list itself: null, where it has none. */
  wrapperRow: number | null;
};

const states = ['ACTIVE', 'DOWN', 'BUILD', 'ERROR', 'PENDING_CREATE', 'PENDING_UPDATE', 'PENDING_DELETE'];
const actions = ['clear', 'hold', 'restart', 'disabled', 'restart-by-peer'];
const text = (...names: readonly string[]): readonly PageFact[] =>
  names.map((parameter) => ({ parameter, type: 'String' }));

/** Table 3 of the later revisions: the members of dpd. */
const dpdTable: readonly PageFact[] = [
  { parameter: 'action', type: 'String', within: 'dpd', values: actions, default: 'hold' },
  { parameter: 'interval', type: 'Integer', within: 'dpd', default: 30 },
  { parameter: 'timeout', type: 'Integer', within: 'dpd', default: 120 },
];

const beginning: readonly PageFact[] = [
  { parameter: 'peer_cidrs', type: 'List<String>', deprecated: true },
  { parameter: 'mtu', type: 'Integer' },
  ...text('peer_ep_group_id', 'ikepolicy_id'),
  { parameter: 'dpd', type: 'Object' },
  { parameter: 'route_mode', type: 'String', default: 'static' },
  ...text('peer_address', 'peer_id', 'id', 'description'),
];

const middle: readonly PageFact[] = [
  ...text('vpnservice_id', 'local_ep_group_id'),
  { parameter: 'status', type: 'String', values: states },
  ...text('psk'),
  { parameter: 'initiator', type: 'String', values: ['bi-directional', 'response-only'] },
  ...text('name'),
  { parameter: 'admin_state_up', type: 'Boolean' },
  ...text('tenant_id', 'ipsecpolicy_id'),
  { parameter: 'auth_mode', type: 'String', default: 'psk' },
];

const end: readonly PageFact[] = [...text('created_at'), { parameter: 'tags', type: 'List<Object>' }];

/**
 * The other editions' pages. Copied from the pages by hand, as is all of this file; nothing here reads schemas/. Values
 * that are the one default are left out: they say no more than it.
 */
export const pages: readonly PageFacts[] = [
  { edition: 'otc-2025-08', tables: { 2: [...beginning, ...middle, ...end], 3: dpdTable }, wrapperRow: 23 },
  {
    edition: 'swiss-2025-07',
    tables: {
      2: [...beginning, ...text('project_id'), ...middle, ...text('order_id', 'product_id'), ...end],
      3: dpdTable,
    },
    wrapperRow: 26,
  },
  {
    edition: 'openstack',
    tables: {
      2: [
        { parameter: 'peer_cidrs', type: 'List<String>', deprecated: true },
        { parameter: 'mtu', type: 'Integer' },
        ...text('peer_ep_group_id', 'ikepolicy_id'),
        { parameter: 'dpd', type: 'Object' },
        { parameter: 'route_mode', type: 'String', default: 'static' },
        ...text('peer_address', 'peer_id', 'id'),
        { parameter: 'description', type: 'String', default: '' },
        ...text('project_id'),
        { parameter: 'interval', type: 'Integer', within: 'dpd', default: 30 },
        { parameter: 'timeout', type: 'Integer', within: 'dpd', default: 120 },
        { parameter: 'action', type: 'String', within: 'dpd', values: actions, default: 'hold' },
        ...text('vpnservice_id', 'local_ep_group_id'),
        { parameter: 'status', type: 'String', values: states },
        ...text('psk'),
        {
          parameter: 'initiator',
          type: 'String',
          values: ['response-only', 'bi-directional'],
          default: 'bi-directional',
        },
        { parameter: 'name', type: 'String', default: '', unasserted: 'default-name' },
        { parameter: 'admin_state_up', type: 'Boolean' },
        ...text('tenant_id', 'ipsecpolicy_id'),
        { parameter: 'auth_mode', type: 'String', default: 'psk' },
        ...text('local_id'),
      ],
    },
    wrapperRow: null,
  },
];
