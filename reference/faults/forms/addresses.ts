import type { Json } from '../../json.ts';
import { change, everywhere, inLast, set } from '../../variants/stored.ts';
import { apiFault, type Fault } from '../fault.ts';

type Case = readonly [name: string, value: Json, describes: string];

const CIDR_FORM: readonly Case[] = [
  ['address', '10.1.0.0', 'is an address without a prefix length'],
  ['empty', '', 'is empty'],
  ['no-length', '10.1.0.0/', 'has nothing after its slash'],
  ['no-address', '/24', 'has nothing before its slash'],
  ['blanks', '10.1.0.0 / 24', 'has blanks around its slash'],
  ['padded', ' 10.1.0.0/24', 'begins with a blank'],
  ['line', '10.1.0.0/24\n', 'ends with a line feed'],
  ['backslash', '10.1.0.0\\24', 'has a backslash'],
  ['two-slashes', '10.1.0.0/24/32', 'has two slashes'],
  ['range', '10.1.0.0-10.1.0.255', 'is a range'],
  ['joined', '10.1.0.0/24, 10.2.0.0/24', 'is two networks in one string'],
];

const CIDR_VALUE: readonly Case[] = [
  ['long', '10.1.0.0/33', 'has a prefix length over 32'],
  ['long-ipv6', '2001:db8::/129', 'has a prefix length over 128'],
  ['mask', '10.1.0.0/255.255.255.0', 'has a dotted mask'],
  ['negative', '10.1.0.0/-1', 'has a negative prefix length'],
  ['word', '10.1.0.0/abc', 'has a word as its prefix length'],
  ['octet', '10.1.0.256/24', 'has an octet over 255'],
  ['three-octets', '10.1.0/24', 'has three octets'],
  ['five-octets', '10.1.0.0.0/24', 'has five octets'],
  ['host-name', 'branch-office/24', 'has a name as its address'],
  ['ipv6', '2001:db8:::/48', 'has a malformed IPv6 address'],
  ['fraction', '10.1.0.0/24.5', 'has a fractional prefix length'],
];

const PEER_ADDRESS: readonly Case[] = [
  ['empty', '', 'is empty'],
  ['octet', '203.0.113.999', 'has an octet over 255'],
  ['all-numeric', '999.1.1.1', 'is a dotted number that is no address'],
  ['three-octets', '203.0.113', 'has three octets'],
  ['network', '203.0.113.5/32', 'is a network'],
  ['port', '203.0.113.5:500', 'has a port'],
  ['brackets', '[2001:db8::1]', 'is in brackets'],
  ['ipv6', '2001:db8::1::2', 'is a malformed IPv6 address'],
  ['url', 'https://gateway.example.net/', 'is a URL'],
  ['blank', 'gate way.example.net', 'has a blank'],
  ['padded', ' 203.0.113.5', 'begins with a blank'],
  ['hyphen', '-gateway.example.net', 'begins with a hyphen'],
  ['empty-label', 'gateway..example.net', 'has an empty label'],
  ['long-label', `${'a'.repeat(64)}.example.net`, 'has a label of 64 characters'],
  ['list', '203.0.113.5,203.0.113.6', 'is two addresses'],
  ['letter', 'gätway.example.net', 'has a letter that no host name has'],
];

/** Networks and gateways that are malformed. */
export const addressFaults: readonly Fault[] = [
  ...CIDR_FORM.map((each) => inNetworks('forms.peer_cidrs', each)),
  ...CIDR_VALUE.map((each) => inNetworks('forms.peer_cidrs.valid', each)),
  ...PEER_ADDRESS.map(([name, value, describes]) =>
    apiFault(
      `forms.peer_address.${name}`,
      `peer_address ${describes}.`,
      ['forms.peer_address'],
      everywhere(set('peer_address', value)),
    ),
  ),
  apiFault(
    'forms.peer_address.last',
    'peer_address of the last element is what an unset value prints as.',
    ['forms.peer_address'],
    inLast(set('peer_address', '<unset>')),
  ),
  apiFault(
    'forms.peer_cidrs.distinct.twice',
    'The first network is listed twice.',
    ['forms.peer_cidrs.distinct'],
    everywhere((element) =>
      change(element, ['peer_cidrs'], (list) =>
        Array.isArray(list) && list[0] !== undefined ? [...list, list[0]] : list,
      ),
    ),
  ),
  apiFault(
    'forms.peer_cidrs.distinct.last',
    'A network of the last element is listed twice, with another between.',
    ['forms.peer_cidrs.distinct'],
    inLast(set('peer_cidrs', ['10.1.0.0/16', '10.2.0.0/16', '10.1.0.0/16'])),
  ),
  apiFault(
    'forms.peer_cidrs.one-family.mixed',
    'Networks of IPv4 and of IPv6 are in one connection.',
    ['forms.peer_cidrs.one-family'],
    everywhere((element) => {
      const { peer_cidrs: cidrs } = element;
      if (!Array.isArray(cidrs) || cidrs.length === 0) return;
      Object.assign(element, { peer_cidrs: ['10.1.0.0/24', '2001:db8:1::/48'], mtu: 1500 });
    }),
  ),
  apiFault(
    'forms.peer_cidrs.one-family.last',
    'The last element has a network of the other family beside its own.',
    ['forms.peer_cidrs.one-family'],
    inLast((element) => void Object.assign(element, { peer_cidrs: ['::/0', '0.0.0.0/0'], mtu: 1500 })),
  ),
  apiFault(
    'forms.peer_cidrs.last',
    'peer_cidrs of the last element ends with what an unset value prints as.',
    ['forms.peer_cidrs'],
    inLast(set('peer_cidrs', ['10.1.0.0/24', 'None'])),
  ),
];

/** Only where there are networks: an element that has endpoint groups keeps its empty list. */
function inNetworks(requirement: string, [name, value, describes]: Case): Fault {
  return apiFault(
    `${requirement}.${name}`,
    `The first item of peer_cidrs ${describes}.`,
    [requirement],
    everywhere((element) =>
      change(element, ['peer_cidrs'], (list) =>
        Array.isArray(list) && list.length > 0 ? [value, ...list.slice(1)] : list,
      ),
    ),
  );
}
