import type { Observation } from './observation.ts';
import { type Reading, read } from './reading.ts';
import type { Settings } from './settings.ts';

/** Everything that a run has seen; what judges judge. */
export type Observations = {
  settings: Settings;
  /** In the order of the plan's steps. */
  all: readonly Observation[];
  /** Why some probes were not asked, where the run had to stop asking. */
  stopped: string | null;
  of(key: string): Observation | undefined;
  read(observation: Observation): Reading;
  /**
   * The readings of all answers to defined list requests, projected ones included: every answer counts (clause 16).
   * Those that stayed 429 say nothing about the contract and are left out (clause 17), and so are those over a limit
   * of the suite's own.
   */
  lists: readonly Reading[];
  /** Why no answer to a list request could be judged; null where one could. */
  unjudged: string | null;
  /** Those of the unprojected list. */
  fullLists: readonly Reading[];
};

/** Makes the judges' view of what was observed. */
export function createObservations(
  settings: Settings,
  all: readonly Observation[],
  stopped: string | null = null,
): Observations {
  const byKey = new Map(all.map((observation) => [observation.probe.key, observation]));
  const readOne = (observation: Observation) => read(observation, settings.bodyLimit);
  const lists = all.filter(
    (observation) =>
      observation.probe.asks.kind === 'list' && !isRefusedForNow(observation) && !isConventionRefused(observation),
  );
  const allReadings = lists.map(readOne);
  const readings = allReadings.filter(({ overLimit }) => overLimit === undefined);
  const tooLarge = allReadings.find(({ overLimit }) => overLimit !== undefined)?.overLimit;
  const unjudged = readings.length > 0 ? null : (stopped ?? tooLarge ?? 'every answer was 429 Too Many Requests');
  return {
    settings,
    all,
    stopped,
    of: (key) => byKey.get(key),
    read: readOne,
    lists: readings,
    unjudged,
    fullLists: readings.filter(({ observation: { probe } }) => probe.asks.kind === 'list' && probe.asks.names === null),
  };
}

/** Whether a request that only a convention defines was refused: the convention's requirement says so, not the page's. */
export function isConventionRefused(observation: Observation): boolean {
  const { asks } = observation.probe;
  if (asks.kind !== 'list' || !asks.byConvention || observation.kind === 'failure') return false;
  return observation.status >= 400 && observation.status < 500;
}

/** Whether an answer is a 429 that outlasted the retries: neither for nor against the target. */
export function isRefusedForNow(observation: Observation): boolean {
  return observation.kind === 'answer' && observation.status === 429;
}
