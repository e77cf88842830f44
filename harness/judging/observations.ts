import type { Observation } from '../answers/observation.ts';
import type { Settings } from '../configuration/settings.ts';
import type { Contract } from '../contract/contract.ts';
import type { Texts } from '../json/texts.ts';
import type { AnswerTally } from './answer-tally.ts';

/** The properties that all ordinary lists share: answers to other requests are held to them. */
export type Ordinary = {
  /**
   * The envelope requirement that every unprojected list fails: answers to other requests are then not blamed for the
   * same. Undefined when one list is well answered.
   */
  blocker: string | undefined;
  /** The judges of a frame that every ordinary list passes. */
  kept: readonly ((observation: Observation) => AnswerTally)[];
};

/** Everything that a run has seen; what judges judge. */
export type Observations = {
  settings: Settings;
  /** The edition that they are held to. */
  contract: Contract;
  /** The values that facts refer to. */
  texts: Texts;
  /** Secrets that the answers themselves hold. In memory only. */
  secrets: ReadonlySet<string>;
  /** In the order of the plan's steps. */
  all: readonly Observation[];
  /**
   * Different answers of 429 and 503 that were retried. They are searched for secrets and internals, and not judged
   * otherwise.
   */
  turnedAway?: readonly Observation[];
  /** Why some probes were not asked, where the run had to stop asking. */
  stopped: string | null;
  /** Whether somebody wrote between the readings: then it is not judged whether reading changes the inventory. */
  isWritten?: boolean;
  of(key: string): Observation | undefined;
  /**
   * All answers to defined list requests, projected ones, those to the second project and the one after odd input
   * included: every answer counts (clause `every-answer-counts`). Those that say nothing about the contract are left
   * out (clause `transient-trouble`), and so are those over a limit of the suite's own, and refusals that another
   * requirement judges.
   */
  lists: readonly Observation[];
  /** Why no answer to a list request could be judged; null where one could. */
  unjudged: string | null;
  /** Those of the first project's unprojected list: what another project has is not compared with it. */
  fullLists: readonly Observation[];
  /** The properties that all ordinary lists share. */
  ordinary: Ordinary;
};

/** The observations of a run, before they are put in order. */
export type Seen = Pick<
  Observations,
  'settings' | 'contract' | 'texts' | 'secrets' | 'all' | 'stopped' | 'isWritten' | 'turnedAway'
>;

/**
 * Whether a request that only a convention defines was refused: the convention's requirement says so, not the page's.
 */
export function isConventionRefused(observation: Observation): boolean {
  const { asks } = observation.probe;
  if (asks.kind !== 'list' || !asks.byConvention || observation.kind === 'failure') return false;
  return observation.status >= 400 && observation.status < 500;
}

/**
 * Whether an observation says nothing about the target: a 429 that outlasted the retries (clause `transient-trouble`),
 * or an answer that the suite's own client cannot read though RFC 9110 section 15.2 allows it.
 */
export function saysNothing(observation: Observation): boolean {
  return observation.kind === 'answer' ? observation.status === 429 : observation.cause.kind === 'continued';
}

/** Why nothing could be judged, where all that was asked says nothing. */
export function whyNothing(all: readonly Observation[], stopped: string | null): string {
  const isUnread = all.some((observation) => observation.kind === 'failure' && saysNothing(observation));
  const isBusy = all.some((observation) => observation.kind === 'answer' && saysNothing(observation));
  const busy = 'every answer was 429 Too Many Requests, after the retries too';
  return stopped ?? (isUnread ? unreadable : isBusy ? busy : 'it was not asked');
}

const unreadable = 'the client of the suite cannot read an answer that 100 Continue precedes';
