import type { Json } from '../../json.ts';
import { type Alter, change, everywhere, inLast, set } from '../../variants/stored.ts';
import { apiFault, type Fault } from '../fault.ts';

type Spoil = readonly [name: string, describes: string, spoil: (value: string, index: number) => string];

const BLANKS: readonly Spoil[] = [
  ['blank', 'holds a blank', (value) => value.replace('-', ' ')],
  ['padded', 'ends with a blank', (value) => `${value} `],
  ['line', 'ends with a line feed', (value) => `${value}\n`],
  ['control', 'holds a control character', (value) => value.replace('-', '\u0001')],
];

const OTHER_SHAPES: readonly Spoil[] = [
  ['number', 'is a number in a string', (_, index) => String(1000 + index)],
  ['prefixed', 'has a prefix', (value) => `vpn-${value}`],
  ['digits', 'is a UUID without its hyphens', (value) => value.replaceAll('-', '')],
  ['braces', 'is a UUID in braces', (value) => `{${value}}`],
  ['urn', 'is a UUID with the prefix of a URN', (value) => `urn:uuid:${value}`],
];

const POLICIES = ['ikepolicy_id', 'ipsecpolicy_id', 'vpnservice_id'];
const GROUPS = ['local_ep_group_id', 'peer_ep_group_id'];

/** Identifiers that identify nothing, or are not what upstream's look like. */
export const identifierFaults: readonly Fault[] = [
  apiFault('forms.id.empty', 'The last element has an empty id.', ['forms.id'], inLast(set('id', ''))),
  ...['id', ...GROUPS].flatMap((member) => spoilt(member, `forms.${member}.characters`, BLANKS)),
  ...POLICIES.flatMap((member) => spoilt(member, `forms.${member}`, [...BLANKS, ['empty', 'is empty', () => '']])),
  ...['id', ...POLICIES, ...GROUPS].flatMap((member) => spoilt(member, `forms.${member}.uuid`, OTHER_SHAPES)),
  ...GROUPS.map((member) =>
    apiFault(
      `forms.${member}.non-empty`,
      `${member} is empty although peer_cidrs is empty too.`,
      [`forms.${member}.non-empty`],
      everywhere((element) => change(element, [member], (value) => (hasNetworks(element.peer_cidrs) ? value : ''))),
    ),
  ),
  // One of the two alone would not be equal to the other.
  ...([...BLANKS, ['empty', 'is empty', () => '']] as const satisfies readonly Spoil[]).map(
    ([name, describes, spoil]) =>
      apiFault(
        `forms.project_id.${name}`,
        `The project ID ${describes}, under both its names.`,
        ['forms.project_id', 'forms.tenant_id'],
        everywhere((element, index) => {
          for (const member of ['project_id', 'tenant_id']) {
            change(element, [member], (value) => spoil(withHyphen(value), index));
          }
        }),
      ),
  ),
];

function spoilt(member: string, requirement: string, ways: readonly Spoil[]): Fault[] {
  return ways.map(([name, describes, spoil]) => {
    const alter: Alter = (element, index) =>
      change(element, [member], (value) => (value === '' ? value : spoil(String(value), index)));
    return apiFault(`${requirement}.${name}`, `${member} ${describes}.`, [requirement], everywhere(alter));
  });
}

function hasNetworks(list: Json | undefined): boolean {
  return Array.isArray(list) && list.length > 0;
}

/** Project IDs have none; the ways to spoil an identifier look for one. */
function withHyphen(value: Json): string {
  return String(value).replace(/^(.{8})/, '$1-');
}
