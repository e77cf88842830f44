import { execFileSync } from 'node:child_process';
import { stringify } from 'yaml';
import { create } from './api.ts';
import { connectionsOf, type Fixture, otherConnectionsOf, type ReportedStatus } from './connections.ts';
import type { Projects } from './identity.ts';
import type { Instance } from './instance.ts';
import { addExternalNetwork, addTopology } from './topology.ts';

/** A connection that was created, and what with. */
export type Known = { id: string; given: Fixture['given'] };

/** The connections of each project, as they were created. */
export type Inventory = { alpha: readonly Known[]; beta: readonly Known[] };

/** Fills both projects through the API of the Neutron that asks nobody who they are. */
export async function seed(instance: Instance, { alpha, beta }: Projects): Promise<Inventory> {
  const neutron = instance.NOAUTH_URL;
  const external = await addExternalNetwork(neutron, alpha.id);
  const own = await addTopology(neutron, { project: alpha.id, octet: 10, external });
  const others = await addTopology(neutron, { project: beta.id, octet: 20, external });
  return {
    alpha: await addConnections(instance, connectionsOf(own)),
    beta: await addConnections(instance, otherConnectionsOf(others)),
  };
}

async function addConnections(instance: Instance, fixtures: readonly Fixture[]): Promise<readonly Known[]> {
  const url = `${instance.NOAUTH_URL}/v2.0/vpn/ipsec-site-connections`;
  const known: Known[] = [];
  for (const { given, status } of fixtures) {
    const id = await create(url, 'ipsec_site_connection', given);
    if (status !== null) report(instance.DATABASE_SOCKET, id, status);
    known.push({ id, given });
  }
  return known;
}

/** Writes a status where an agent's report would end. */
function report(socket: string, id: string, status: ReportedStatus): void {
  const statement = `update ipsec_site_connections set status = '${status}' where id = '${id}'`;
  execFileSync('/usr/bin/mariadb', ['--no-defaults', `--socket=${socket}`, '--user=root', 'neutron', '-e', statement]);
}

/** The known-connections file: what each was created with; without local_id, which no row is for, and the project. */
export function knownConnectionsFile(connections: readonly Known[]): string {
  return stringify({
    connections: connections.map(
      ({ id, given: { local_id: _, tenant_id: _tenant, project_id: _project, ...given } }) => ({
        id,
        given,
      }),
    ),
  });
}
