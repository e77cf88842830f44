import type { Level } from '../harness/verdict.ts';

/** What a run says of itself, beside its results. */
export type RunSummary = {
  /** Scheme, host, port and base path. */
  target: string;
  embedded: boolean;
  gate: Level;
  requireEvidence: boolean;
  seed: number;
  requests: number;
  retries: number;
  freshConnections: number;
  /** Milliseconds spent observing, and of these waiting because the target asked for it. */
  milliseconds: number;
  waited: number;
  /** Elements of the first full list; null where there was none. */
  connections: number | null;
  /** The first list announced more pages. */
  paged: boolean;
  /** Members that the page does not know, by their path: drift. */
  undocumented: readonly string[];
};
