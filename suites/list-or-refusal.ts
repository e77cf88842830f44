import { headerValues, type Observation } from '../harness/observation.ts';
import type { Observations } from '../harness/observations.ts';
import { isObject } from '../harness/reading.ts';
import { type Violation, value, words } from '../harness/verdict.ts';
import { blockerOfAll, blockerOfElements, isJsonType } from './envelope.ts';
import { isSilenced } from './silence.ts';

/** How a target took a request that no clause defines. */
export type Treatment =
  | { kind: 'list'; elements: readonly unknown[] }
  | { kind: 'refused'; status: number }
  /** It is no list, but neither is what an ordinary request gets. */
  | { kind: 'blocked'; by: string }
  | { kind: 'violation'; violation: Violation };

/**
 * Whether an undefined or odd request was taken well: a 2xx that is a list, or any 4xx; what is labelled JSON parses
 * (contract clauses 11 and 22). Not so: a 5xx, a redirect, a hang, something unparseable.
 */
export function treatmentOf(observations: Observations, observation: Observation): Treatment {
  const expected = 'a list with status 2xx, or a refusal with status 4xx';
  const departs = (actual: Violation['actual'], hint?: string): Treatment => ({
    kind: 'violation',
    violation: { observation, pointer: '', expected, actual, ...(hint === undefined ? {} : { hint }) },
  });
  if (observation.kind === 'failure') {
    return isSilenced(observations, observation)
      ? { kind: 'blocked', by: 'envelope.status' }
      : departs(words(`no answer: ${observation.cause.message}`));
  }
  const { status, cut, rawHeaders } = observation;
  if (status >= 500 || status < 200 || (status >= 300 && status < 400)) return departs(value(status));
  if (cut) return departs(words(`status ${status}, but the body did not come whole: ${cut.message}`));
  const reading = observations.read(observation);
  if (reading.overLimit !== undefined) return { kind: 'blocked', by: blockerOfElements(reading) as string };
  const { json, elements } = reading;
  const labelled = headerValues(rawHeaders, 'content-type').some(isJsonType);
  if (status >= 400) {
    const unparseable = labelled && observation.body.length > 0 && !json?.ok;
    return unparseable
      ? departs(words(`status ${status} with a body that is labelled JSON and is none`))
      : { kind: 'refused', status };
  }
  const blocker = blockerOfAll(observations);
  if (blocker !== undefined && !elements?.every(isObject)) return { kind: 'blocked', by: blocker };
  if (!json?.ok) return departs(words(`status ${status} with a body that is no JSON`));
  if (!elements?.every(isObject)) return departs(words(`status ${status} with a body that is no list of connections`));
  return { kind: 'list', elements };
}
