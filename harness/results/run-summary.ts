import type { Level } from '../contract/level.ts';
import type { StaleWaiver } from '../gating/waivers.ts';
import type { Coverage } from './coverage.ts';

/** What a run says of itself, beside its results. */
export type RunSummary = {
  /** Scheme, host, port and base path; or the file that was judged. */
  target: string;
  kind: 'target' | 'embedded' | 'file';
  settings: {
    gate: Level;
    requireEvidence: boolean;
    seed: number;
    concurrency: number;
    timeoutMilliseconds: number;
    bodyLimitMebibytes: number;
    /** The waiver files. */
    waivers: readonly string[];
  };
  /** Milliseconds since the epoch, UTC. */
  startedAt: number;
  requests: number;
  retries: number;
  freshConnections: number;
  /** Milliseconds spent observing, and of these waiting because the target asked for it. */
  milliseconds: number;
  waited: number;
  /** The longest wait of a whole run, where it kept a 429 or 503 from being asked again; null where it did not. */
  waitBound: number | null;
  /** How many requests were asked again because the token had expired and was renewed; null where it was not. */
  renewed: number | null;
  /** Elements of the first full list; null where there was none. */
  connections: number | null;
  /** The first list announced more pages. */
  paged: boolean;
  /** What was captured, where a captured body was judged and no target. */
  capture: 'list' | 'single' | null;
  coverage: Coverage;
  /** Lines of the waiver files that excuse nothing. */
  staleWaivers: readonly StaleWaiver[];
  /** Whether these fail the run. */
  staleFails: boolean;
  /** Members that the page does not know, by their path: drift. */
  undocumented: readonly string[];
};
