import { dpdMembers, topLevelNames } from './contract.ts';
import { isObject, type Reading, wrapper } from './reading.ts';

/** The most members that are named. */
const keptNames = 50;

/**
 * The undocumented members of a list answer, beside the list, in an element or in its dpd: allowed, and told (contract
 * clause 4).
 * @param show a name without the secrets in it: it comes from the target
 * @returns paths like `ipsec_site_connections[].created_at`, each once
 */
export function undocumentedMembers(reading: Reading, show: (name: string) => string): readonly string[] {
  const names = new Set<string>();
  const note = (prefix: string, found: object, known: (name: string) => boolean) => {
    for (const name of Object.keys(found)) if (!known(name) && names.size < keptNames) names.add(prefix + show(name));
  };
  const body = reading.json?.ok ? reading.json.value : undefined;
  if (isObject(body)) note('', body, (name) => name === wrapper);
  for (const element of reading.elements ?? []) {
    if (!isObject(element)) continue;
    note(`${wrapper}[].`, element, (name) => topLevelNames.has(name));
    if (isObject(element.dpd)) note(`${wrapper}[].dpd.`, element.dpd, (name) => dpdMembers.includes(name));
  }
  return [...names].sort();
}
