import connection from '../../schemas/connection.schema.json' with { type: 'json' };
import dpd from '../../schemas/dpd.schema.json' with { type: 'json' };
import errata from '../../schemas/errata.json' with { type: 'json' };
import list from '../../schemas/list.schema.json' with { type: 'json' };
import { createContract } from './contract.ts';

/** The contract that a run is held to: the page's revision of April 2020. */
export const contract = createContract({
  page: 'Querying IPsec VPN Connections',
  operation: 'GET /v2.0/vpn/ipsec-site-connections',
  revision: 'April 2020',
  connection,
  dpd,
  list,
  errata,
});
