import { levels } from '../harness/contract/level.ts';
import { isJudged } from '../harness/gating/gate.ts';
import {
  type ConformanceReport,
  type EditionStanding,
  type ReportedRequirement,
  suiteOf,
} from '../harness/results/report.ts';

/** The embedded target's name in verdicts: nobody should take its verdict for their own. */
export const embeddedName = 'the embedded reference target, not a service of yours';

/** The most failing requirements that are listed. */
const mostListed = 20;

/** The verdict of a run in one line, and the failing requirements one a line. */
export type VerdictText = { headline: string; failing: readonly string[] };

/** The meaning of a run's exit code in words (clause `vacuity`: only a whole run can say that a target conforms). */
export function verdictText(report: ConformanceReport): VerdictText {
  const { outcome, requirements, staleWaivers, target } = report;
  const { exitCode } = outcome;
  const failing = requirements.filter(({ verdict }) => verdict === 'violation');
  const of = target.kind === 'embedded' ? `; this was ${embeddedName}` : '';
  const end = `${of} (exit ${exitCode})`;
  const listed = failing.slice(0, mostListed).map(({ id }) => id);
  const more = failing.length > mostListed ? [`… ${failing.length - mostListed} more`] : [];
  switch (exitCode) {
    case 0:
      return { headline: `${claim(report)}${end}`, failing: [] };
    case 1:
      return failing.length > 0
        ? { headline: `DOES NOT CONFORM: ${byLevel(failing)}${end}`, failing: [...listed, ...more] }
        : { headline: `STALE WAIVERS: ${counted(staleWaivers.length, 'waiver')} without a failure${end}`, failing: [] };
    case 2:
      return { headline: `NOT JUDGED: the suite broke, not the target${end}`, failing: [] };
    default:
      return { headline: `NOT JUDGED: ${tooLittle(report)}${end}`, failing: [] };
  }
}

/** Only a whole run of a target whose every MUST was seen says that it conforms. */
function claim({ requirements, selection, coverage, target }: ConformanceReport): string {
  const musts = requirements.filter(({ level }) => level === 'MUST');
  const judged = musts.filter(({ verdict }) => isJudged(verdict)).length;
  const waived = requirements.filter(({ verdict }) => verdict === 'waived').length;
  const except = waived === 0 ? '' : `, but for ${counted(waived, 'waived failure')}`;
  const isWhole = selection === undefined || selection.requirements === selection.of;
  const isSeen = musts.every(({ verdict }) => isJudged(verdict) || verdict === 'not-applicable');
  const isCapture = target.kind === 'file' && coverage.capture != null;
  if (isWhole && isSeen && !isCapture && judged > 0) return `CONFORMS: all ${judged} MUST hold${except}`;
  if (musts.length === 0) {
    const seen = requirements.filter(({ verdict }) => isJudged(verdict)).length;
    return `no violation seen: ${seen} of ${requirements.length} selected requirements judged${except}`;
  }
  const all = isWhole ? musts.length : `${musts.length} selected`;
  return `no violation seen: ${judged} of ${all} MUST judged${except}`;
}

function tooLittle({ requirements, settings }: ConformanceReport): string {
  const musts = requirements.filter(({ level }) => level === 'MUST');
  const unseen = musts.filter(({ verdict }) => verdict === 'inconclusive').length;
  if (musts.some(({ verdict }) => isJudged(verdict)) && settings.requireEvidence) {
    return `${unseen} MUST without evidence, and REQUIRE_EVIDENCE=1`;
  }
  return musts.length === 0 ? 'nothing was seen of what was selected' : 'no MUST about the list could be judged';
}

function byLevel(failing: readonly ReportedRequirement[]): string {
  return levels
    .map((level) => [failing.filter((each) => each.level === level).length, level] as const)
    .filter(([count]) => count > 0)
    .map(([count, level]) => `${count} ${level}`)
    .join(', ');
}

/** Ids in few words: where a suite has many of them, the suite with their number. */
export function shortList(requirements: readonly ReportedRequirement[]): string {
  if (requirements.length <= 5) return requirements.map(({ id }) => id).join(', ');
  const bySuite = new Map<string, string[]>();
  for (const each of requirements) bySuite.set(suiteOf(each), [...(bySuite.get(suiteOf(each)) ?? []), each.id]);
  return [...bySuite].map(([suite, ids]) => (ids.length === 1 ? ids[0] : `${suite}.* (${ids.length})`)).join(', ');
}

/** How a target stands with an edition that the run was not held to, in one line. */
export function editionText(standing: EditionStanding): string {
  return `${standing.edition}: ${standingText(standing)}`;
}

/** The same without the edition's name. */
export function standingText({ judged, kept, broken, reason }: EditionStanding): string {
  if (judged === 0) return `not judged${reason === undefined ? '' : `, for ${reason}`}`;
  if (kept === judged) return `keeps all ${judged} MUST that were judged`;
  const more = judged - kept > broken.length ? `, … ${judged - kept - broken.length} more` : '';
  return `breaks ${judged - kept} of ${judged} MUST that were judged: ${broken.join(', ')}${more}`;
}

/** How a target stands with the other editions, a line each, and which of them it is nearest to. */
export function editionLines({ editions = [], nearestEdition, contract }: ConformanceReport): string[] {
  const nearest = editions.find(({ edition }) => edition === nearestEdition);
  if (nearest === undefined || nearestEdition === contract.edition) return editions.map(editionText);
  const { edition, judged, kept } = nearest;
  const share = kept === judged ? `all ${judged} MUST` : `${kept} of ${judged} MUST`;
  return [
    ...editions.map(editionText),
    `Nearest edition: ${edition}, of which it keeps ${share} that were judged; EDITION=${edition} holds it to that one.`,
  ];
}

/** `1 request`, `2 requests`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
