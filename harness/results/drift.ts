import type { Observation } from '../answers/observation.ts';
import { wrapper } from '../contract/wrapper.ts';

/** The most members that are named, and characters of one name. */
const keptNames = 50;
const longestName = 200;

/**
 * The undocumented members of a list answer, beside the list, in an element or in its dpd: allowed, and told (contract
 * clause `drift`).
 * @param show a name without the secrets in it: it comes from the target
 * @returns paths like `ipsec_site_connections[].created_at`, each once
 */
export function undocumentedMembers(
  { facts }: Observation,
  show: (name: string, longest: number) => string,
): readonly string[] {
  const { json, list } = facts;
  const beside = (json?.ok ? json.root.names : []).filter((name) => name !== wrapper);
  const inElements = [...(list?.undocumented.inElements ?? [])].map((name) => [`${wrapper}[].`, name] as const);
  const inDpd = [...(list?.undocumented.inDpd ?? [])].map((name) => [`${wrapper}[].dpd.`, name] as const);
  return [...beside.map((name) => ['', name] as const), ...inElements, ...inDpd]
    .slice(0, keptNames)
    .map(([prefix, name]) => prefix + show(name, longestName))
    .sort();
}
