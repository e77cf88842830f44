import type { Observation } from '../harness/answers/observation.ts';
import { wrapper } from '../harness/answers/wrapper.ts';
import type { Level } from '../harness/contract/level.ts';
import { fullList } from '../harness/http/probe.ts';
import {
  judgeBlemish,
  judgeCoding,
  judgeComplete,
  judgeContentType,
  judgeElements,
  judgeEncoding,
  judgeJson,
  judgeStatus,
  judgeWrapper,
} from '../harness/judging/frame.ts';
import type { Requirement } from '../harness/judging/requirement.ts';
import { type AnswerTally, overLists } from '../harness/judging/tally.ts';

/**
 * The frame of a list answer: status, framing, coding, encoding, JSON, wrapper (contract clause 5). Each is judged on
 * every answer to a defined list request; what an earlier one makes unreadable is blocked, so that one mistake is
 * blamed once.
 */
export const envelope: readonly Requirement[] = [
  requirement(
    'status',
    'MUST',
    'a defined list request is answered with status 200',
    'Returned Values (200: a successful GET)',
    judgeStatus,
  ),
  requirement(
    'complete',
    'SHOULD',
    'the body is as long as the answer announced',
    'RFC 9112 section 6.3 and section 8',
    judgeComplete,
  ),
  requirement(
    'content-coding',
    'SHOULD',
    'the body has a content coding only as labelled and accepted',
    'RFC 9110 section 8.4 and section 12.5.3',
    judgeCoding,
  ),
  requirement(
    'content-type',
    'SHOULD',
    'Content-Type is application/json',
    'RFC 8259 section 11; RFC 9110 section 8.3',
    judgeContentType,
  ),
  requirement('utf8', 'SHOULD', 'the body is UTF-8 without a byte order mark', 'RFC 8259 section 8.1', judgeEncoding),
  requirement('json', 'MUST', 'the body is JSON', 'Example Response; RFC 8259 section 2', judgeJson),
  requirement(
    'duplicate-members',
    'SHOULD',
    'no object has two members of the same name',
    'RFC 7493 section 2.3; RFC 8259 section 4',
    (observation) => judgeBlemish(observation, 'duplicates'),
    'places',
  ),
  requirement(
    'surrogates',
    'SHOULD',
    'no string holds a lone surrogate',
    'RFC 7493 section 2.1; RFC 8259 section 8.2',
    (observation) => judgeBlemish(observation, 'loneSurrogates'),
    'places',
  ),
  requirement(
    'wrapper',
    'MUST',
    `the body is an object whose ${wrapper} is an array`,
    'Example Response',
    judgeWrapper,
  ),
  requirement(
    'elements',
    'MUST',
    'every element of the list is an object',
    'Example Response; Table 2',
    judgeElements,
    'elements',
  ),
];

function requirement(
  name: string,
  level: Level,
  title: string,
  source: string,
  judge: (observation: Observation) => AnswerTally,
  of = 'answers',
): Requirement {
  return {
    id: `envelope.${name}`,
    level,
    title,
    source,
    probes: () => [fullList('first')],
    judge: (observations) => overLists(observations, of, { reason: 'the list has no element' }, judge),
  };
}
