import type { Observation } from '../harness/observation.ts';
import { isUnrecovered, type Observations, saysNothing, whyNothing } from '../harness/observations.ts';
import { fullList, other, type Probe } from '../harness/probe.ts';
import type { Requirement } from '../harness/requirement.ts';
import { type Verdict, type Violation, value, words } from '../harness/verdict.ts';
import { judgeProbes, probesToAskAgain } from './against-lists.ts';
import { blockerOfAll } from './envelope.ts';
import { treatmentOf } from './list-or-refusal.ts';
import { type OddPlace, oddKinds, oddProbes, places } from './odd-input.ts';
import { isSilenced } from './silence.ts';
import { type AnswerTally, blockedBy, conforms, departs, silent, verdictOf } from './tally.ts';

const source = 'RFC 9110 section 15.5 and section 15.6: a client error is a 4xx, never a 5xx';

const inWords: Readonly<Record<OddPlace, string>> = { fields: 'in fields', parameter: 'in an unknown parameter' };

/** An ordinary request after the odd ones. */
const recoveryProbe = { ...fullList('recovery', 'recovery'), key: 'robustness.recovery' };

/** Odd input, and variants of Accept: contract clause 22. */
export const robustness: readonly Requirement[] = [
  ...places.flatMap((place) =>
    oddKinds.map(
      ({ kind, what }): Requirement => ({
        id: `robustness.${kind}.${place}`,
        level: 'SHOULD',
        title: `${what} ${inWords[place]}: the answer is a list or a 4xx`,
        source,
        probes: ({ seed }) => [...oddProbes(seed, kind, place), recoveryProbe],
        judge: (observations) => judgeOdd(observations, oddProbes(observations.settings.seed, kind, place)),
      }),
    ),
  ),
  {
    id: 'robustness.recovery',
    level: 'SHOULD',
    title: 'an ordinary request succeeds after odd input',
    source,
    probes: ({ seed }) => [
      ...places.flatMap((place) => oddKinds.flatMap(({ kind }) => oddProbes(seed, kind, place))),
      recoveryProbe,
    ],
    judge: judgeRecovery,
  },
  ...acceptVariants(),
];

function judgeOdd(observations: Observations, probes: readonly Probe[]): Verdict {
  const tallies = probes.map((probe): AnswerTally => {
    const observation = observations.of(probe.key);
    if (!observation || saysNothing(observation)) return silent;
    // The target is gone already: what ended it is to blame, not this.
    if (observation.kind === 'failure' && observation.cause.kind === 'refused') return blockedBy('robustness.recovery');
    const treatment = treatmentOf(observations, observation);
    if (treatment.kind === 'blocked') return blockedBy(treatment.by);
    return treatment.kind === 'violation' ? departs(treatment.violation) : conforms;
  });
  return verdictOf(tallies, 'answers', { reason: whyNothing(observations.all, observations.stopped) });
}

function judgeRecovery(observations: Observations): Verdict {
  const observation = observations.of(recoveryProbe.key);
  // Odd input that a silent target was sent shows nothing.
  const odd = observations.all.filter((each) => each.probe.phase === 'odd' && !isSilenced(observations, each));
  if (!observation || odd.length === 0 || saysNothing(observation)) {
    return { kind: 'inconclusive', reason: whyNothing(observations.all, observations.stopped) };
  }
  return verdictOf([recovered(observations, observation)], 'answers', { reason: '' });
}

function recovered(observations: Observations, observation: Observation): AnswerTally {
  const blocker = blockerOfAll(observations);
  if (blocker !== undefined) return blockedBy(blocker);
  const expected = 'the list, with status 200';
  if (observation.kind === 'failure') {
    const actual = words(`no answer: ${observation.cause.message}`);
    return departs({ observation, pointer: '', expected, actual, hint: 'Odd input ended the target.' });
  }
  if (observation.status !== 200)
    return departs({ observation, pointer: '', expected, actual: value(observation.status) });
  // What a list says, and how it is framed, is judged with all others.
  if (!isUnrecovered(observations.read(observation))) return conforms;
  const treatment = treatmentOf(observations, observation, expected);
  return treatment.kind === 'violation' ? departs(treatment.violation) : conforms;
}

const whole = () => ({ names: 'all', exact: false }) as const;

function acceptVariants(): readonly Requirement[] {
  const variants = [
    { kind: 'json', accept: 'application/json', title: 'Accept: application/json gives the list' },
    { kind: 'any', accept: '*/*', title: 'Accept: */* gives the same list' },
    { kind: 'none', accept: null, title: 'a request without Accept gets the same list' },
    { kind: 'xml', accept: 'application/xml', title: 'Accept: application/xml gives the same list, or 406' },
  ] as const;
  return variants.map(({ kind, accept, title }): Requirement => {
    const probe = other(`robustness.accept.${kind}`, 'accept', { accept });
    const isRefused = (observation: Observation | undefined) =>
      kind === 'xml' && observation?.kind === 'answer' && observation.status === 406;
    return {
      id: probe.key,
      level: 'SHOULD',
      title,
      source: 'RFC 9110 section 12.5.1 (Accept)',
      probes: () => [fullList('first'), probe],
      judge: (observations) => {
        const observation = observations.of(probe.key);
        if (isRefused(observation)) return verdictOf([conforms], 'answers', { reason: '' }, ['refused with 406']);
        const notList = observation && judgeAccept(observations, observation);
        return notList ?? judgeProbes(observations, [probe], whole);
      },
      askAgain: (observations) => probesToAskAgain(observations, [probe], whole),
    };
  });
}

/** Whether every list that the contract defines came with status 200. */
function allAnswered({ lists }: Observations): boolean {
  return lists.every(({ observation }) => observation.kind === 'answer' && observation.status === 200);
}

/** Where another Accept brings no list at all, though the ordinary one does, that is the departure. */
function judgeAccept(observations: Observations, observation: Observation): Verdict | undefined {
  if (blockerOfAll(observations) !== undefined || saysNothing(observation)) return undefined;
  if (isSilenced(observations, observation)) return undefined;
  const expected = 'the list that Accept: application/json gets';
  const tallied = (tally: AnswerTally) => verdictOf([tally], 'answers', { reason: '' });
  const fails = (violation: Violation) => tallied(departs(violation));
  // Where ordinary lists come now and then, Accept is not to blame.
  const isUnlucky = observation.kind === 'failure' || observation.status !== 200;
  if (isUnlucky && !allAnswered(observations)) return tallied(blockedBy('envelope.status'));
  if (observation.kind === 'answer' && observation.status !== 200) {
    return fails({ observation, pointer: '', expected, actual: value(observation.status) });
  }
  const treatment = treatmentOf(observations, observation, expected);
  return treatment.kind === 'violation' ? fails(treatment.violation) : undefined;
}
