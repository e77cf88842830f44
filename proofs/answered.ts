import { createAnswerReader } from '../harness/answers/answer-reader.ts';
import { createBodies } from '../harness/answers/body.ts';
import type { Observation } from '../harness/answers/observation.ts';
import { createShownBodies, type ShownBodies } from '../harness/answers/shown-bodies.ts';
import { contract } from '../harness/contract/editions.ts';
import { createObservations } from '../harness/judging/create-observations.ts';
import type { Observations } from '../harness/judging/observations.ts';
import { fullList, type Probe } from '../harness/probes/probe.ts';
import { settings } from './observe-fault.ts';

/** The observations of a target that answers one question, with status 200. */
export function answered(
  body: string | Uint8Array,
  rawHeaders: readonly string[] = ['content-type', 'application/json'],
  probe: Probe = fullList('first'),
): { observation: Observation; observations: Observations; bodies: ShownBodies } {
  const reader = createAnswerReader({ contract, bodyLimit: settings.bodyLimit, tokens: settings.secrets });
  const answer = { kind: 'answer', status: 200, rawHeaders, body: createBodies().of(Buffer.from(body)) } as const;
  const asked = { probe, step: 1, timing: { startedAt: 0, milliseconds: 1 }, attempts: 1 };
  const observation: Observation = { ...asked, ...answer, facts: reader.read(answer) };
  const { texts, secrets } = reader;
  const seen = { settings, contract, texts, secrets, all: [observation], stopped: null };
  return { observation, observations: createObservations(seen), bodies: createShownBodies(settings.bodyLimit) };
}
