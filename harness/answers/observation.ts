import type { Answer, Failure, Timing } from '../http/answer.ts';
import type { Probe } from '../http/probe.ts';
import type { Body } from './body.ts';
import type { Facts } from './facts.ts';

/** An answer whose body was read: equal bodies are one, and what it says is told by its facts. */
export type ReadAnswer = Omit<Answer, 'body'> & { body: Body };

/** What a probe brought. */
export type Observation = {
  probe: Probe;
  /** The step of the plan in which it was asked; steps follow each other, probes of one step may run side by side. */
  step: number;
  timing: Timing;
  /** 1, or more where trouble was transient: clause `transient-trouble`. */
  attempts: number;
  /** The request id that the last attempt carried; none where the suite sends none. */
  requestId?: string;
  /** What the body says; of a failure there is nothing to know. */
  facts: Facts;
} & (ReadAnswer | Failure);
