/** One row of the page's Table 2. */
export type ResponseRow = {
  parameter: string;
  type: 'String' | 'Integer' | 'Boolean' | 'Object' | 'List<String>';
  /** The object that it is a member of, where it is not the element itself: erratum flat-dpd-rows. */
  within?: 'dpd';
  /** Marked as deprecated. */
  deprecated?: true;
  /** The values that the row says it can be. */
  values?: readonly string[];
  /** The default value that the row states. */
  default?: string | number;
};

/**
 * Table 1: the request parameters. Copied from the page by hand, as is all of this file; nothing here reads schemas/.
 */
export const table1 = [{ parameter: 'fields', type: 'String', mandatory: false }] as const;

/** The names that the note under Table 1 calls not supported; the last one is no row of Table 2. */
export const notSupported = ['project_id', 'peer_id', 'dpd', 'local_id'] as const;

/** Table 2: the response parameters, in the order of the page. */
export const table2: readonly ResponseRow[] = [
  { parameter: 'peer_cidrs', type: 'List<String>', deprecated: true },
  { parameter: 'mtu', type: 'Integer' },
  { parameter: 'peer_ep_group_id', type: 'String' },
  { parameter: 'ikepolicy_id', type: 'String' },
  { parameter: 'dpd', type: 'Object' },
  { parameter: 'route_mode', type: 'String', default: 'static' },
  { parameter: 'peer_address', type: 'String' },
  { parameter: 'peer_id', type: 'String' },
  { parameter: 'id', type: 'String' },
  { parameter: 'description', type: 'String' },
  { parameter: 'project_id', type: 'String' },
  { parameter: 'interval', type: 'Integer', within: 'dpd', default: 30 },
  { parameter: 'timeout', type: 'Integer', within: 'dpd', default: 120 },
  {
    parameter: 'action',
    type: 'String',
    within: 'dpd',
    values: ['clear', 'hold', 'restart', 'disabled', 'restart-by-peer'],
    default: 'hold',
  },
  { parameter: 'vpnservice_id', type: 'String' },
  { parameter: 'local_ep_group_id', type: 'String' },
  {
    parameter: 'status',
    type: 'String',
    values: ['ACTIVE', 'DOWN', 'BUILD', 'ERROR', 'PENDING_CREATE', 'PENDING_UPDATE', 'PENDING_DELETE'],
  },
  { parameter: 'psk', type: 'String' },
  { parameter: 'initiator', type: 'String' },
  { parameter: 'name', type: 'String' },
  // true or false: what a Boolean can be anyway.
  { parameter: 'admin_state_up', type: 'Boolean' },
  { parameter: 'tenant_id', type: 'String' },
  { parameter: 'ipsecpolicy_id', type: 'String' },
  { parameter: 'auth_mode', type: 'String', default: 'psk' },
];
