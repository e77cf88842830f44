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
import type { Ordinary } from './observations.ts';
import { isDeparting } from './tally.ts';
import type { Violation } from './verdict.ts';

/** The judges of a list's frame, beyond its being a list. */
const ofFrame: Ordinary['kept'] = [
  judgeComplete,
  judgeCoding,
  judgeContentType,
  judgeEncoding,
  (observation) => judgeBlemish(observation, 'duplicates'),
  (observation) => judgeBlemish(observation, 'loneSurrogates'),
];

/** Finds the properties that the lists of a run share. @param fullLists the unprojected ones of these */
export function ordinaryOf(lists: readonly Observation[], fullLists: readonly Observation[]): Ordinary {
  const blockers = fullLists.map(listBlocker);
  return {
    blocker: blockers.includes(undefined) ? undefined : blockers[0],
    kept: ofFrame.filter((judge) => lists.every((list) => !isDeparting(judge(list)))),
  };
}

function listBlocker(observation: Observation): string | undefined {
  if (observation.kind === 'answer' && observation.status !== 200) return 'envelope.status';
  return blockerOfElements(observation) ?? (isListOfObjects(observation) ? undefined : 'envelope.elements');
}

/**
 * The first departure of an answer from the frame that all ordinary lists keep. Where ordinary lists depart too, an
 * envelope requirement says so already.
 */
export function frameDeparture({ kept }: Ordinary, observation: Observation): Violation | undefined {
  return kept.map((judge) => judge(observation).departures?.violations[0]).find((violation) => violation !== undefined);
}
