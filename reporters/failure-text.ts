import type { AppliedWaiver, Waiving } from '../harness/gating/waivers.ts';
import type { Evidence } from '../harness/judging/verdict.ts';
import type { Place, Result } from '../harness/results/result.ts';

/**
 * What a failure says, alone: where, what was expected and found, by which clause, and how to see it again.
 * @returns lines, without colour
 */
export function failureLines(result: Result): readonly string[] {
  const { departures } = result;
  if (!departures) return [];
  const curl = departures.places[0]?.curl ?? '';
  const scope = scopeOf(departures, result.evidence);
  const more =
    departures.count > departures.places.length ? [`… ${departures.count - departures.places.length} more`] : [];
  return [
    ...(scope === '' ? [] : [scope]),
    ...(result.waiving.kind === 'counts' ? [`waiver    ${result.waiving.text}`] : []),
    ...(departures.distinct.length > 1 ? [`found     ${listDistinct(result)}`] : []),
    ...departures.places.flatMap((place, index) => placeLines(place, departures.places[index - 1])),
    ...more,
    `source    ${result.source}`,
    ...result.errata.map(({ id, decision }) => `erratum   ${id}: ${decision}`),
    ...(curl === '' ? [`again     ${result.rerun}`] : [`again     ${curl}`, `          ${result.rerun}`]),
  ];
}

/** How much of what was judged departs; empty where only one thing was judged, in one answer. */
export function scopeOf(
  { count, of, answers }: { count: number; of: number; answers: number },
  evidence: Evidence | undefined,
): string {
  const counted = of > 1 ? [`${count} of ${of} ${evidence?.of ?? 'places'}`] : [];
  const answered = (evidence?.answers ?? 1) > 1 ? [`in ${answers} of ${evidence?.answers} answers`] : [];
  return [...counted, ...answered].join(', ');
}

/** Why a failure does not count, in one line. */
export function waivedText({ waivers }: Waiving & { kind: 'waived' }): string {
  return `waived: ${waivers.map(waiverText).join('; ')}`;
}

function waiverText({ reason, expires, link, file, line }: AppliedWaiver): string {
  const until = expires === undefined ? '' : `, until ${expires}`;
  return `${reason.replace(/\s+/g, ' ')} (${file}:${line}${until}${link === undefined ? '' : `, ${link}`})`;
}

function listDistinct({ departures }: Result): string {
  return (departures?.distinct ?? []).map(({ value, count }) => `${value} (${count})`).join(', ');
}

/** What a place has in common with the one before it is not said again. */
function placeLines(place: Place, before?: Place): string[] {
  const connection = place.connection === undefined ? '' : ` (connection ${place.connection})`;
  return [
    `at        ${place.pointer === '' ? 'the answer as a whole' : place.pointer}${connection}`,
    ...(place.request === before?.request ? [] : [`          ${place.request}`]),
    ...(place.expected === before?.expected ? [] : [`expected  ${place.expected}`]),
    `actual    ${place.actual}`,
    ...(place.hint === undefined || place.hint === before?.hint ? [] : [`          ${place.hint}`]),
    ...place.frame.map((line) => `          ${line}`),
  ];
}
