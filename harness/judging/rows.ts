import type { Observation } from '../answers/observation.ts';
import type { Clause } from '../contract/clauses.ts';
import type { Contract } from '../contract/contract.ts';
import { isPresence, type Rule, type RuleSuite } from '../contract/rules.ts';
import type { Finding } from '../lists/finding.ts';
import type { ListFacts } from '../lists/list-facts.ts';
import { theList } from '../probes/probe.ts';
import type { AnswerTally } from './answer-tally.ts';
import { addGroup, type Collection, emptyCollection } from './departure-groups.ts';
import { blockerOfElements } from './frame.ts';
import type { Observations } from './observations.ts';
import type { Requirement } from './requirement.ts';
import { blockedBy, overLists, silent } from './tally.ts';
import { type Actual, beyondDouble, isBeyondDouble, keptDistinct, value, words } from './verdict.ts';

/** A suite's hint on a departure, beyond what the schema knows. */
export type HintOf = (rule: Rule, found: unknown) => string | undefined;

/** The requirements that the schema's rules of one suite make, row by row. */
export function rowRequirements(
  { rules }: Contract,
  suite: RuleSuite,
  hintOf: HintOf = () => undefined,
): readonly Requirement[] {
  return rules.flatMap((rule, at) => (rule.suite === suite ? [rowRequirement(rule, at, hintOf)] : []));
}

function rowRequirement(rule: Rule, at: number, hintOf: HintOf): Requirement {
  const { id, level, title, source } = rule;
  const [member = ''] = rule.path;
  const ofPresence = isPresence(rule);
  return {
    id,
    level,
    title,
    clause: clauseOf(rule),
    source,
    needs: 'a connection',
    probes: theList,
    judge: (observations) => {
      // Equal lists have one tally.
      const full = new Map<ListFacts, AnswerTally>();
      const projected = new Map<ListFacts, AnswerTally>();
      return overLists(observations, 'values', ruleUnseen(rule), (observation) => {
        const blocker = blockerOfElements(observation);
        if (blocker !== undefined) return blockedBy(blocker);
        const { list } = observation.facts;
        const names = projectedNames(observation);
        // A projected answer has no presence to judge: surplus and missing members are projection's.
        if (!list || (names && (ofPresence || !names.includes(member)))) return silent;
        const known = names ? projected : full;
        const tally = known.get(list) ?? tallyOf(rule, observation, observations, list.findings.of(at), hintOf);
        known.set(list, tally);
        return tally;
      });
    },
  };
}

/** The clause that a rule of the schema stands under. */
function clauseOf(rule: Rule): Clause {
  if (rule.suite !== 'parameters') return rule.suite;
  if (!isPresence(rule)) return 'types';
  return rule.path.length > 1 ? 'nesting' : 'presence';
}

function projectedNames({ probe: { asks } }: Observation): readonly string[] | null {
  return asks.kind === 'list' ? asks.names : null;
}

function tallyOf(
  rule: Rule,
  observation: Observation,
  { texts }: Observations,
  finding: Finding,
  hintOf: HintOf,
): AnswerTally {
  const { judged, places, groups, complete } = finding;
  const blocked = blockedIn(rule, observation, finding);
  if (finding.failed === 0) return { judged, ...(blocked.size > 0 ? { blocked } : {}) };
  const departures: Collection = { ...emptyCollection(), count: finding.failed, complete };
  for (const place of places) {
    const found = texts.value(place.found);
    const hint = hintOf(rule, found);
    const violation = { observation, pointer: place.pointer, expected: rule.expected, actual: actualOf(rule, found) };
    departures.violations.push(hint === undefined ? violation : { ...violation, hint });
  }
  for (const { at, found, count } of groups) {
    addGroup(departures, { at, actual: actualOf(rule, texts.value(found)), count });
  }
  const distinct = isPresence(rule) ? [] : distinctOf(finding, (id) => texts.value(id));
  return { judged, departures, distinct, ...(blocked.size > 0 ? { blocked } : {}) };
}

/**
 * The members that block a rule in an answer. A member that a projected answer leaves out blocks nothing: nobody asked
 * for it.
 */
function blockedIn(rule: Rule, observation: Observation, { blocked }: Finding): ReadonlyMap<string, number> {
  const left = `parameters.presence.${rule.path[0]}`;
  if (projectedNames(observation) === null || !blocked.has(left)) return blocked;
  return new Map([...blocked].filter(([id]) => id !== left));
}

/** The finding that a departure from a rule shows: the value, or for a missing member that there is none. */
function actualOf(rule: Rule, found: unknown): Actual {
  return isPresence(rule) ? words('no such member') : value(found);
}

function distinctOf(
  { groups }: Finding,
  lookUp: (id: number) => unknown,
): readonly { value: unknown; count: number }[] {
  const counts = new Map<number, number>();
  for (const { found, count } of groups) {
    if (counts.has(found) || counts.size < keptDistinct) counts.set(found, (counts.get(found) ?? 0) + count);
  }
  return [...counts].map(([id, count]) => {
    const found = lookUp(id);
    return { value: isBeyondDouble(found) ? beyondDouble : found, count };
  });
}

function ruleUnseen(rule: Rule): { reason: string; remedy: string } {
  const member = rule.path.filter((step) => step !== '*').join('.');
  return {
    reason: `no value of ${member} to judge: the list is empty, or has none`,
    remedy: `create a connection that has ${member}`,
  };
}
