import type { Observation } from '../answers/observation.ts';
import {
  blockerOfElements,
  isListOfObjects,
  judgeBlemish,
  judgeCoding,
  judgeComplete,
  judgeContentType,
  judgeEncoding,
} from './frame.ts';
import { type AnswerTally, isDeparting } from './tally.ts';
import type { Violation } from './verdict.ts';

/** What all ordinary lists have in common: what other requests get is held to it. */
export type Ordinary = {
  /**
   * The envelope requirement that no ordinary list meets, where none does: what other requests then get is not theirs
   * to answer for. Undefined when one list is well answered.
   */
  blocker: string | undefined;
  /** What is right in the frame of every ordinary list. */
  kept: readonly ((observation: Observation) => AnswerTally)[];
};

/** What the frame of a list owes beyond being one. */
const ofFrame: Ordinary['kept'] = [
  judgeComplete,
  judgeCoding,
  judgeContentType,
  judgeEncoding,
  (observation) => judgeBlemish(observation, 'duplicates'),
  (observation) => judgeBlemish(observation, 'loneSurrogates'),
];

/** What the lists of a run have in common. @param fullLists the unprojected ones of these */
export function ordinaryOf(lists: readonly Observation[], fullLists: readonly Observation[]): Ordinary {
  const blockers = fullLists.map(blockerOf);
  return {
    blocker: blockers.includes(undefined) ? undefined : blockers[0],
    kept: ofFrame.filter((judge) => lists.every((list) => !isDeparting(judge(list)))),
  };
}

function blockerOf(observation: Observation): string | undefined {
  if (observation.kind === 'answer' && observation.status !== 200) return 'envelope.status';
  return blockerOfElements(observation) ?? (isListOfObjects(observation) ? undefined : 'envelope.elements');
}

/**
 * What is wrong with the frame of an answer that no clause defines, though it is right in every ordinary list: where
 * those depart alike, an envelope requirement says so already.
 */
export function frameDeparture({ kept }: Ordinary, observation: Observation): Violation | undefined {
  return kept.map((judge) => judge(observation).departures?.violations[0]).find((violation) => violation !== undefined);
}
