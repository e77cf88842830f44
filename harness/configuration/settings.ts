import type { Access } from './access.ts';
import type { KnownConnection } from './known-connections.ts';

/** The part of the configuration that probes and judges may know. */
export type Settings = {
  /** The scheme, host and port of the target. */
  origin: string;
  /**
   * Whether the user gave a token, and a second one of another project; whether the first one's letter case matters.
   */
  credentials: { first: boolean; second: boolean; caseSensitive: boolean };
  /** Ids or names of connections that were created without the values that have defaults. */
  defaultsConnections: readonly string[];
  /** Connections and the values that they were created with. */
  knownConnections: readonly KnownConnection[];
  /** Drives every random choice of a run. */
  seed: number;
  concurrency: number;
  timeoutMilliseconds: number;
  /** In bytes, after decoding. */
  bodyLimit: number;
  /** Credentials that an answer must not repeat; in memory only. */
  secrets: readonly string[];
  /** How requests reach the target, for the command that repeats one. */
  access: Access;
};
