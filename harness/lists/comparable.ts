import { isObject } from '../base/is-object.ts';

/**
 * A member's value as it is compared: equal where the value is. The order of members means nothing, nor does that of
 * the networks of peer_cidrs; of dpd the documented members count.
 * @param name of the top-level member
 */
export function comparable(name: string, value: unknown, dpdMembers: readonly string[]): unknown {
  if (name === 'dpd' && isObject(value)) {
    return sorted(Object.fromEntries(Object.entries(value).filter(([member]) => dpdMembers.includes(member))));
  }
  if (name === 'peer_cidrs' && Array.isArray(value)) {
    return value
      .map((item: unknown) => JSON.stringify(sorted(item)))
      .sort()
      .map((text) => JSON.parse(text) as unknown);
  }
  return sorted(value);
}

/** The same value with the members of each object in the order of their names. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
}
