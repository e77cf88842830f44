/** Members that are named like a secret, whether the page knows them or not: undocumented ones may hold one. */
const secretNames = /psk|pre_?shared|secret|passw(or)?d|pass_?phrase|private_?key|(^|_)token$|credential/i;

/** Names that were asked about: a list has the same few in each of its elements. */
const known = new Map<string, boolean>();
const mostKnown = 10_000;

/** Whether a member's name says that its value is a secret; every member that a schema calls sensitive is one. */
export function isSensitiveName(name: string): boolean {
  const found = known.get(name) ?? secretNames.test(name);
  if (known.size < mostKnown) known.set(name, found);
  return found;
}
