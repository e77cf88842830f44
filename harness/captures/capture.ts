import type { AnswerReader } from '../answers/answer-reader.ts';
import { createBodies } from '../answers/body.ts';
import type { Observation } from '../answers/observation.ts';
import { isObject } from '../base/is-object.ts';
import { wrapper } from '../contract/wrapper.ts';
import { fullList } from '../probes/probe.ts';
import { savedAnswer } from './saved-answer.ts';

/** The member that holds the answer to a request for one connection. */
const single = 'ipsec_site_connection';

/** A captured body: a list as it was answered, or the answer to a request for one connection. */
export type Capture = { observation: Observation; shape: CaptureShape };

/** A body alone, the only connection of one, or an answer with its head. */
export type CaptureShape = 'list' | 'single' | 'answer';

/**
 * Takes a captured body for the answer to one request for the list. A single connection is judged as the only element
 * of one.
 * @param bytes the body as it was captured, or the answer as `curl -i` prints it
 */
export function captureOf(bytes: Uint8Array, reader: AnswerReader): Capture {
  const saved = savedAnswer(bytes);
  const { body, shape } = asList(saved?.body ?? bytes);
  const { status = 200, rawHeaders = ['Content-Type', 'application/json'] } = saved ?? {};
  const answer = { status, rawHeaders, body: createBodies().of(body) };
  const observation: Observation = {
    probe: fullList('first'),
    step: 1,
    timing: { startedAt: 0, milliseconds: 0 },
    attempts: 1,
    facts: reader.read(answer),
    kind: 'answer',
    ...answer,
  };
  return { observation, shape: saved && shape === 'list' ? 'answer' : shape };
}

/** Whole text is parsed only where it is short: one connection is no list of megabytes. */
const longestSingle = 1024 * 1024;

function asList(bytes: Uint8Array): { body: Uint8Array; shape: 'list' | 'single' } {
  if (bytes.length > longestSingle) return { body: bytes, shape: 'list' };
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
