import type { Observation } from '../harness/answers/observation.ts';
import { headerValues } from '../harness/http/answer.ts';
import { isLoopback } from '../harness/http/loopback.ts';
import type { AnswerTally } from '../harness/judging/answer-tally.ts';
import type { Observations } from '../harness/judging/observations.ts';
import { overAnswers } from '../harness/judging/over-answers.ts';
import type { Requirement } from '../harness/judging/requirement.ts';
import { blockedBy, conforms, departs, overLists, silent } from '../harness/judging/tally.ts';
import { ofAnswer, type Verdict, value, words } from '../harness/judging/verdict.ts';
import { againKey, other, theList } from '../harness/probes/probe.ts';

const noList = { reason: 'no answer has a list', remedy: 'make the target answer 200 with a list' };
const nothing = { reason: 'no list with a psk in it', remedy: 'create a connection' };

/** The name that OpenStack's services have used since 2015, and the one before it. */
const requestIds = ['x-openstack-request-id', 'x-compute-request-id'];

/** The list, once more: where its answer has an ETag, it is asked again with it. */
const tagged = other('advice.etag', 'accept', {});

/** Advice: behaviour that neither the page nor a standard forbids, and that is worth changing. */
export const advice: readonly Requirement[] = [
  {
    id: 'advice.cache-control',
    level: 'MAY',
    title: 'a list with psk is not marked Cache-Control: public',
    clause: 'advice',
    source: 'RFC 9111 section 5.2.2.9 (public)',
    needs: 'headers',
    probes: theList,
    judge: (observations) =>
      overLists(observations, 'answers', nothing, (observation): AnswerTally => {
        if (observation.kind === 'failure' || !holdsPsk(observations, observation)) return silent;
        const directives = headerValues(observation.rawHeaders, 'cache-control');
        const isPublic = directives.some((text) => text.split(',').some((part) => /^\s*public\s*$/i.test(part)));
        const expected = 'no Cache-Control: public, for the list holds secrets';
        return isPublic ? departs(ofAnswer(observation, expected, value(directives))) : conforms;
      }),
  },
  {
    id: 'advice.cache-control.given',
    level: 'MAY',
    title: 'a list with psk has a Cache-Control',
    clause: 'advice',
    source: 'RFC 9111 section 3.5 (a shared cache keeps what Authorization does not guard)',
    needs: 'headers',
    probes: theList,
    judge: (observations) =>
      overLists(observations, 'answers', nothing, (observation): AnswerTally => {
        if (observation.kind === 'failure' || !holdsPsk(observations, observation)) return silent;
        if (headerValues(observation.rawHeaders, 'cache-control').length > 0) return conforms;
        const expected = 'a Cache-Control, for the list holds secrets and X-Auth-Token keeps no cache away';
        return departs(ofAnswer(observation, expected, words('none')));
      }),
  },
  {
    id: 'advice.request-id',
    level: 'MAY',
    title: 'a list has a request id',
    clause: 'advice',
    source: 'OpenStack API: X-Openstack-Request-Id in every answer',
    needs: 'headers',
    probes: theList,
    judge: (observations) =>
      overLists(observations, 'answers', noList, (observation): AnswerTally => {
        if (observation.kind === 'failure' || !observation.facts.list) return silent;
        if (requestIds.some((name) => headerValues(observation.rawHeaders, name).length > 0)) return conforms;
        return departs(ofAnswer(observation, 'a header X-Openstack-Request-Id', words('none')));
      }),
  },
  {
    id: 'advice.etag',
    level: 'MAY',
    title: 'an ETag is honoured: If-None-Match gets 304 while the list is the same',
    clause: 'advice',
    source: 'RFC 9110 section 13.1.2 (If-None-Match)',
    needs: 'other requests',
    probes: () => [tagged],
    judge: judgeEtag,
    askAgain: (observations) => {
      const tag = etagOf(observations.of(tagged.key));
      return tag === undefined ? [] : [{ ...tagged, ifNoneMatch: tag }];
    },
  },
  {
    id: 'advice.plain-http',
    level: 'MAY',
    title: 'psk is not sent over plain http to another host',
    clause: 'advice',
    source: 'CWE-319 (cleartext transmission of sensitive information)',
    needs: 'headers',
    probes: theList,
    judge: (observations) =>
      overLists(observations, 'answers', nothing, (observation): AnswerTally => {
        if (!holdsPsk(observations, observation)) return silent;
        if (!isExposed(observations.settings.origin)) return conforms;
        return departs(ofAnswer(observation, 'https', words('http to a host that is not loopback')));
      }),
  },
];

function etagOf(observation: Observation | undefined): string | undefined {
  if (observation?.kind !== 'answer' || observation.status !== 200) return undefined;
  const [tag] = headerValues(observation.rawHeaders, 'etag');
  return tag !== undefined && /^(W\/)?"[\x21\x23-\x7e]*"$/.test(tag) ? tag : undefined;
}

function judgeEtag(observations: Observations): Verdict {
  const before = observations.of(tagged.key);
  if (before && etagOf(before) === undefined) {
    return { kind: 'not-applicable', reason: 'the list has no ETag' };
  }
  const again = observations.of(againKey(tagged.key));
  return overAnswers(observations, again ? [again] : [], (answer) => {
    if (answer.kind === 'failure') return blockedBy('envelope.status');
    if (answer.status === 304) return conforms;
    // What is another list has another ETag.
    const isOther = answer.status === 200 && before?.kind === 'answer' && answer.body !== before.body;
    if (isOther && etagOf(answer) !== etagOf(before)) return silent;
    return departs(ofAnswer(answer, 'status 304, for the list is the same', value(answer.status)));
  });
}

function holdsPsk({ texts }: Observations, { facts: { list } }: Observation): boolean {
  const keys = list?.values.get('psk');
  return keys?.some((id) => id !== 0 && isText(texts.value(id))) ?? false;
}

function isText(found: unknown): boolean {
  return typeof found === 'string' && found !== '';
}

function isExposed(origin: string): boolean {
  return origin.startsWith('http:') && !isLoopback(origin);
}
