import type { Observation } from '../harness/answers/observation.ts';
import { headerValues } from '../harness/http/answer.ts';
import { fullList } from '../harness/http/probe.ts';
import type { Observations } from '../harness/judging/observations.ts';
import type { Requirement } from '../harness/judging/requirement.ts';
import { type AnswerTally, conforms, departs, overLists, silent } from '../harness/judging/tally.ts';
import { value, words } from '../harness/judging/verdict.ts';

const nothing = { reason: 'no list with a psk in it', remedy: 'create a connection' };

/** What is worth saying and no clause forbids: contract clause 23. */
export const advice: readonly Requirement[] = [
  {
    id: 'advice.cache-control',
    level: 'MAY',
    title: 'a list with psk is not marked Cache-Control: public',
    source: 'RFC 9111 section 5.2.2.9 (public)',
    probes: () => [fullList('first')],
    judge: (observations) =>
      overLists(observations, 'answers', nothing, (observation): AnswerTally => {
        if (observation.kind === 'failure' || !holdsPsk(observations, observation)) return silent;
        const directives = headerValues(observation.rawHeaders, 'cache-control');
        const isPublic = directives.some((text) => text.split(',').some((part) => /^\s*public\s*$/i.test(part)));
        const expected = 'no Cache-Control: public, for the list holds secrets';
        return isPublic ? departs({ observation, pointer: '', expected, actual: value(directives) }) : conforms;
      }),
  },
  {
    id: 'advice.plain-http',
    level: 'MAY',
    title: 'psk is not sent over plain http to another host',
    source: 'CWE-319 (cleartext transmission of sensitive information)',
    probes: () => [fullList('first')],
    judge: (observations) =>
      overLists(observations, 'answers', nothing, (observation): AnswerTally => {
        if (!holdsPsk(observations, observation)) return silent;
        if (!isExposed(observations.settings.origin)) return conforms;
        return departs({
          observation,
          pointer: '',
          expected: 'https',
          actual: words('http to a host that is not loopback'),
        });
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
  const { protocol, hostname } = new URL(origin);
  const isLoopback = hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
  return protocol === 'http:' && !isLoopback;
}
