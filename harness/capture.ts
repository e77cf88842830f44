import type { Observation } from './observation.ts';
import { createObservations, type Observations } from './observations.ts';
import { fullList } from './probe.ts';
import { isObject, wrapper } from './reading.ts';
import type { Settings } from './settings.ts';

/** The member that holds the answer to a request for one connection. */
const single = 'ipsec_site_connection';

/** What a captured body is: a list as it was answered, or the answer to a request for one connection. */
export type Capture = { observations: Observations; shape: 'list' | 'single' };

/**
 * Takes a captured body for the answer to one request for the list. A single connection is judged as the only element
 * of one.
 * @param bytes the body as it was captured
 */
export function captureOf(bytes: Uint8Array, settings: Settings): Capture {
  const { body, shape } = asList(bytes);
  const observation: Observation = {
    probe: fullList('first'),
    step: 1,
    timing: { startedAt: 0, milliseconds: 0 },
    attempts: 1,
    kind: 'answer',
    status: 200,
    rawHeaders: ['Content-Type', 'application/json'],
    body,
  };
  return { observations: createObservations(settings, [observation]), shape };
}

function asList(bytes: Uint8Array): { body: Uint8Array; shape: Capture['shape'] } {
  try {
    const document: unknown = JSON.parse(Buffer.from(bytes).toString());
    if (isObject(document) && isObject(document[single]) && !(wrapper in document)) {
      return { body: Buffer.from(JSON.stringify({ [wrapper]: [document[single]] })), shape: 'single' };
    }
  } catch {
    // What is no JSON is judged as it is.
  }
  return { body: bytes, shape: 'list' };
}
