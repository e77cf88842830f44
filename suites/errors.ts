import { seededFaker } from '../harness/base/seeded-faker.ts';
import { judgeHead } from '../harness/comparing/head.ts';
import type { Settings } from '../harness/configuration/settings.ts';
import { headerValues } from '../harness/http/answer.ts';
import type { AnswerTally } from '../harness/judging/answer-tally.ts';
import { type Observations, saysNothing } from '../harness/judging/observations.ts';
import { overAnswers } from '../harness/judging/over-answers.ts';
import type { Requirement } from '../harness/judging/requirement.ts';
import { isBanned, isOutOfService, isSilenced } from '../harness/judging/silence.ts';
import { blockedBy, conforms, departs, silent, verdictOf } from '../harness/judging/tally.ts';
import { ofAnswer, type Verdict, value, words } from '../harness/judging/verdict.ts';
import { headerProbes, injectedHeaders, markupProbes } from '../harness/probes/odd-input.ts';
import { collectionPath, headOfList, other, type Probe, theList } from '../harness/probes/probe.ts';
import { judgeInternals, judgeSecrets } from '../harness/searching/leaks.ts';

/** The form of an error, and the things that no answer may disclose. */
export const errors: readonly Requirement[] = [
  {
    id: 'errors.unknown-path',
    level: 'SHOULD',
    title: 'an unknown path is refused with a 4xx',
    clause: 'errors',
    source: 'RFC 9110 section 15.5; OpenStack Networking API v2: faults',
    needs: 'other requests',
    probes: (settings) => [unknownPathProbe(settings)],
    judge: (observations) =>
      judgeUnknownPath(observations, 'a status 4xx', (status) =>
        status >= 400 && status < 500 ? 'conforms' : 'departs',
      ),
  },
  {
    id: 'errors.unknown-path.404',
    level: 'MAY',
    title: 'an unknown path is refused with 404',
    clause: 'errors',
    source: 'RFC 9110 section 15.5; OpenStack Networking API v2: faults',
    needs: 'other requests',
    probes: (settings) => [unknownPathProbe(settings)],
    judge: (observations) =>
      judgeUnknownPath(observations, 'status 404', (status) => {
        // Where no 4xx is given at all, errors.unknown-path says so.
        if (status < 400 || status >= 500) return 'silent';
        return status === 404 ? 'conforms' : 'departs';
      }),
  },
  {
    id: 'errors.json-body',
    level: 'SHOULD',
    title: 'a 4xx to an ordinary request has a JSON body',
    clause: 'errors',
    source: 'OpenStack Networking API v2: faults',
    needs: 'other requests',
    probes: (settings) => [unknownPathProbe(settings)],
    judge: judgeJsonBody,
  },
  {
    id: 'errors.head',
    level: 'SHOULD',
    title: 'HEAD gets no 5xx; a 200 is like the list without its body, a 405 names what is allowed',
    clause: 'head',
    source: 'RFC 9110 section 9.3.2 (HEAD) and section 15.5.6 (405)',
    needs: 'other requests',
    probes: () => [...theList(), headOfList],
    judge: judgeHead,
  },
  {
    id: 'errors.internals',
    level: 'SHOULD',
    title: 'no answer shows a stack trace or internals of a database or interpreter',
    clause: 'leaks',
    source: 'CWE-209 (error message with sensitive information)',
    needs: 'other requests',
    probes: (settings) => [unknownPathProbe(settings)],
    judge: judgeInternals,
  },
  {
    id: 'errors.secrets',
    level: 'SHOULD',
    title: 'no error and no header holds a token, a psk or a whole connection',
    clause: 'leaks',
    source: 'CWE-209; CWE-200 (exposure of sensitive information)',
    needs: 'other requests',
    probes: (settings) => [unknownPathProbe(settings)],
    judge: judgeSecrets,
  },
  {
    id: 'errors.markup',
    level: 'SHOULD',
    title: 'input is not echoed unescaped as text/html',
    clause: 'leaks',
    source: 'CWE-79 (cross-site scripting)',
    needs: 'other requests',
    probes: ({ seed }) => markupProbes(seed).map(({ probe }) => probe),
    judge: judgeMarkup,
  },
  {
    id: 'errors.header-injection',
    level: 'SHOULD',
    title: 'input does not become a header',
    clause: 'leaks',
    source: 'CWE-113 (response splitting); RFC 9110 section 5.5',
    needs: 'other requests',
    probes: ({ seed }) => headerProbes(seed),
    judge: judgeInjection,
  },
];

