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
  /** The code of the lower layer's error, where it has one. */
  code?: string;
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

/** All values of a header, in order; the name in any case. */
export function headerValues(rawHeaders: readonly string[], name: string): readonly string[] {
  const wanted = name.toLowerCase();
  const values: string[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const found = rawHeaders[at] as string;
    if (found.length === wanted.length && found.toLowerCase() === wanted) values.push(rawHeaders[at + 1] ?? '');
  }
  return values;
}
