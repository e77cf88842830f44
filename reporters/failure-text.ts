import type { AppliedWaiver } from '../harness/gating/waivers.ts';
import { type ConformanceReport, type Place, type ReportedRequirement, suiteOf } from '../harness/results/report.ts';

/**
 * The text of a failure, complete in itself: where, what was expected and found, by which source, and how to see it
 * again.
 * @returns lines, without colour
 */
export function failureLines(
  requirement: ReportedRequirement,
  errata: ConformanceReport['errata'] = [],
): readonly string[] {
  const { departures, waiverProblem, source, rerun } = requirement;
  if (!departures) return [];
  const { places, count } = departures;
  const curl = places[0]?.curl ?? '';
  const extent = extentOf(requirement);
  return [
    ...(extent === '' ? [] : [extent]),
    ...(waiverProblem === undefined ? [] : [`waiver    ${waiverProblem}`]),
    ...(departures.distinct.length > 1 ? [`found     ${listDistinct(departures.distinct)}`] : []),
    ...places.flatMap((place, index) => placeLines(place, places[index - 1])),
    ...(count > places.length ? [`… ${count - places.length} more`] : []),
    `source    ${source}`,
    ...errata.filter(({ id }) => requirement.errata.includes(id)).map(erratumLine),
    `more      docs/requirements/${suiteOf(requirement)}.md`,
    ...(curl === '' ? [`again     ${rerun}`] : [`again     ${curl}`, `          ${rerun}`]),
  ];
}

/** A failure in one line, with what it comes to: how much of what was judged departs is in the lines below it. */
export function headline({ verdict, title, waivers = [], waiverState }: ReportedRequirement): string {
  if (verdict === 'waived') return `waived: ${waivers.map(waiverText).join('; ')}`;
  if (waiverState === 'expired') return `expired waiver: ${title}`;
  return `${verdict}: ${title}`;
}

/** Why a requirement was not judged, in one line. */
export function reasonText({ reason = '', remedy }: ReportedRequirement): string {
  return remedy === undefined ? reason : `${reason}; to see it: ${remedy}`;
}

/** How much of what was judged departs; empty where only one thing was judged, in one answer. */
function extentOf({ departures, evidence }: ReportedRequirement): string {
  const { count, of, answers } = departures ?? { count: 0, of: 0, answers: 0 };
  const counted = of > 1 ? [`${count} of ${of} ${evidence?.of ?? 'places'}`] : [];
  const answered = (evidence?.answers ?? 1) > 1 ? [`in ${answers} of ${evidence?.answers} answers`] : [];
  return [...counted, ...answered].join(', ');
}

function erratumLine({ id, decision }: { id: string; decision: string }): string {
  return `erratum   ${id}: ${decision}`;
}

function waiverText({ reason, expires, link, file, line }: AppliedWaiver): string {
  const until = expires === undefined ? '' : `, until ${expires}`;
  return `${reason.replace(/\s+/g, ' ')} (${file}:${line}${until}${link === undefined ? '' : `, ${link}`})`;
}

function listDistinct(distinct: readonly { value: string; count: number }[]): string {
  return distinct.map(({ value, count }) => `${value} (${count})`).join(', ');
}

/** How the request is found in the target's log. */
function idLines({ requestId, answerId }: Place): string[] {
  if (requestId === undefined && answerId === undefined) return [];
  if (requestId === undefined || answerId === requestId) return [`          ${answerId}`];
  return [`          ${requestId}${answerId === undefined ? '' : ` (the target's own: ${answerId})`}`];
}

/** The lines of a place. Parts that it shares with the place before it are not repeated. */
function placeLines(place: Place, before?: Place): string[] {
  const connection = place.connection === undefined ? '' : ` (connection ${place.connection})`;
  return [
    `at        ${place.pointer === '' ? 'the answer as a whole' : place.pointer}${connection}`,
    ...(place.request === before?.request ? [] : [`          ${place.request}`, ...idLines(place)]),
    ...(place.expected === before?.expected ? [] : [`expected  ${place.expected}`]),
    `actual    ${place.actual}`,
    ...(place.hint === undefined || place.hint === before?.hint ? [] : [`          ${place.hint}`]),
    ...place.frame.map((line) => `          ${line}`),
  ];
}
