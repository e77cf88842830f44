import type { Observation } from '../harness/answers/observation.ts';
import { judgeProbes, probesToAskAgain } from '../harness/comparing/against-lists.ts';
import { treatmentOf } from '../harness/comparing/list-or-refusal.ts';
import { headerValues } from '../harness/http/answer.ts';
import type { AnswerTally } from '../harness/judging/answer-tally.ts';
import { isUnrecovered } from '../harness/judging/create-observations.ts';
import { type Observations, saysNothing, whyNothing } from '../harness/judging/observations.ts';
import type { Requirement } from '../harness/judging/requirement.ts';
import { isOneOfSeveral, isSilenced } from '../harness/judging/silence.ts';
import { blockedBy, conforms, departs, silent, verdictOf } from '../harness/judging/tally.ts';
import { ofAnswer, type Verdict, type Violation, value, words } from '../harness/judging/verdict.ts';
import type { ListFacts } from '../harness/lists/list-facts.ts';
import { type OddPlace, oddKinds, oddPlaces, oddProbes } from '../harness/probes/odd-input.ts';
import { other, type Probe, theList } from '../harness/probes/probe.ts';
import { recoveries, recoveriesAround } from '../harness/probes/recoveries.ts';

const source = 'RFC 9110 section 15.5 and section 15.6: a client error is a 4xx, never a 5xx';

const inWords: Readonly<Record<OddPlace, string>> = { fields: 'in fields', parameter: 'in an unknown parameter' };

/** Odd input, and variants of Accept. */
export const robustness: readonly Requirement[] = [
  ...oddPlaces.flatMap((place) =>
    oddKinds.map(
      ({ kind, what }): Requirement => ({
        id: `robustness.${kind}.${place}`,
        level: 'SHOULD',
        title: `${what} ${inWords[place]}: the answer is a list or a 4xx`,
        clause: 'odd-input',
        source,
        needs: 'other requests',
        probes: ({ seed }) => withRecovery(seed, kind),
        judge: (observations) => judgeOdd(observations, kind, oddProbes(observations.settings.seed, kind, place)),
      }),
    ),
  ),
  {
    id: 'robustness.recovery',
    level: 'SHOULD',
    title: 'an ordinary request succeeds after odd input',
    clause: 'odd-input',
    source,
    needs: 'other requests',
    probes: ({ seed }) => oddKinds.flatMap(({ kind }) => withRecovery(seed, kind)),
    judge: judgeRecovery,
  },
  ...acceptVariants(),
];

/** A kind's requests in all places, and the ordinary one after them. */
function withRecovery(seed: number, kind: string): readonly Probe[] {
  return [...oddPlaces.flatMap((place) => oddProbes(seed, kind, place)), recoveriesAround(kind).after];
}

function judgeOdd(observations: Observations, kind: string, probes: readonly Probe[]): Verdict {
  const { before, after } = recoveriesAround(kind);
  const earlier = before && observations.of(before.key);
  const isSpoilt = earlier !== undefined && isUnrecovered(earlier);
  const next = observations.of(after.key);
  const isEnded = next !== undefined && isUnrecovered(next);
  const tallies = probes.map((probe): AnswerTally => {
    const observation = observations.of(probe.key);
    if (!observation || saysNothing(observation)) return silent;
    // The target is gone already: what ended it is to blame, not this.
    const isGone = observation.kind === 'failure' && observation.cause.kind === 'refused';
    if (isGone || isSpoilt) return blockedBy('robustness.recovery');
    const treatment = treatmentOf(observations, observation);
    if (treatment.kind === 'blocked') return blockedBy(treatment.by);
    if (treatment.kind === 'violation') {
      // Of several that were under way when the target ended, any may have done it.
      const isAny = isEnded && isOneOfSeveral(observations.all, observation);
      return isAny ? blockedBy('robustness.recovery') : departs(treatment.violation);
    }
    const own = treatment.kind === 'list' ? interpreterObject(observations, treatment.list) : undefined;
    if (own === undefined) return conforms;
    const actual = words(`a member ${own}, which no element of the list has`);
    return departs(ofAnswer(observation, "no element with an object of the interpreter's own", actual));
  });
  return verdictOf(tallies, 'answers', { reason: whyNothing(observations.all, observations.stopped) });
}

/** A name under which a list shows what no full list has there: what the interpreter keeps in each of its objects. */
function interpreterObject({ fullLists }: Observations, { interpreterValues }: ListFacts): string | undefined {
  const known = (name: string, value: number) =>
    fullLists.some(({ facts: { list } }) => list?.interpreterValues.get(name)?.has(value));
  return [...interpreterValues].find(([name, values]) => [...values].some((value) => !known(name, value)))?.[0];
}

function judgeRecovery(observations: Observations): Verdict {
  // Odd input that a silent target was sent shows nothing.
  const odd = observations.all.filter(
    (each) => each.probe.phase === 'odd' && each.probe.asks.kind === 'other' && !isSilenced(observations, each),
  );
  const tallies = recoveries.map(({ what, probe }): AnswerTally => {
    const observation = observations.of(probe.key);
    if (!observation || odd.length === 0 || saysNothing(observation)) return silent;
    return recovered(observations, observation, what);
  });
  return verdictOf(tallies, 'answers', { reason: whyNothing(observations.all, observations.stopped) });
}

