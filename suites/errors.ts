import type { Facts } from '../harness/answers/facts.ts';
import type { Observation } from '../harness/answers/observation.ts';
import { encodingsOf } from '../harness/base/encodings.ts';
import { createNeedles, type Needles } from '../harness/base/needles.ts';
import { seededFaker } from '../harness/base/seeded-faker.ts';
import type { Settings } from '../harness/configuration/settings.ts';
import type { Level } from '../harness/contract/level.ts';
import { collectionPath, other, type Probe } from '../harness/http/probe.ts';
import { connectionIds, secretValues, tellingLength } from '../harness/judging/connection-data.ts';
import { type Observations, saysNothing } from '../harness/judging/observations.ts';
import type { Requirement } from '../harness/judging/requirement.ts';
import { isOutOfService, isSilenced } from '../harness/judging/silence.ts';
import { type AnswerTally, blockedBy, conforms, departs, silent, verdictOf } from '../harness/judging/tally.ts';
import { type Verdict, type Violation, value, words } from '../harness/judging/verdict.ts';
import { internals } from './internals.ts';
import { headerProbes, injectedHeaders, markupProbes } from './odd-input.ts';

/** What an error may be and may not say: contract clause 21. */
export const errors: readonly Requirement[] = [
  unknownPath(
    'errors.unknown-path',
    'SHOULD',
    'an unknown path is refused with a 4xx',
    (status) => status >= 400 && status < 500,
    'a status 4xx',
  ),
  unknownPath(
    'errors.unknown-path.404',
    'MAY',
    'an unknown path is refused with 404',
    (status) => status === 404,
    'status 404',
  ),
  {
    id: 'errors.json-body',
    level: 'SHOULD',
    title: 'a 4xx to an ordinary request has a JSON body',
    source: 'OpenStack Networking API v2: faults',
    probes: (settings) => [unknownPathProbe(settings)],
    judge: judgeJsonBody,
  },
  {
    id: 'errors.internals',
    level: 'SHOULD',
    title: 'no answer shows a stack trace or internals of a database or interpreter',
    source: 'CWE-209 (error message with sensitive information)',
    probes: (settings) => [unknownPathProbe(settings)],
    judge: judgeInternals,
  },
  {
    id: 'errors.secrets',
    level: 'SHOULD',
    title: 'no error and no header holds a token, a psk or a whole connection',
    source: 'CWE-209; CWE-200 (exposure of sensitive information)',
    probes: (settings) => [unknownPathProbe(settings)],
    judge: judgeSecrets,
  },
  {
    id: 'errors.markup',
    level: 'SHOULD',
    title: 'input is not echoed unescaped as text/html',
    source: 'CWE-79 (cross-site scripting)',
    probes: ({ seed }) => markupProbes(seed).map(({ probe }) => probe),
    judge: judgeMarkup,
  },
  {
    id: 'errors.header-injection',
    level: 'SHOULD',
    title: 'input does not become a header',
    source: 'CWE-113 (response splitting); RFC 9110 section 5.5',
    probes: ({ seed }) => headerProbes(seed),
    judge: judgeInjection,
  },
];

function unknownPath(
  id: string,
  level: Level,
  title: string,
  conforming: (status: number) => boolean,
  expected: string,
): Requirement {
  return {
    id,
    level,
    title,
    source: 'RFC 9110 section 15.5; OpenStack Networking API v2: faults',
    probes: (settings) => [unknownPathProbe(settings)],
    judge: (observations) => {
      const observation = observations.of(unknownPathKey);
      return overAnswers(observations, observation ? [observation] : [], (answer) => {
        if (isSilenced(observations, answer)) return blockedBy('envelope.status');
        if (answer.kind === 'failure')
          return departs(ofAnswer(answer, expected, words(`no answer: ${answer.cause.message}`)));
        // 404 is advice where any 4xx is not even given.
        if (level === 'MAY' && (answer.status < 400 || answer.status >= 500)) return silent;
        if (conforming(answer.status)) return conforms;
        if (isOutOfService(observations, answer)) return blockedBy('envelope.status');
        return departs(ofAnswer(answer, expected, value(answer.status)));
      });
    },
  };
}

const unknownPathKey = 'errors.unknown-path';

/** A path beside the collection's, with a random end. */
function unknownPathProbe({ seed }: Settings): Probe {
  const end = seededFaker(seed).string.alpha({ length: 12, casing: 'lower' });
  return other(unknownPathKey, 'errors', { path: `${collectionPath}-${end}` });
}

function overAnswers(
  observations: Observations,
  answers: readonly Observation[],
  judge: (observation: Observation, observations: Observations) => AnswerTally,
): Verdict {
  const judged = answers.filter((observation) => !saysNothing(observation));
  const reason = observations.stopped ?? 'there was no answer to judge';
  return verdictOf(
    judged.map((observation) => judge(observation, observations)),
    'answers',
    { reason },
  );
}

