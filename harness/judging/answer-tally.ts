import type { Collection } from './departure-groups.ts';

/** The tally of one answer for one requirement; answers that are alike may share theirs. */
export type AnswerTally = {
  /** How much of it could be judged. */
  judged: number;
  /** The departures among them; none where there is no collection. */
  departures?: Collection;
  /** The different values that depart, as many as are kept. */
  distinct?: readonly { value: unknown; count: number }[];
  /** How much could not be judged, by the id of the requirement whose failure is the reason. */
  blocked?: ReadonlyMap<string, number>;
};
