import { isIP } from 'node:net';
import { isCidr } from '../harness/base/formats.ts';
import type { Contract } from '../harness/contract/contract.ts';
import { type ElementJudgement, overElements } from '../harness/judging/elements.ts';
import type { Requirement } from '../harness/judging/requirement.ts';
import { rowRequirements } from '../harness/judging/rows.ts';
import { value } from '../harness/judging/verdict.ts';
import { theList } from '../harness/probes/probe.ts';

const endpointGroups = [
  { name: 'local_ep_group_id', source: 'Table 2, row 16 (local_ep_group_id)' },
  { name: 'peer_ep_group_id', source: 'Table 2, row 3 (peer_ep_group_id)' },
] as const;

const withGroups = { reason: 'no connection with endpoint groups', remedy: 'create a connection with endpoint groups' };
const withNetworks = { reason: 'no connection has peer_cidrs', remedy: 'create a connection with peer_cidrs' };
const withIpv6 = {
  reason: 'no connection has an IPv6 network in peer_cidrs',
  remedy: 'create a connection with IPv6 peer_cidrs',
};
const dpdInUse = {
  reason: 'no connection has DPD in use with both numbers',
  remedy: 'create a connection with DPD',
};

/**
 * The forms of values. Rules for one value stand in the schema; here are those that relate two members of a connection,
 * or two items of one.
 */
export function formsOf(contract: Contract): readonly Requirement[] {
  const actions = new Set(contract.parameters.find(({ name }) => name === 'dpd.action')?.schema.enum);
  return [
    ...rowRequirements(contract, 'forms'),
    {
      id: 'forms.dpd.timeout-not-below-interval',
      level: 'SHOULD',
      title: 'dpd.timeout is not below dpd.interval',
      clause: 'forms',
      source: 'Table 2, rows 12 and 13 (interval, timeout); RFC 3706 section 5.4',
      needs: 'a connection',
      probes: theList,
      judge: (observations) =>
        overElements(
          observations,
          dpdInUse,
          ['dpd.timeout', 'dpd.interval', 'dpd.action'],
          (timeout, interval, action) => {
            if (action === 'disabled') return 'silent';
            if (!isInteger(timeout)) return ofWrongType('dpd.timeout', timeout);
            if (!isInteger(interval)) return ofWrongType('dpd.interval', interval);
            if (timeout >= interval) return 'conforms';
            const expected = `dpd.timeout is not below dpd.interval (interval is ${interval})`;
            return { at: ['dpd', 'timeout'], expected, actual: value(timeout) };
          },
        ),
    },
    {
      id: 'forms.dpd.timeout-above-interval',
      level: 'MAY',
      title: 'dpd.timeout is not equal to dpd.interval',
      clause: 'forms',
      source: 'Table 2, rows 12 and 13 (interval, timeout); RFC 3706 section 5.4',
      needs: 'a connection',
      probes: theList,
      judge: (observations) =>
        overElements(
          observations,
          dpdInUse,
          ['dpd.timeout', 'dpd.interval', 'dpd.action'],
          (timeout, interval, action) => {
            // Nobody knows whether an action that is not documented uses the two.
            if (action === 'disabled' || !actions.has(action)) return 'silent';
            if (!isInteger(timeout)) return ofWrongType('dpd.timeout', timeout);
            if (!isInteger(interval)) return ofWrongType('dpd.interval', interval);
            if (timeout !== interval) return 'conforms';
            const expected = `dpd.timeout is not equal to dpd.interval (interval is ${interval})`;
            return { at: ['dpd', 'timeout'], expected, actual: value(timeout) };
          },
        ),
    },
    {
      id: 'forms.mtu.ipv6',
      level: 'SHOULD',
      title: 'mtu is at least 1280 where an element of peer_cidrs is IPv6',
      clause: 'forms',
      source: 'RFC 8200 section 5: every link of IPv6 carries 1280 bytes; Table 2, row 2 (mtu)',
      needs: 'a connection',
      probes: theList,
      judge: (observations) =>
        overElements(observations, withIpv6, ['mtu', 'peer_cidrs'], (mtu, cidrs) => {
          if (!Array.isArray(cidrs)) return ofWrongType('peer_cidrs', cidrs);
          if (!familiesOf(cidrs).has(6)) return 'silent';
          if (!isInteger(mtu)) return ofWrongType('mtu', mtu);
          // No link carries less than 68, which forms.mtu says.
          if (mtu < 68) return { blockedBy: 'forms.mtu' };
          if (mtu >= 1280) return 'conforms';
          return { at: ['mtu'], expected: 'at least 1280, for an element of peer_cidrs is IPv6', actual: value(mtu) };
        }),
    },
    {
      id: 'forms.peer_cidrs.one-family',
      level: 'MAY',
      title: 'the elements of peer_cidrs are of one IP family',
      clause: 'forms',
      source: 'Table 2, row 1 (peer_cidrs); OpenStack Neutron VPNaaS: networks of mixed IP versions are refused',
      needs: 'a connection',
      probes: theList,
      judge: (observations) =>
        overElements(observations, withNetworks, ['peer_cidrs'], (cidrs) => {
          if (!Array.isArray(cidrs)) return ofWrongType('peer_cidrs', cidrs);
          const families = familiesOf(cidrs);
          if (families.size === 0) return 'silent';
          if (families.size === 1) return 'conforms';
          return { at: ['peer_cidrs'], expected: 'networks of IPv4 alone, or of IPv6 alone', actual: value(cidrs) };
        }),
    },
    ...endpointGroups.map(
      ({ name, source }): Requirement => ({
        id: `forms.${name}.non-empty`,
        level: 'SHOULD',
        title: `${name} is not empty where peer_cidrs is`,
        clause: 'forms',
        source,
        needs: 'a connection',
        probes: theList,
        judge: (observations) =>
          overElements(observations, withGroups, [name, 'peer_cidrs'], (group, cidrs) => {
            if (!Array.isArray(cidrs)) return ofWrongType('peer_cidrs', cidrs);
            if (cidrs.length > 0) return 'silent';
            if (typeof group !== 'string') return ofWrongType(name, group);
            if (group !== '') return 'conforms';
            return { at: [name], expected: 'an endpoint group id, for peer_cidrs is empty', actual: value(group) };
          }),
      }),
    ),
  ];
}

/** The IP families of the networks in a value of peer_cidrs; an item that is no network has none. */
function familiesOf(cidrs: unknown): ReadonlySet<number> {
  const networks = Array.isArray(cidrs) ? cidrs.filter((cidr) => typeof cidr === 'string' && isCidr(cidr)) : [];
  return new Set(networks.map((network: string) => isIP(network.split('/')[0] as string)));
}

/** Of a value of a wrong type nothing can be said but that; of one that is not there, or null, not even that. */
function ofWrongType(row: string, found: unknown): ElementJudgement {
  return found === undefined || found === null ? 'silent' : { blockedBy: `parameters.type.${row}` };
}

function isInteger(found: unknown): found is number {
  return typeof found === 'number' && Number.isInteger(found);
}
