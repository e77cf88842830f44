import type { Answer, Failure, Timing } from '../http/answer.ts';
import type { Probe } from '../probes/probe.ts';
import type { Body } from './body.ts';
import type { Facts } from './facts.ts';

/** An answer whose body was read: equal bodies are one, and what it says is told by its facts. */
export type ReadAnswer = Omit<Answer, 'body'> & { body: Body };

/** One probe with the answer or the network failure that it brought. */
export type Observation = {
  probe: Probe;
  /** The step of the plan in which it was asked; steps follow each other, probes of one step may run side by side. */
  step: number;
  timing: Timing;
  /** 1, or more where trouble was transient: clause `transient-trouble`. */
  attempts: number;
  /** The request id that the last attempt carried; none where the suite sends none. */
  requestId?: string;
  /** The facts of the body; of a network failure there are none. */
  facts: Facts;
} & (ReadAnswer | Failure);
