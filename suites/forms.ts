import type { Contract } from '../harness/contract/contract.ts';
import type { Level } from '../harness/contract/level.ts';
import { fullList } from '../harness/http/probe.ts';
import { overElements } from '../harness/judging/elements.ts';
import type { Requirement } from '../harness/judging/requirement.ts';
import { rowRequirements } from '../harness/judging/rows.ts';
import { value } from '../harness/judging/verdict.ts';

/** The forms of values: contract clause 7. Rules for one value stand in the schema; here are those that relate two. */
export const formsOf = (contract: Contract): readonly Requirement[] => [
  ...rowRequirements(contract, 'forms'),
  dpdOrder(
    'forms.dpd.timeout-not-below-interval',
    'SHOULD',
    'dpd.timeout is not below dpd.interval',
    (timeout, interval) => timeout >= interval,
  ),
  dpdOrder(
    'forms.dpd.timeout-above-interval',
    'MAY',
    'dpd.timeout is not equal to dpd.interval',
    (timeout, interval) => timeout !== interval,
  ),
  endpointGroup('local_ep_group_id', 'Table 2, row 16 (local_ep_group_id)'),
  endpointGroup('peer_ep_group_id', 'Table 2, row 3 (peer_ep_group_id)'),
];

function dpdOrder(
  id: string,
  level: Level,
  title: string,
  holds: (timeout: number, interval: number) => boolean,
): Requirement {
  return {
    id,
    level,
    title,
    source: 'Table 2, rows 12 and 13 (interval, timeout); RFC 3706 section 5.4',
    probes: () => [fullList('first')],
    judge: (observations) =>
      overElements(
        observations,
        { reason: 'no connection has DPD in use with both numbers', remedy: 'create a connection with DPD' },
        ['dpd.timeout', 'dpd.interval', 'dpd.action'],
        (timeout, interval, action) => {
          if (action === 'disabled') return 'silent';
          if (!isWhole(timeout) || !isWhole(interval)) return 'silent';
          if (holds(timeout, interval)) return 'conforms';
          return { at: ['dpd', 'timeout'], expected: `${title} (interval is ${interval})`, actual: value(timeout) };
        },
      ),
  };
}

function endpointGroup(name: 'local_ep_group_id' | 'peer_ep_group_id', source: string): Requirement {
  return {
    id: `forms.${name}.non-empty`,
    level: 'SHOULD',
    title: `${name} is not empty where peer_cidrs is`,
    source,
    probes: () => [fullList('first')],
    judge: (observations) =>
      overElements(
        observations,
        { reason: 'no connection with endpoint groups', remedy: 'create a connection with endpoint groups' },
        [name, 'peer_cidrs'],
        (group, cidrs) => {
          if (typeof group !== 'string' || !Array.isArray(cidrs) || cidrs.length > 0) return 'silent';
          if (group !== '') return 'conforms';
          return { at: [name], expected: 'an endpoint group id, for peer_cidrs is empty', actual: value(group) };
        },
      ),
  };
}

function isWhole(found: unknown): found is number {
  return typeof found === 'number' && Number.isInteger(found);
}
