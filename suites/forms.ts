import type { Contract } from '../harness/contract/contract.ts';
import { theList } from '../harness/http/probe.ts';
import { overElements } from '../harness/judging/elements.ts';
import type { Requirement } from '../harness/judging/requirement.ts';
import { rowRequirements } from '../harness/judging/rows.ts';
import { value } from '../harness/judging/verdict.ts';

const endpointGroups = [
  { name: 'local_ep_group_id', source: 'Table 2, row 16 (local_ep_group_id)' },
  { name: 'peer_ep_group_id', source: 'Table 2, row 3 (peer_ep_group_id)' },
] as const;

const withGroups = { reason: 'no connection with endpoint groups', remedy: 'create a connection with endpoint groups' };

const dpdInUse = {
  reason: 'no connection has DPD in use with both numbers',
  remedy: 'create a connection with DPD',
};

/**
 * The forms of values. Rules for one value stand in the schema; here are those that relate two members of a connection.
 */
export const formsOf = (contract: Contract): readonly Requirement[] => [
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
          if (action === 'disabled' || !isWhole(timeout) || !isWhole(interval)) return 'silent';
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
          if (action === 'disabled' || !isWhole(timeout) || !isWhole(interval)) return 'silent';
          if (timeout !== interval) return 'conforms';
          const expected = `dpd.timeout is not equal to dpd.interval (interval is ${interval})`;
          return { at: ['dpd', 'timeout'], expected, actual: value(timeout) };
        },
      ),
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
          if (typeof group !== 'string' || !Array.isArray(cidrs) || cidrs.length > 0) return 'silent';
          if (group !== '') return 'conforms';
          return { at: [name], expected: 'an endpoint group id, for peer_cidrs is empty', actual: value(group) };
        }),
    }),
  ),
];

function isWhole(found: unknown): found is number {
  return typeof found === 'number' && Number.isInteger(found);
}
