import connection2020 from '../../schemas/2020-04/connection.schema.json' with { type: 'json' };
import dpd2020 from '../../schemas/2020-04/dpd.schema.json' with { type: 'json' };
import edition2020 from '../../schemas/2020-04/edition.json' with { type: 'json' };
import errata2020 from '../../schemas/2020-04/errata.json' with { type: 'json' };
import list2020 from '../../schemas/2020-04/list.schema.json' with { type: 'json' };
import connectionOpenstack from '../../schemas/openstack/connection.schema.json' with { type: 'json' };
import dpdOpenstack from '../../schemas/openstack/dpd.schema.json' with { type: 'json' };
import editionOpenstack from '../../schemas/openstack/edition.json' with { type: 'json' };
import errataOpenstack from '../../schemas/openstack/errata.json' with { type: 'json' };
import listOpenstack from '../../schemas/openstack/list.schema.json' with { type: 'json' };
import connectionOtc from '../../schemas/otc-2025-08/connection.schema.json' with { type: 'json' };
import dpdOtc from '../../schemas/otc-2025-08/dpd.schema.json' with { type: 'json' };
import editionOtc from '../../schemas/otc-2025-08/edition.json' with { type: 'json' };
import errataOtc from '../../schemas/otc-2025-08/errata.json' with { type: 'json' };
import listOtc from '../../schemas/otc-2025-08/list.schema.json' with { type: 'json' };
import connectionSwiss from '../../schemas/swiss-2025-07/connection.schema.json' with { type: 'json' };
import dpdSwiss from '../../schemas/swiss-2025-07/dpd.schema.json' with { type: 'json' };
import editionSwiss from '../../schemas/swiss-2025-07/edition.json' with { type: 'json' };
import errataSwiss from '../../schemas/swiss-2025-07/errata.json' with { type: 'json' };
import listSwiss from '../../schemas/swiss-2025-07/list.schema.json' with { type: 'json' };
import { type Contract, createContract } from './contract.ts';

/** The contract that a run is held to where nothing else is said: the page's revision of April 2020. */
export const contract = createContract({
  edition: edition2020,
  connection: connection2020,
  dpd: dpd2020,
  list: list2020,
  errata: errata2020,
});

/** The published editions of the page, the default first. */
export const editions: readonly Contract[] = [
  contract,
  createContract({ edition: editionOtc, connection: connectionOtc, dpd: dpdOtc, list: listOtc, errata: errataOtc }),
  createContract({
    edition: editionSwiss,
    connection: connectionSwiss,
    dpd: dpdSwiss,
    list: listSwiss,
    errata: errataSwiss,
  }),
  createContract({
    edition: editionOpenstack,
    connection: connectionOpenstack,
    dpd: dpdOpenstack,
    list: listOpenstack,
    errata: errataOpenstack,
  }),
];

/** The names of the editions, the default first. */
export const editionNames: readonly string[] = editions.map(({ edition }) => edition.name);

/** An edition by its name; undefined where there is none. */
export function editionNamed(name: string): Contract | undefined {
  return editions.find(({ edition }) => edition.name === name);
}
