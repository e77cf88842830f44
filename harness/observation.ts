import type { Probe } from './probe.ts';

/** Why there was no answer, or no whole answer. */
export type NetworkCause = {
  kind:
    | 'refused'
    | 'unresolved'
    | 'unreachable'
    | 'tls'
    | 'proxy'
    | 'timeout'
    | 'closed'
    | 'broken-off'
    | 'malformed'
    | 'too-large'
    | 'continued'
    | 'other';
  /** Our own words. */
  message: string;
};

export type Timing = { startedAt: number; milliseconds: number };

/** One answer as it came: nothing is parsed. `cut` says why the body ended before its announced end. */
export type Answer = {
  kind: 'answer';
  status: number;
  /** Names and values in turn, in the order of the wire. */
  rawHeaders: readonly string[];
  body: Uint8Array;
  cut?: NetworkCause;
};

export type Failure = { kind: 'failure'; cause: NetworkCause };

/** What a probe brought. */
export type Observation = {
  probe: Probe;
  /** The step of the plan in which it was asked; steps follow each other, probes of one step may run side by side. */
  step: number;
  timing: Timing;
  /** 1, or more where trouble was transient: contract clause 17. */
  attempts: number;
} & (Answer | Failure);

/** All values of a header, in order; the name in any case. */
export function headerValues(rawHeaders: readonly string[], name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return rawHeaders.flatMap((text, index) =>
    index % 2 === 0 && text.toLowerCase() === wanted ? [rawHeaders[index + 1] ?? ''] : [],
  );
}
