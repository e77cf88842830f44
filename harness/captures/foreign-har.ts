import type { Contract } from '../contract/contract.ts';
import { collectionPath, fullList, other, type Probe, projection } from '../http/probe.ts';

/**
 * The probe that an exchange of another tool's HAR file stands for, where it is a request for the list: the full list,
 * a projection to defined names, or something that no clause defines.
 * @returns null for any other request
 */
export function foreignProbe(
  { request }: { request: { method: string; url: string } },
  index: number,
  { projectableNames }: Contract,
): Probe | null {
  if (request.method !== 'GET' || !URL.canParse(request.url)) return null;
  const url = new URL(request.url);
  if (!url.pathname.replace(/\/$/, '').endsWith(collectionPath)) return null;
  const occasion = `recorded-${index + 1}`;
  const names = url.searchParams.getAll('fields');
  const isPlain = [...url.searchParams.keys()].every((name) => name === 'fields');
  if (names.length === 0 && isPlain) return fullList(occasion);
  const isDefined = isPlain && names.every((name) => projectableNames.includes(name));
  return isDefined
    ? projection(`recorded.${occasion}`, 'single', names)
    : other(`recorded.${occasion}`, 'undefined', {});
}
