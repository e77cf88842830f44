import type { Answer, Failure } from './answer.ts';
import type { Probe } from './probe.ts';

/** One attempt at a probe: what came, and whether the connection had served another request before. */
export type Exchange = { reusedSocket: boolean } & (Answer | Failure);

/** Asks a probe once. It never throws: trouble of the network is a failure. */
export type Transport = (probe: Probe) => Promise<Exchange>;