/** Ordinary: asked as the contract says, or only with a wrong token or path; not odd input, which may be refused anyhow. */
function judgeJsonBody(observations: Observations): Verdict {
  const ordinary = observations.all.filter(
    ({ probe }) => probe.method === 'GET' && (probe.phase === 'errors' || probe.phase === 'credentials'),
  );
  return overAnswers(observations, ordinary, (observation) => {
    if (observation.kind === 'failure' || observation.status < 400 || observation.status >= 500) return silent;
    if (observation.facts.json?.ok) return conforms;
    const found = observation.body.size === 0 ? 'an empty body' : 'a body that is no JSON';
    return departs(
      ofAnswer(observation, 'a JSON body that says what is wrong', words(`status ${observation.status} with ${found}`)),
    );
  });
}

function judgeInternals(observations: Observations): Verdict {
  const internalsIn = onceForEach(searchInternals);
  return overAnswers(observations, observations.all, (observation) => {
    if (observation.kind === 'failure') return silent;
    // What stands in its connections is the users' own. In its strings, quotes are no longer escaped.
    const { said, strings } = observation.facts;
    const texts = [said, [...strings].join('\n'), observation.rawHeaders.join('\n')];
    const found = texts.map(internalsIn).find((each) => each !== undefined);
    return found ? departs(ofAnswer(observation, 'an answer without internals', words(found.what))) : conforms;
  });
}

/** Makes a search of texts that equal texts, which a run gets many of, go through once. */
function onceForEach<Found>(search: (text: string) => Found): (text: string) => Found {
  const known = new Map<string, { found: Found }>();
  return (text) => {
    const kept = known.get(text) ?? { found: search(text) };
    known.set(text, kept);
    return kept.found;
  };
}

function searchInternals(said: string): (typeof internals)[number] | undefined {
  // A trace within a JSON string has its lines and blanks escaped, and letters where words end.
  const plain = said.replace(/\\[rnt]/g, (escaped) => (escaped === '\\t' ? '\t' : '\n'));
  return internals.find(({ pattern }) => pattern.test(said) || (plain !== said && pattern.test(plain)));
}

function judgeSecrets(observations: Observations): Verdict {
  const { settings } = observations;
  const holdsToken = onceForEach(needlesOf(settings.secrets.filter((token) => token.length >= tellingLength)).isIn);
  const secrets = secretValues(observations);
  const holdsKey = onceForEach(needlesOf(secrets).isIn);
  const ids = [...connectionIds(observations, observations.fullLists)];
  const expected = 'an answer without secrets';
  return overAnswers(observations, observations.all, (observation) => {
    if (observation.kind === 'failure') return silent;
    const { facts, status, rawHeaders } = observation;
    const headers = rawHeaders.join('\n');
    const isError = status >= 400;
    // A string may be escaped character by character, for which there are too many forms to compare with.
    const text = isError ? [facts.said, ...facts.strings].join('\n') : '';
    if (facts.holdsToken || holdsToken(text) || holdsToken(headers)) {
      return departs(ofAnswer(observation, expected, words('a token that the suite was given')));
    }
    if (holdsKey(headers) || (isError && (holdsKey(text) || listsKey(observations, facts, secrets)))) {
      return departs(ofAnswer(observation, expected, words('the psk of a connection')));
    }
    if (isError && /"psk"\s*:\s*"[^"]/.test(text) && ids.some((id) => text.includes(id))) {
      return departs(ofAnswer(observation, expected, words('a connection with its psk')));
    }
    return conforms;
  });
}

/** Whether a list shows one of some psks. */
function listsKey({ texts }: Observations, { list }: Facts, secrets: ReadonlySet<string>): boolean {
  const keys = list?.values.get('psk') ?? new Int32Array();
  return keys.some((id) => secrets.has(texts.value(id) as string));
}

/** The forms in which an answer may show some secrets; what is shorter may stand in it by accident. */
function needlesOf(secrets: Iterable<string>): Needles<string> {
  const forms = [...secrets].flatMap((secret) => [...encodingsOf(secret)]);
  const telling = forms.filter((form) => form.length >= tellingLength);
  return createNeedles(
    telling.map((text) => ({ text, found: text })),
    tellingLength,
  );
}

function judgeMarkup(observations: Observations): Verdict {
  const probes = markupProbes(observations.settings.seed);
  const tallies = probes.map(({ probe, input }): AnswerTally => {
    const observation = observations.of(probe.key);
    if (observation?.kind !== 'answer' || saysNothing(observation)) return silent;
    const isHtml = observation.rawHeaders.some((text) => /^\s*(text\/html|application\/xhtml\+xml)/i.test(text));
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

function ofAnswer(observation: Observation, expected: string, actual: Violation['actual']): Violation {
  return { observation, pointer: '', expected, actual };
}
