import type { Observation } from '../harness/answers/observation.ts';
import { headerValues } from '../harness/http/answer.ts';
import { isLoopback } from '../harness/http/loopback.ts';
import { theList } from '../harness/http/probe.ts';
import type { Observations } from '../harness/judging/observations.ts';
import type { Requirement } from '../harness/judging/requirement.ts';
import { type AnswerTally, conforms, departs, overLists, silent } from '../harness/judging/tally.ts';
import { ofAnswer, value, words } from '../harness/judging/verdict.ts';

const nothing = { reason: 'no list with a psk in it', remedy: 'create a connection' };

/** What is worth saying, though neither the page nor a standard forbids it. */
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
