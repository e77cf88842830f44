import { levels } from '../harness/contract/level.ts';
import type { ConformanceReport, ReportedRequirement } from '../harness/results/report.ts';
import { failureLines, headline } from './failure-text.ts';

/** The most annotations of a kind that GitHub shows of one step. */
const mostAnnotations = 10;

/** The largest summary that GitHub takes of one step, in bytes. */
const largestSummary = 1024 * 1024;

/**
 * Workflow commands of GitHub's, one for each violation: it stands beside the run, one click from its text. MUST comes
 * first; where there are more than GitHub shows, the last one names the rest.
 */
export function annotations({ requirements, staleWaivers, errata }: ConformanceReport): readonly string[] {
  const counting = requirements.filter(({ verdict }) => verdict === 'violation' || verdict === 'broken');
  const all = [
    ...levels.flatMap((level) => counting.filter((each) => each.level === level)).map((each) => of(each, errata)),
    ...staleWaivers.map((line) => ({ title: 'stale waiver', text: line })),
  ];
  if (all.length <= mostAnnotations) return all.map(command);
  const rest = all.slice(mostAnnotations - 1);
  const last = { title: `${rest.length} more`, text: rest.map(({ title }) => title).join('\n') };
  return [...all.slice(0, mostAnnotations - 1), last].map(command);
}

/** A summary as much of which is kept as GitHub takes. @param used bytes of it that the step has written already */
export function summary(markdown: string, used = 0): string {
  const room = largestSummary - used;
  if (Buffer.byteLength(markdown) <= room) return markdown;
  const end = '\n\nThe rest is in conformance.md.\n';
  const kept = Buffer.from(markdown)
    .subarray(0, Math.max(0, room - end.length))
    .toString();
  return room < end.length ? '' : kept.slice(0, Math.max(0, kept.lastIndexOf('\n'))) + end;
}

type Annotation = { title: string; text: string };

function of(requirement: ReportedRequirement, errata: ConformanceReport['errata']): Annotation {
  const { id, verdict, reason } = requirement;
  const told =
    verdict === 'broken' ? [`broken: ${reason}`] : [headline(requirement), ...failureLines(requirement, errata)];
  return { title: id, text: told.join('\n') };
}

function command({ title, text }: Annotation): string {
  return `::error title=${property(title)}::${data(text)}`;
}

/** The escapes that the runner undoes. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
