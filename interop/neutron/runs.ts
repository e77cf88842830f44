import type { Projects } from './identity.ts';
import type { Instance } from './instance.ts';
import type { Inventory, Known } from './seed.ts';

/** One run of the suite. */
export type Run = {
  /** Names its directory and the file of expected verdicts. */
  name: string;
  /** The suite's own variables. */
  environment: Readonly<Record<string, string>>;
  /** The connections that the run knows beforehand; empty: no known-connections file. */
  known: readonly Known[];
  /** Where its report is kept, and under which title; null: nowhere. */
  report: { name: string; implementation: string; packages: readonly string[] } | null;
  /** The target's log, in which the requests of a failure are to be found by their ids; null: it has none. */
  log: string | null;
};

const neutron = ['python3-neutron', 'python3-neutron-vpnaas'];

/** Every run: the reference too, so that all columns of the table come from one suite. */
export function runsOf(instance: Instance, { alpha, beta }: Projects, inventory: Inventory): readonly Run[] {
  return [
    {
      name: 'reference',
      environment: {},
      known: [],
      report: { name: 'reference', implementation: 'Reference', packages: [] },
      log: null,
    },
    {
      name: 'noauth',
      environment: { TARGET_URL: instance.NOAUTH_URL },
      known: [...inventory.alpha, ...inventory.beta],
      report: { name: 'neutron-noauth', implementation: 'Neutron noauth', packages: neutron },
      log: 'neutron-noauth.log',
    },
    {
      name: 'member',
      environment: { TARGET_URL: instance.NEUTRON_URL, TARGET_TOKEN: alpha.token, SECOND_TOKEN: beta.token },
      known: inventory.alpha,
      report: {
        name: 'neutron-keystone',
        implementation: 'Neutron with Keystone',
        packages: [...neutron, 'python3-keystone'],
      },
      log: 'neutron-keystone.log',
    },
    {
      name: 'other-member',
      environment: { TARGET_URL: instance.NEUTRON_URL, TARGET_TOKEN: beta.token, SECOND_TOKEN: alpha.token },
      known: inventory.beta,
      report: null,
      log: 'neutron-keystone.log',
    },
  ];
}
