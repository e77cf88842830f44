import type { Phase } from '../probes/probe.ts';

/** How far the asking is. */
export type Progress = {
  phase: Phase;
  /** Requests that were answered, or failed. */
  asked: number;
  /** Requests that are planned; what departs is asked again, so that there may be more. */
  planned: number;
  /** The mean time of an answer so far, in milliseconds. */
  meanMilliseconds: number;
  /** Since the first request, in milliseconds: of those side by side, each took its time at the same time. */
  elapsedMilliseconds: number;
};

/** Is told how far the asking is, and what it waits for. */
export type ProgressListener = {
  advanced(progress: Progress): void;
  /** @param milliseconds how long the target asked to be left alone, after a 429 or 503 */
  waiting(milliseconds: number): void;
};

/** Tells nobody. */
export const silentProgress: ProgressListener = { advanced() {}, waiting() {} };
