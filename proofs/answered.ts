import type { Observation } from '../harness/observation.ts';
import { createObservations, type Observations } from '../harness/observations.ts';
import { fullList, type Probe } from '../harness/probe.ts';
import { settings } from './observe-fault.ts';

/** What is seen of a target that answers one question, with status 200. */
export function answered(
  body: string | Uint8Array,
  rawHeaders: readonly string[] = ['content-type', 'application/json'],
  probe: Probe = fullList('first'),
): { observation: Observation; observations: Observations } {
  const observation: Observation = {
    probe,
    step: 1,
    timing: { startedAt: 0, milliseconds: 1 },
    attempts: 1,
    kind: 'answer',
    status: 200,
    rawHeaders,
    body: Buffer.from(body),
  };
  return { observation, observations: createObservations(settings, [observation]) };
}
