import type { Observation } from '../answers/observation.ts';
import type { AnswerTally } from './answer-tally.ts';
import { type Observations, saysNothing } from './observations.ts';
import { verdictOf } from './tally.ts';
import type { Verdict } from './verdict.ts';

/** The verdict over some answers, whatever was asked; those that say nothing about the contract are left out. */
export function overAnswers(
  observations: Observations,
  answers: readonly Observation[],
  judge: (observation: Observation, observations: Observations) => AnswerTally,
): Verdict {
  return overAll(
    observations,
    answers.filter((observation) => !saysNothing(observation)),
    judge,
  );
}

/**
 * The verdict over every answer of a run: also over those that were retried, and those that say nothing about the
 * contract.
 */
export function overEveryAnswer(
  observations: Observations,
  judge: (observation: Observation, observations: Observations) => AnswerTally,
): Verdict {
  return overAll(observations, [...observations.all, ...(observations.turnedAway ?? [])], judge);
}

function overAll(
  observations: Observations,
  judged: readonly Observation[],
  judge: (observation: Observation, observations: Observations) => AnswerTally,
): Verdict {
  const reason = observations.stopped ?? 'there was no answer to judge';
  return verdictOf(
    judged.map((observation) => judge(observation, observations)),
    'answers',
    { reason },
  );
}
