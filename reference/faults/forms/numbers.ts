import { type Element, isObject } from '../../json.ts';
import { change, everywhere, exceptDefaults, inLast, set } from '../../variants/stored.ts';
import { apiFault, type Fault } from '../fault.ts';

const BELOW = ['forms.dpd.timeout-not-below-interval'];
const EQUAL = ['forms.dpd.timeout-above-interval'];

/** Integers that mean nothing: an MTU no packet fits in, times before now, a timeout that comes too early. */
export const numberFaults: readonly Fault[] = [
  ...[0, -1, 67].map((mtu) =>
    apiFault(`forms.mtu.${mtu}`, `mtu is ${mtu}.`, ['forms.mtu'], everywhere(set('mtu', mtu))),
  ),
  apiFault('forms.mtu.last', 'mtu of the last element is 0, for not known.', ['forms.mtu'], inLast(set('mtu', 0))),
  apiFault(
    'forms.mtu.ipv6',
    'mtu is 1279 where networks are IPv6.',
    ['forms.mtu.ipv6'],
    everywhere((element) => change(element, ['mtu'], (mtu) => (isIpv6(element) ? 1279 : mtu))),
  ),
  apiFault(
    'forms.mtu.ipv6.last',
    'One network of the last element is IPv6, and its mtu is 576.',
    ['forms.mtu.ipv6'],
    inLast((element) => void Object.assign(element, { peer_cidrs: ['2001:db8::/48'], mtu: 576 })),
  ),
  dpd('interval.negative', 'interval is -1, for not set', ['forms.dpd.interval'], { interval: -1 }),
  // Timeout and interval are not compared where the action is disabled, so that one mistake is blamed once.
  dpd('timeout.negative', 'timeout is -1, for not set', ['forms.dpd.timeout'], { action: 'disabled', timeout: -1 }),
  dpd('timeout.below', 'timeout is below interval', BELOW, { action: 'hold', interval: 60, timeout: 59 }),
  dpd('timeout.swapped', 'timeout and interval are swapped', BELOW, { action: 'hold', interval: 120, timeout: 30 }),
  dpd('timeout.minutes', 'timeout is in minutes', BELOW, { action: 'restart', interval: 30, timeout: 2 }),
  dpd('timeout.equal', 'timeout equals interval', EQUAL, { action: 'restart', interval: 30, timeout: 30 }),
  dpd('timeout.zeros', 'timeout and interval are 0', EQUAL, { action: 'clear', interval: 0, timeout: 0 }),
];

function isIpv6({ peer_cidrs: cidrs }: Element): boolean {
  return Array.isArray(cidrs) && cidrs.some((cidr) => String(cidr).includes(':'));
}

/** The connection made with defaults keeps them, so that the defaults are not blamed too. */
function dpd(name: string, describes: string, fails: readonly string[], settings: Element): Fault {
  return apiFault(
    `forms.dpd.${name}`,
    `dpd.${describes}, wherever it was set.`,
    fails,
    exceptDefaults((element) => {
      if (isObject(element.dpd)) Object.assign(element.dpd, settings);
    }),
  );
}
