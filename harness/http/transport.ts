import type { Probe } from '../probes/probe.ts';
import type { Answer, Failure } from './answer.ts';

/**
 * One attempt at a probe: what came, whether the connection had served another request before, and the request id that
 * the attempt carried, where it carried one.
 */
export type Exchange = { reusedSocket: boolean; requestId?: string } & (Answer | Failure);

/** Asks a probe once. It never throws: trouble of the network is a failure. */
export type Transport = (probe: Probe) => Promise<Exchange>;
