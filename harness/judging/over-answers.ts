import type { Observation } from '../answers/observation.ts';
import { type Observations, saysNothing } from './observations.ts';
import { type AnswerTally, verdictOf } from './tally.ts';
import type { Verdict } from './verdict.ts';

/** The verdict over some answers, whatever was asked; those that say nothing about the contract are left out. */
export function overAnswers(
  observations: Observations,
  answers: readonly Observation[],
  judge: (observation: Observation, observations: Observations) => AnswerTally,
): Verdict {
  const judged = answers.filter((observation) => !saysNothing(observation));
  const reason = observations.stopped ?? 'there was no answer to judge';
  return verdictOf(
    judged.map((observation) => judge(observation, observations)),
    'answers',
    { reason },
  );
}
