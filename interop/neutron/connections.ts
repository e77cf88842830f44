import type { Topology } from './topology.ts';

/** The statuses that an agent reports; without one, a connection stays PENDING_CREATE. */
export type ReportedStatus = 'ACTIVE' | 'DOWN' | 'ERROR' | 'BUILD';

/** A connection as it is asked for: the values given at creation, nothing else. */
export type Fixture = { given: Readonly<Record<string, unknown>>; status: ReportedStatus | null };

/** The connections of the project under test: what one would find in a cloud, each odd in its own way. */
export function connectionsOf(topology: Topology): readonly Fixture[] {
  const { project, policies, endpoints, endpoints6, service, serviceOnSubnet } = topology;
  const references = { ...policies, vpnservice_id: service };
  const common = { ...references, tenant_id: project };
  return [
    // Only what the API insists on.
    { status: null, given: { ...common, ...endpoints, ...peer('198.51.100.1'), psk: 'only-the-necessary' } },
    {
      // Every value that the API takes; the project by its other name.
      status: 'ACTIVE',
      given: {
        ...references,
        project_id: project,
        ...endpoints,
        name: 'full',
        description: 'every value given',
        peer_address: '198.51.100.2',
        peer_id: 'peer.example.org',
        local_id: 'local.example.org',
        psk: 'every-value-given',
        mtu: 1400,
        initiator: 'response-only',
        admin_state_up: false,
        dpd: { action: 'restart-by-peer', interval: 10, timeout: 60 },
      },
    },
    {
      // The deprecated way, which leaves both endpoint groups null.
      status: 'DOWN',
      given: {
        ...common,
        vpnservice_id: serviceOnSubnet,
        ...peer('198.51.100.3'),
        name: 'legacy',
        psk: 'the-deprecated-way',
        peer_cidrs: ['192.168.77.0/24', '192.168.78.0/24'],
      },
    },
    {
      status: 'ERROR',
      given: {
        ...common,
        ...endpoints6,
        ...peer('2001:db8::4'),
        name: 'ipv6',
        psk: 'six-instead-of-four',
        dpd: { action: 'restart', interval: 15, timeout: 45 },
      },
    },
    {
      status: 'BUILD',
      given: {
        ...common,
        ...endpoints,
        ...peer('198.51.100.5'),
        name: 'uniçødé "quoted" \'日本語\' עב',
        description: '<b>&amp; "quotes" \\ \u2028 tab\tnewline\n€</b>',
        psk: 'pässwörd "with" \\ \'quotes\' €',
        dpd: { action: 'disabled' },
      },
    },
    {
      status: null,
      given: {
        ...common,
        ...endpoints,
        peer_address: '198.51.100.6',
        peer_id: '@peer',
        name: 'partial dpd',
        psk: 'the-rest-is-default',
        dpd: { action: 'clear' },
      },
    },
  ];
}

/** The one connection of the other project. */
export function otherConnectionsOf({ project, policies, endpoints, service }: Topology): readonly Fixture[] {
  const references = { ...policies, ...endpoints, vpnservice_id: service, tenant_id: project };
  const own = { ...peer('198.51.100.9'), name: 'of another project', psk: 'not-for-the-others' };
  return [{ status: null, given: { ...references, ...own } }];
}

/** A peer that goes by its address. */
function peer(address: string): { peer_address: string; peer_id: string } {
  return { peer_address: address, peer_id: address };
}
