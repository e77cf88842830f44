import { actualOf, elementFindings, type Finding } from '../harness/element-findings.ts';
import { fullList } from '../harness/probe.ts';
import type { Reading } from '../harness/reading.ts';
import type { Requirement } from '../harness/requirement.ts';
import { type Rule, type RuleSuite, rules } from '../harness/rules.ts';
import type { Violation } from '../harness/verdict.ts';
import { blockerOfElements } from './envelope.ts';
import { type AnswerTally, blockedBy, overLists, silent } from './tally.ts';

/** What a suite says of a departure beyond what the schema knows. */
export type HintOf = (rule: Rule, found: unknown) => string | undefined;

/** The requirements that the schema's rules of one suite make, row by row. */
export function rowRequirements(suite: RuleSuite, hintOf: HintOf = () => undefined): readonly Requirement[] {
  return rules.filter((rule) => rule.suite === suite).map((rule) => rowRequirement(rule, hintOf));
}

function rowRequirement(rule: Rule, hintOf: HintOf): Requirement {
  const { id, level, title, source } = rule;
  return {
    id,
    level,
    title,
    source,
    probes: () => [fullList('first')],
    judge: (observations) =>
      overLists(observations, 'values', nothingSeen(rule), (reading) => {
        const blocker = blockerOfElements(reading);
        if (blocker !== undefined) return blockedBy(blocker);
        const finding = elementFindings(reading).get(id);
        if (!finding) return silent;
        return finding.failed === 0 ? quietTally(finding) : tallyOf(rule, reading, finding, hintOf);
      }),
  };
}

function tallyOf(rule: Rule, { observation }: Reading, finding: Finding, hintOf: HintOf): AnswerTally {
  const violations = finding.places.map((place): Violation => {
    const hint = hintOf(rule, place.value);
    return {
      observation,
      pointer: place.pointer,
      expected: rule.expected,
      actual: actualOf(rule, place.value),
      ...(hint === undefined ? {} : { hint }),
    };
  });
  const { judged, failed, blocked, distinct, grouping } = finding;
  return { judged, failed, violations, grouping, distinct: [...distinct.values()], blocked };
}

const quiet = new WeakMap<Finding, AnswerTally>();

/** Where nothing departs, equal answers have one tally. */
function quietTally(finding: Finding): AnswerTally {
  const { judged, blocked } = finding;
  const tally = quiet.get(finding) ?? { judged, failed: 0, violations: [], ...(blocked.size > 0 ? { blocked } : {}) };
  quiet.set(finding, tally);
  return tally;
}

function nothingSeen(rule: Rule): { reason: string; remedy: string } {
  const member = rule.path.filter((step) => step !== '*').join('.');
  return {
    reason: `no value of ${member} to judge: the list is empty, or has none`,
    remedy: `create a connection that has ${member}`,
  };
}
