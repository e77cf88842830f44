import type { ReportedRequirement } from './conformance-report.ts';
import { scopeOf } from './failure-text.ts';

/** What a requirement's verdict comes to, in one line and in many; a pass has nothing to say. */
export type ReportedText = { message: string; lines: readonly string[] };

/** The text of a requirement that did not pass, from a report. */
export function reportedLines(requirement: ReportedRequirement): ReportedText {
  const { verdict, title, reason = '', remedy, waivers = [] } = requirement;
  switch (verdict) {
    case 'pass':
      return { message: '', lines: [] };
    case 'violation':
    case 'advice':
      return { message: `${verdict}: ${title}`, lines: departureLines(requirement) };
    case 'waived':
      return {
        message: `waived: ${waivers.map((waiver) => waiver.reason).join('; ')}`,
        lines: departureLines(requirement),
      };
    default:
      return { message: `${verdict}: ${reason}`, lines: remedy === undefined ? [] : [`to see it: ${remedy}`] };
  }
}

/** Where, expected, actual, clause, and how to see it again. */
function departureLines({ departures, evidence, source, errata, waiverProblem, rerun }: ReportedRequirement): string[] {
  if (!departures) return [];
  const { places } = departures;
  const [first] = places;
  const scope = scopeOf(departures, evidence);
  return [
    ...(scope === '' ? [] : [scope]),
    ...(waiverProblem === undefined ? [] : [waiverProblem]),
    ...places.flatMap(({ request, pointer, connection, expected, actual, hint }) => [
      `at ${pointer === '' ? 'the answer as a whole' : pointer}${connection === undefined ? '' : ` (connection ${connection})`}: ${request}`,
      `  expected ${expected}`,
      `  actual ${actual}`,
      ...(hint === undefined ? [] : [`  ${hint}`]),
    ]),
    `source: ${source}`,
    ...(errata.length === 0 ? [] : [`errata: ${errata.join(', ')}`]),
    ...(first === undefined || first.curl === '' ? [] : [`again: ${first.curl}`]),
    `again: ${rerun}`,
  ];
}
