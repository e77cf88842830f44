import { call, create } from './api.ts';

/** The resources that a project's connections refer to: their ids, by the names that a connection has for them. */
export type Topology = {
  project: string;
  policies: { ikepolicy_id: string; ipsecpolicy_id: string };
  endpoints: EndpointGroups;
  endpoints6: EndpointGroups;
  /** With endpoint groups, a VPN service has no subnet of its own; with peer_cidrs it has one. */
  service: string;
  serviceOnSubnet: string;
};

type EndpointGroups = { local_ep_group_id: string; peer_ep_group_id: string };

/** Creates a resource in Neutron: its path below /v2.0, the key that wraps it, its attributes; returns the id. */
type Add = (path: string, kind: string, attributes: object) => Promise<string>;

const adderFor =
  (neutron: string, tenant_id: string): Add =>
  (path, kind, attributes) =>
    create(`${neutron}/v2.0/${path}`, kind, { ...attributes, tenant_id });

/** Makes the network outside, which every project may use, and returns its id. */
export async function addExternalNetwork(neutron: string, project: string): Promise<string> {
  const add = adderFor(neutron, project);
  const id = await add('networks', 'network', { name: 'outside', 'router:external': true, shared: true });
  const subnet = { network_id: id, enable_dhcp: false };
  await add('subnets', 'subnet', { ...subnet, ip_version: 4, cidr: '203.0.113.0/24' });
  await add('subnets', 'subnet', { ...subnet, ip_version: 6, cidr: '2001:db8:ffff::/64' });
  return id;
}

/**
 * Makes what a project's connections need.
 * @param octet tells the project's addresses from another one's
 */
export async function addTopology(
  neutron: string,
  { project, octet, external }: { project: string; octet: number; external: string },
): Promise<Topology> {
  const add = adderFor(neutron, project);
  const network_id = await add('networks', 'network', { name: 'inside' });
  const addSubnet = (ip_version: 4 | 6, cidr: string) => add('subnets', 'subnet', { network_id, ip_version, cidr });
  const subnet = await addSubnet(4, `10.${octet}.0.0/24`);
  const second = await addSubnet(4, `10.${octet}.1.0/24`);
  const subnet6 = await addSubnet(6, `fd00:${octet}::/64`);
  const router_id = await add('routers', 'router', { external_gateway_info: { network_id: external } });
  for (const subnet_id of [subnet, second, subnet6]) {
    const url = `${neutron}/v2.0/routers/${router_id}/add_router_interface`;
    await call({ method: 'PUT', url, body: { subnet_id } });
  }
  const addGroup = (type: 'subnet' | 'cidr', endpoints: readonly string[]) =>
    add('vpn/endpoint-groups', 'endpoint_group', { type, endpoints });
  return {
    project,
    policies: {
      ikepolicy_id: await add('vpn/ikepolicies', 'ikepolicy', { ike_version: 'v2', auth_algorithm: 'sha256' }),
      ipsecpolicy_id: await add('vpn/ipsecpolicies', 'ipsecpolicy', { auth_algorithm: 'sha256' }),
    },
    endpoints: {
      local_ep_group_id: await addGroup('subnet', [subnet, second]),
      peer_ep_group_id: await addGroup('cidr', [`192.168.${octet}.0/24`, `172.16.${octet}.0/24`]),
    },
    endpoints6: {
      local_ep_group_id: await addGroup('subnet', [subnet6]),
      peer_ep_group_id: await addGroup('cidr', [`2001:db8:${octet}::/64`]),
    },
    service: await add('vpn/vpnservices', 'vpnservice', { router_id }),
    serviceOnSubnet: await add('vpn/vpnservices', 'vpnservice', { router_id, subnet_id: subnet }),
  };
}
