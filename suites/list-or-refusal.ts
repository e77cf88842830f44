import { type Answer, headerValues, type Observation } from '../harness/observation.ts';
import type { Observations } from '../harness/observations.ts';
import { isObject } from '../harness/reading.ts';
import { type Violation, value, words } from '../harness/verdict.ts';
import { blockerOfAll, blockerOfElements, frameDeparture, saysJson } from './envelope.ts';
import { isOutOfService, isSilenced } from './silence.ts';

type Answered = Observation & Answer;

/** How a target took a request that no clause defines. */
export type Treatment =
  | { kind: 'list'; elements: readonly unknown[] }
  | { kind: 'refused'; status: number }
  /** It is no list, but neither is what an ordinary request gets. */
  | { kind: 'blocked'; by: string }
  | { kind: 'violation'; violation: Violation };

/**
 * Whether an undefined or odd request was taken well: a 2xx that is a list as ordinary ones are, or any 4xx; what is
 * labelled JSON parses (contract clauses 5, 11 and 22). Not so: a 5xx, a redirect, a hang, something unparseable.
 * @param expected in words, for a violation
 */
export function treatmentOf(
  observations: Observations,
  observation: Observation,
  expected = 'a list with status 2xx, or a refusal with status 4xx',
): Treatment {
  const departs = (actual: Violation['actual']): Treatment => ({
    kind: 'violation',
    violation: { observation, pointer: '', expected, actual },
  });
  if (observation.kind === 'failure') {
    return isSilenced(observations, observation)
      ? { kind: 'blocked', by: 'envelope.status' }
      : departs(words(`no answer: ${observation.cause.message}`));
  }
  const { status } = observation;
  if (isOutOfService(observations, observation)) return { kind: 'blocked', by: 'envelope.status' };
  if (status >= 500 || status < 200 || (status >= 300 && status < 400)) return departs(value(status));
  return status >= 400 ? refusal(observations, observation, departs) : listOf(observations, observation, departs);
}

type Departs = (actual: Violation['actual']) => Treatment;

function refusal(observations: Observations, observation: Answered, departs: Departs): Treatment {
  const { status, cut } = observation;
  if (cut) return departs(words(`status ${status}, but the body did not come whole: ${cut.message}`));
  if (!isMislabelled(observations, observation)) return { kind: 'refused', status };
  // A target that writes no refusal well is blamed where it refuses an ordinary request.
  const ordinary = observations.all.filter(
    ({ probe }) => probe.method === 'GET' && (probe.phase === 'errors' || probe.phase === 'credentials'),
  );
  if (ordinary.some((each) => isMislabelled(observations, each))) return { kind: 'blocked', by: 'errors.json-body' };
  const what = observation.body.length === 0 ? 'an empty body' : 'a body';
  return departs(words(`status ${status} with ${what} that is labelled JSON and is none`));
}

/** Whether an answer is a 4xx whose label says JSON and whose body, maybe empty, is none. */
function isMislabelled(observations: Observations, observation: Observation): boolean {
  if (observation.kind === 'failure' || observation.status < 400 || observation.status >= 500) return false;
  const { json, overLimit } = observations.read(observation);
  return headerValues(observation.rawHeaders, 'content-type').some(saysJson) && !json?.ok && overLimit === undefined;
}

function listOf(observations: Observations, observation: Answered, departs: Departs): Treatment {
  const { status, cut } = observation;
  const reading = observations.read(observation);
  const { overLimit, json, elements } = reading;
  if (overLimit !== undefined) return { kind: 'blocked', by: blockerOfElements(reading) as string };
  const blocker = blockerOfAll(observations);
  if (blocker !== undefined && !elements?.every(isObject)) return { kind: 'blocked', by: blocker };
  if (cut && !json?.ok) return departs(words(`status ${status}, but the body did not come whole: ${cut.message}`));
  if (!json?.ok) return departs(words(`status ${status} with a body that is no JSON`));
  if (!elements?.every(isObject)) return departs(words(`status ${status} with a body that is no list of connections`));
  const violation = frameDeparture(observations, reading);
  return violation === undefined ? { kind: 'list', elements } : { kind: 'violation', violation };
}
