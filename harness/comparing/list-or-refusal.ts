import type { Observation, ReadAnswer } from '../answers/observation.ts';
import { headerValues } from '../http/answer.ts';
import { blockerOfElements, isListOfObjects, saysJson } from '../judging/frame.ts';
import type { Observations } from '../judging/observations.ts';
import { frameDeparture } from '../judging/ordinary.ts';
import { isOutOfService, isSilenced } from '../judging/silence.ts';
import { type Violation, value, words } from '../judging/verdict.ts';
import type { ListFacts } from '../lists/list-facts.ts';

type Answered = Observation & ReadAnswer;

/** How a target took a request that no clause defines. */
export type Treatment =
  | { kind: 'list'; list: ListFacts }
  | { kind: 'refused'; status: number }
  /** It is no list; but ordinary requests get none either. */
  | { kind: 'blocked'; by: string }
  | { kind: 'violation'; violation: Violation };

/**
 * Whether an undefined or odd request was taken well: a 2xx that is a list as ordinary ones are, or any 4xx; what is
 * labelled JSON parses (clauses `envelope`, `undefined-names` and `odd-input`). Not so: a 5xx, a redirect, a hang,
 * something unparseable.
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
  return status >= 400 ? treatRefusal(observations, observation, departs) : listOf(observations, observation, departs);
}

type Departs = (actual: Violation['actual']) => Treatment;

function treatRefusal(observations: Observations, observation: Answered, departs: Departs): Treatment {
  const { status, cut } = observation;
  if (cut) return departs(words(`status ${status}, but the body did not come whole: ${cut.message}`));
  if (!isMislabelled(observation)) return { kind: 'refused', status };
  // A target that writes no refusal well is blamed where it refuses an ordinary request.
  const ordinary = observations.all.filter(
    ({ probe }) => probe.method === 'GET' && (probe.phase === 'errors' || probe.phase === 'credentials'),
  );
  if (ordinary.some(isMislabelled)) return { kind: 'blocked', by: 'errors.json-body' };
  const what = observation.body.size === 0 ? 'an empty body' : 'a body';
  return departs(words(`status ${status} with ${what} that is labelled JSON and is none`));
}

/** Whether an answer is a 4xx whose label says JSON and whose body, maybe empty, is none. */
function isMislabelled(observation: Observation): boolean {
  if (observation.kind === 'failure' || observation.status < 400 || observation.status >= 500) return false;
  const { json, overLimit } = observation.facts;
  return headerValues(observation.rawHeaders, 'content-type').some(saysJson) && !json?.ok && overLimit === undefined;
}

function listOf({ ordinary }: Observations, observation: Answered, departs: Departs): Treatment {
  const { status, cut } = observation;
  const { overLimit, json, list } = observation.facts;
  if (overLimit !== undefined) return { kind: 'blocked', by: blockerOfElements(observation) as string };
  if (ordinary.blocker !== undefined && !isListOfObjects(observation)) return { kind: 'blocked', by: ordinary.blocker };
  if (cut && !json?.ok) return departs(words(`status ${status}, but the body did not come whole: ${cut.message}`));
  if (!json?.ok) return departs(words(`status ${status} with a body that is no JSON`));
  if (!list || !isListOfObjects(observation)) {
    return departs(words(`status ${status} with a body that is no list of connections`));
  }
  const violation = frameDeparture(ordinary, observation);
  return violation === undefined ? { kind: 'list', list } : { kind: 'violation', violation };
}
