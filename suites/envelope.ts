import { wrapper } from '../harness/contract/wrapper.ts';
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
import { isBanned } from '../harness/judging/silence.ts';
import { blockedBy, overLists } from '../harness/judging/tally.ts';
import { theList } from '../harness/probes/probe.ts';

const nothing = { reason: 'the list has no element' };

/**
 * The frame of a list answer: status, framing, coding, encoding, JSON, wrapper. Each is judged on every answer to a
 * defined list request. What an earlier one makes unreadable is blocked, so that one mistake is blamed once.
 */
export const envelope: readonly Requirement[] = [
  {
    id: 'envelope.status',
    level: 'MUST',
    title: 'a defined list request is answered with status 200',
    clause: 'envelope',
    source: 'Returned Values (200: a successful GET)',
    needs: 'headers',
    probes: theList,
    judge: (observations) =>
      overLists(observations, 'answers', nothing, (observation) =>
        observation.kind === 'answer' && isBanned(observations, observation)
          ? blockedBy('robustness.recovery')
          : judgeStatus(observation, observations.settings),
      ),
  },
  {
    id: 'envelope.complete',
    level: 'SHOULD',
    title: 'the body is as long as the answer announced',
    clause: 'envelope',
    source: 'RFC 9112 section 6.3 and section 8',
    needs: 'headers',
    probes: theList,
    judge: (observations) => overLists(observations, 'answers', nothing, judgeComplete),
  },
  {
    id: 'envelope.content-coding',
    level: 'SHOULD',
    title: 'the body has a content coding only as labelled and accepted',
    clause: 'envelope',
    source: 'RFC 9110 section 8.4 and section 12.5.3',
    needs: 'headers',
    probes: theList,
    judge: (observations) => overLists(observations, 'answers', nothing, judgeCoding),
  },
  {
    id: 'envelope.content-type',
    level: 'SHOULD',
    title: 'Content-Type is application/json',
    clause: 'envelope',
    source: 'RFC 8259 section 11; RFC 9110 section 8.3',
    needs: 'headers',
    probes: theList,
    judge: (observations) => overLists(observations, 'answers', nothing, judgeContentType),
  },
  {
    id: 'envelope.utf8',
    level: 'SHOULD',
    title: 'the body is UTF-8 without a byte order mark',
    clause: 'envelope',
    source: 'RFC 8259 section 8.1',
    needs: 'a list',
    probes: theList,
    judge: (observations) => overLists(observations, 'answers', nothing, judgeEncoding),
  },
  {
    id: 'envelope.json',
    level: 'MUST',
    title: 'the body is JSON',
    clause: 'envelope',
    source: 'Example Response; RFC 8259 section 2',
    needs: 'a connection',
    probes: theList,
    judge: (observations) => overLists(observations, 'answers', nothing, judgeJson),
  },
  {
    id: 'envelope.duplicate-members',
    level: 'SHOULD',
    title: 'no object has two members of the same name',
    clause: 'envelope',
    source: 'RFC 7493 section 2.3; RFC 8259 section 4',
    needs: 'a list',
    probes: theList,
    judge: (observations) =>
      overLists(observations, 'places', nothing, (observation) => judgeBlemish(observation, 'duplicates')),
  },
  {
    id: 'envelope.surrogates',
    level: 'SHOULD',
    title: 'no string holds a lone surrogate',
    clause: 'envelope',
    source: 'RFC 7493 section 2.1; RFC 8259 section 8.2',
    needs: 'a list',
    probes: theList,
    judge: (observations) =>
      overLists(observations, 'places', nothing, (observation) => judgeBlemish(observation, 'loneSurrogates')),
  },
  {
    id: 'envelope.wrapper',
    level: 'MUST',
    title: `the body is an object whose ${wrapper} is an array`,
    clause: 'envelope',
    source: 'Example Response',
    needs: 'a list',
    probes: theList,
    judge: (observations) => overLists(observations, 'answers', nothing, judgeWrapper),
  },
  {
    id: 'envelope.elements',
    level: 'MUST',
    title: 'every element of the list is an object',
    clause: 'envelope',
    source: 'Example Response; Table 2',
    needs: 'a list',
    probes: theList,
    judge: (observations) => overLists(observations, 'elements', nothing, judgeElements),
  },
];
