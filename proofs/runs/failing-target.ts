import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Served } from '../../reference/server.ts';
import { serveFaulty } from '../faulty-target.ts';

/**
 * A run against the failing target in which each way to fail shows: by requirement, what becomes of it, and of what
 * fault.
 */
export const failing = [
  { id: 'parameters.type.mtu', becomes: 'violation', fault: 'derived.type.mtu.string.last' },
  { id: 'enums.status', becomes: 'violation', fault: 'derived.enum.status.space' },
  { id: 'projection.order', becomes: 'violation', fault: 'projection.order' },
  { id: 'forms.dpd.timeout-not-below-interval', becomes: 'expired waiver', fault: 'forms.dpd.timeout.below' },
  { id: 'parameters.type.peer_ep_group_id', becomes: 'waived', fault: 'derived.type.peer_ep_group_id.null.last' },
  { id: 'errors.unknown-path.404', becomes: 'advice', fault: 'errors.unknown-path.400' },
] as const;

const waivers = `waivers:
  - requirement: parameters.type.peer_ep_group_id
    reason: The gateway stores no endpoint groups for connections made with peer_cidrs.
    link: https://tracker.example/VPN-311
    departures:
      - at: /ipsec_site_connections/*/peer_ep_group_id
        value: null
  - requirement: forms.dpd.timeout-not-below-interval
    reason: The appliance counts the timeout from the last probe; the vendor mends it.
    expires: 2020-12-31
    departures:
      - at: /ipsec_site_connections/*/dpd/timeout
        value: 59
`;

/** Starts the failing target. */
export function serveFailing(): Promise<Served> {
  return serveFaulty(failing.map(({ fault }) => fault));
}

/** Writes the waivers that a run against the failing target is given; returns the file. */
export function writeWaivers(folder: string): string {
  const file = join(folder, 'known.yaml');
  writeFileSync(file, waivers);
  return file;
}