function judgeUnknownPath(
  observations: Observations,
  expected: string,
  judgeStatus: (status: number) => 'conforms' | 'departs' | 'silent',
): Verdict {
  const observation = observations.of(unknownPathKey);
  return overAnswers(observations, observation ? [observation] : [], (answer) => {
    if (isSilenced(observations, answer)) return blockedBy('envelope.status');
    if (answer.kind === 'failure')
      return departs(ofAnswer(answer, expected, words(`no answer: ${answer.cause.message}`)));
    const judgement = judgeStatus(answer.status);
    if (judgement === 'silent') return silent;
    if (judgement === 'conforms') return conforms;
    if (isOutOfService(observations, answer)) return blockedBy('envelope.status');
    return departs(ofAnswer(answer, expected, value(answer.status)));
  });
}

const unknownPathKey = 'errors.unknown-path';

/** A path beside the collection's, with a random end. */
function unknownPathProbe({ seed }: Settings): Probe {
  const end = seededFaker(seed).string.alpha({ length: 12, casing: 'lower' });
  return other(unknownPathKey, 'errors', { path: `${collectionPath}-${end}` });
}

/**
 * Ordinary: asked as the contract says, or only with a wrong token or path; not odd input, which may be refused anyhow.
 */
function judgeJsonBody(observations: Observations): Verdict {
  const ordinary = observations.all.filter(
    ({ probe }) => probe.method === 'GET' && (probe.phase === 'errors' || probe.phase === 'credentials'),
  );
  return overAnswers(observations, ordinary, (observation) => {
    if (observation.kind === 'failure' || observation.status < 400 || observation.status >= 500) return silent;
    if (isBanned(observations, observation)) return blockedBy('robustness.recovery');
    if (observation.facts.json?.ok) return conforms;
    const found = observation.body.size === 0 ? 'an empty body' : 'a body that is no JSON';
    return departs(
      ofAnswer(observation, 'a JSON body that says what is wrong', words(`status ${observation.status} with ${found}`)),
    );
  });
}

function judgeMarkup(observations: Observations): Verdict {
  const probes = markupProbes(observations.settings.seed);
  const tallies = probes.map(({ probe, input }): AnswerTally => {
    const observation = observations.of(probe.key);
    if (observation?.kind !== 'answer' || saysNothing(observation)) return silent;
    const types = headerValues(observation.rawHeaders, 'content-type');
    const isHtml = types.some((type) => /^\s*(text\/html|application\/xhtml\+xml)/i.test(type));
    const echoed = isHtml && observation.facts.said.includes(input);
    return echoed
      ? departs(
          ofAnswer(observation, 'the input escaped, or not at all', words('the input as it was sent, in text/html')),
        )
      : conforms;
  });
  return verdictOf(tallies, 'answers', { reason: observations.stopped ?? 'no answer to markup came' });
}

function judgeInjection(observations: Observations): Verdict {
  const probes = headerProbes(observations.settings.seed);
  const tallies = probes.map((probe): AnswerTally => {
    const observation = observations.of(probe.key);
    if (observation?.kind !== 'answer' || saysNothing(observation)) return silent;
    const found = observation.rawHeaders.filter((text, index) => index % 2 === 0 && injectedHeaders.test(text));
    return found.length === 0
      ? conforms
      : departs(ofAnswer(observation, 'the headers of the target only', words('a header that the query made')));
  });
  return verdictOf(tallies, 'answers', { reason: observations.stopped ?? 'no answer to CR LF came' });
}