/** @param what the odd input before it */
function recovered(observations: Observations, observation: Observation, what: string): AnswerTally {
  const { blocker } = observations.ordinary;
  if (blocker !== undefined) return blockedBy(blocker);
  const expected = 'the list, with status 200';
  const hint = `Asked after ${what}.`;
  if (isUnlucky(observations, observation)) return blockedBy('envelope.status');
  if (observation.kind === 'failure') {
    const actual = words(`no answer: ${observation.cause.message}`);
    return departs(ofAnswer(observation, expected, actual, `${hint} Odd input ended the target.`));
  }
  if (observation.status !== 200) return departs(ofAnswer(observation, expected, value(observation.status), hint));
  // What a list says, and how it is framed, is judged with all others.
  if (!isUnrecovered(observation)) return conforms;
  const treatment = treatmentOf(observations, observation, expected);
  return treatment.kind === 'violation' ? departs({ ...treatment.violation, hint }) : conforms;
}

const whole = () => ({ names: 'all', exact: false }) as const;

/** One way to write the Accept or Accept-Encoding header of a request for the list. */
type AcceptVariant = { kind: string; title: string } & Pick<Probe, 'accept' | 'acceptEncoding'>;

function acceptVariants(): readonly Requirement[] {
  const variants = [
    { kind: 'json', accept: 'application/json', title: 'Accept: application/json gives the list' },
    { kind: 'any', accept: '*/*', title: 'Accept: */* gives the same list' },
    { kind: 'none', accept: null, title: 'a request without Accept gets the same list' },
    { kind: 'xml', accept: 'application/xml', title: 'Accept: application/xml gives the same list, or 406' },
    {
      kind: 'identity',
      accept: 'application/json',
      acceptEncoding: 'identity',
      title: 'Accept-Encoding: identity gives the same list, without a content coding',
    },
  ] as const satisfies readonly AcceptVariant[];
  return variants.map(({ title, kind, ...headers }): Requirement => {
    const probe = other(`robustness.accept.${kind}`, 'accept', headers);
    const isRefused = (observation: Observation | undefined) =>
      kind === 'xml' && observation?.kind === 'answer' && observation.status === 406;
    return {
      id: probe.key,
      level: 'SHOULD',
      title,
      clause: 'accept',
      source: kind === 'identity' ? 'RFC 9110 section 12.5.3 (Accept-Encoding)' : 'RFC 9110 section 12.5.1 (Accept)',
      needs: 'other requests',
      probes: () => [...theList(), probe],
      judge: (observations) => {
        const observation = observations.of(probe.key);
        if (isRefused(observation)) return verdictOf([conforms], 'answers', { reason: '' }, ['refused with 406']);
        const coded = observation && kind === 'identity' ? judgeIdentity(observations, observation) : undefined;
        const notList = coded ?? (observation && judgeAccept(observations, observation));
        return notList ?? judgeProbes(observations, [probe], whole);
      },
      askAgain: (observations) => probesToAskAgain(observations, [probe], whole),
    };
  });
}

/**
 * Whether an answer is none of status 200, and ordinary lists, before any input was odd, were none now and then either:
 * then neither Accept nor odd input is to blame.
 */
function isUnlucky({ all, lists }: Observations, observation: Observation): boolean {
  const isAnswered = (each: Observation) => each.kind === 'answer' && each.status === 200;
  const odd = all.find(({ probe }) => probe.phase === 'odd')?.step ?? Number.POSITIVE_INFINITY;
  return !isAnswered(observation) && lists.some((each) => each.step < odd && !isAnswered(each));
}

/** A content coding where none was accepted; ordinary lists that are wrongly coded are envelope.content-coding's. */
function judgeIdentity({ lists }: Observations, observation: Observation): Verdict | undefined {
  if (observation.kind === 'failure' || observation.status !== 200) return undefined;
  const tallied = (tally: AnswerTally) => verdictOf([tally], 'answers', { reason: '' });
  const codings = headerValues(observation.rawHeaders, 'content-encoding').filter(
    (text) => !/^(identity)?$/i.test(text),
  );
  const { codingProblem } = observation.facts;
  if (codings.length === 0 && codingProblem === undefined) return undefined;
  if (lists.some(({ facts }) => facts.codingProblem !== undefined))
    return tallied(blockedBy('envelope.content-coding'));
  const actual = codings.length > 0 ? value({ 'Content-Encoding': codings.join(', ') }) : words('a compressed body');
  return tallied(departs(ofAnswer(observation, 'a body without a content coding', actual)));
}

/** Where another Accept brings no list at all, though the ordinary one does, that is the departure. */
function judgeAccept(observations: Observations, observation: Observation): Verdict | undefined {
  if (observations.ordinary.blocker !== undefined || saysNothing(observation)) return undefined;
  if (isSilenced(observations, observation)) return undefined;
  const expected = 'the list that Accept: application/json gets';
  const tallied = (tally: AnswerTally) => verdictOf([tally], 'answers', { reason: '' });
  const fails = (violation: Violation) => tallied(departs(violation));
  if (isUnlucky(observations, observation)) return tallied(blockedBy('envelope.status'));
  if (observation.kind === 'answer' && observation.status !== 200) {
    return fails(ofAnswer(observation, expected, value(observation.status)));
  }
  const treatment = treatmentOf(observations, observation, expected);
  return treatment.kind === 'violation' ? fails(treatment.violation) : undefined;
}
