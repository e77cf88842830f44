import type { Observation } from '../answers/observation.ts';
import type { AnswerTally } from '../judging/answer-tally.ts';
import { isUnrecovered } from '../judging/create-observations.ts';
import { type Observations, saysNothing, whyNothing } from '../judging/observations.ts';
import { blockedBy, conforms, departs, silent, verdictOf } from '../judging/tally.ts';
import { ofAnswer, type Verdict, value } from '../judging/verdict.ts';
import type { ListFacts } from '../lists/list-facts.ts';
import { type Language, type ProbePair, probePairs } from '../probes/executed-names.ts';
import { oddProbes } from '../probes/odd-input.ts';
import { againKey, type Probe } from '../probes/probe.ts';
import { ofLanguage, recoveriesAround } from '../probes/recoveries.ts';
import { treatmentOf } from './list-or-refusal.ts';
import { sentNames } from './list-rows.ts';

/**
 * The probes to ask once more: pairs that were treated differently, for the inventory may have changed between the two.
 */
export function pairsToAskAgain(observations: Observations, language: Language): readonly Probe[] {
  return probePairs(language)
    .filter(([one, another]) => !observations.of(againKey(one.key)) && isOtherwise(observations, one.key, another.key))
    .flat();
}

/** Whether the two names of each pair, one a true expression and one a false one, get the same kind of answer. */
export function judgeExecuted(observations: Observations, language: Language): Verdict {
  const tallies = probePairs(language).map((pair) => pairTally(observations, language, pair));
  return verdictOf(tallies, 'pairs', { reason: whyNothing(observations.all, observations.stopped) });
}

function pairTally(observations: Observations, language: Language, [one, another]: ProbePair): AnswerTally {
  const seen = [one, another].flatMap(({ key }) => observations.of(key) ?? []).filter((each) => !saysNothing(each));
  const [first, second] = seen;
  if (!first || !second) return silent;
  if (isSpoilt(observations, language)) return blockedBy('robustness.recovery');
  for (const observation of seen) {
    const treatment = treatmentOf(observations, observation);
    if (treatment.kind === 'blocked') return blockedBy(treatment.by);
    if (treatment.kind !== 'violation') continue;
    // Whatever is of this kind is taken badly: that has a requirement of its own.
    const isKnown = isTakenBadly(observations, language.like);
    return isKnown ? blockedBy(`robustness.${language.like}.fields`) : departs(treatment.violation);
  }
  if (!isOtherwise(observations, one.key, another.key)) return conforms;
  const again = [againKey(one.key), againKey(another.key)] as const;
  // An inventory that changes meanwhile makes no difference twice alike.
  if (observations.of(again[0]) && !isAlike(observations, [one.key, another.key], again)) return conforms;
  const expected = 'one kind of answer to two names that differ only in whether what they say is true';
  const [ofTrue, ofFalse] = [answerKind(observations, first), answerKind(observations, second)];
  const actual = value({ 'where it is true': ofTrue, 'where it is false': ofFalse });
  const hint =
    'The name is executed, unless something in front of the target refuses what is true and not what is false.';
  return departs(ofAnswer(first, expected, actual, hint));
}

/** Whether odd input ended what ordinary requests get, before these names or with them. */
function isSpoilt(observations: Observations, { kind }: Language): boolean {
  const { before, after } = recoveriesAround(ofLanguage(kind));
  return [before, after].some((probe) => {
    const list = probe && observations.of(probe.key);
    return list !== undefined && isUnrecovered(list);
  });
}

function isTakenBadly(observations: Observations, kind: string): boolean {
  return oddProbes(observations.settings.seed, kind, 'fields').some(({ key }) => {
    const observation = observations.of(key);
    return observation !== undefined && treatmentOf(observations, observation).kind === 'violation';
  });
}

function isOtherwise(observations: Observations, one: string, another: string): boolean {
  const answers = [one, another].flatMap((key) => observations.of(key) ?? []);
  const [first, second] = answers.filter((each) => !saysNothing(each));
  return (
    first !== undefined && second !== undefined && answerKind(observations, first) !== answerKind(observations, second)
  );
}

/** Whether two names got, asked again, the kinds of answers that they got at first. */
function isAlike(observations: Observations, keys: readonly string[], again: readonly string[]): boolean {
  const [first, second] = [keys, again].map((of) =>
    of.map((key) => {
      const answer = observations.of(key);
      return answer && !saysNothing(answer) ? answerKind(observations, answer) : '';
    }),
  );
  return String(first) === String(second);
}

/** The kind of an answer, in words. Neither the wording of a refusal nor the values of members make a difference. */
function answerKind(observations: Observations, observation: Observation): string {
  const asked = askedName(observation);
  const treatment = treatmentOf(observations, observation);
  if (treatment.kind === 'refused') return 'a refusal';
  if (treatment.kind !== 'list') return 'no list';
  const { list } = treatment;
  if (list.length === 0) return 'an empty list';
  const names = [...sentNames(list)].map((name) => (name === asked ? 'of the name asked for' : name)).sort();
  const members = names.length > 5 ? `${names.length} members` : names.map((name) => `a member ${name}`).join(', ');
  return `${lengthWords(observations, observation, list)}, of elements with ${members || 'no member'}`;
}

/** The name that was asked for, decoded: a target may answer with a member of that name, whatever it says. */
function askedName({ probe: { query } }: Observation): string {
  return decodeURIComponent(query[0]?.[1] ?? '');
}

/** How many elements a list has, beside the full lists around it, which may differ from each other. */
function lengthWords({ fullLists }: Observations, { step }: Observation, list: ListFacts): string {
  const readable = fullLists.filter(({ facts }) => facts.list !== undefined);
  const around = [readable.findLast((each) => each.step < step), readable.find((each) => each.step > step)];
  const lengths = around.flatMap((each) => each?.facts.list?.length ?? []);
  // Where the inventory changes, the length of a list says nothing of what made it.
  if (new Set(lengths).size > 1) return 'the list';
  if (list.length < Math.min(...lengths)) return 'a part of the list';
  return list.length > Math.max(...lengths) ? 'more than the list' : 'the list';
}
