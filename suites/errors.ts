import { encodingsOf } from '../harness/encodings.ts';
import type { Observation } from '../harness/observation.ts';
import { type Observations, saysNothing } from '../harness/observations.ts';
import { onceForText } from '../harness/once-for-text.ts';
import { collectionPath, other, type Probe } from '../harness/probe.ts';
import { isObject, type Json, wrapper } from '../harness/reading.ts';
import type { Requirement } from '../harness/requirement.ts';
import type { Settings } from '../harness/settings.ts';
import { type Level, type Verdict, type Violation, value, words } from '../harness/verdict.ts';
import { connectionIds, secretValues, stringsIn, stringsOf, tellingLength } from './connection-data.ts';
import { internals } from './internals.ts';
import { headerProbes, injectedHeaders, markupProbes } from './odd-input.ts';
import { seededFaker } from './seeded-faker.ts';
import { isOutOfService, isSilenced } from './silence.ts';
import { type AnswerTally, blockedBy, conforms, departs, silent, verdictOf } from './tally.ts';

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

const unknownPaths = new Map<number, Probe>();

/** A path beside the collection's, with a random end; that of a seed is made once. */
function unknownPathProbe({ seed }: Settings): Probe {
  const end = () => seededFaker(seed).string.alpha({ length: 12, casing: 'lower' });
  const probe = unknownPaths.get(seed) ?? other(unknownPathKey, 'errors', { path: `${collectionPath}-${end()}` });
  unknownPaths.set(seed, probe);
  return probe;
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
    if (observations.read(observation).json?.ok) return conforms;
    const found = observation.body.length === 0 ? 'an empty body' : 'a body that is no JSON';
    return departs(
      ofAnswer(observation, 'a JSON body that says what is wrong', words(`status ${observation.status} with ${found}`)),
    );
  });
}

function judgeInternals(observations: Observations): Verdict {
  return overAnswers(observations, observations.all, (observation) => {
    if (observation.kind === 'failure') return silent;
    const said = [...besideConnections(observation, observations), headerTexts(observation).join('\n')];
    const found = said.map(internalsIn).find((each) => each !== undefined);
    return found ? departs(ofAnswer(observation, 'an answer without internals', words(found.what))) : conforms;
  });
}

const internalsIn = onceForText((said) => {
  // A trace within a JSON string has its lines and blanks escaped, and letters where words end.
  const plain = said.replace(/\\[rnt]/g, (escaped) => (escaped === '\\t' ? '\t' : '\n'));
  return internals.find(({ pattern }) => pattern.test(said) || (plain !== said && pattern.test(plain)));
});

/**
 * What an answer says beside its connections, whose texts are the users' own: as it was sent, and what its strings say,
 * in which quotes are no longer escaped.
 */
function besideConnections(observation: Observation, observations: Observations): readonly string[] {
  const { json, text = '', elements } = observations.read(observation);
  if (!json?.ok) return [text];
  const known = saidBeside.get(json);
  if (known) return known;
  const beside = elements && isObject(json.value) ? { ...json.value, [wrapper]: [] } : json.value;
  const said = [elements ? JSON.stringify(beside) : text, [...stringsIn(beside)].join('\n')];
  saidBeside.set(json, said);
  return said;
}

/** By the body, which equal answers share. */
const saidBeside = new WeakMap<Json, readonly string[]>();

function headerTexts(observation: Observation): readonly string[] {
  return observation.kind === 'answer' ? observation.rawHeaders : [];
}

function judgeSecrets(observations: Observations): Verdict {
  const tokens = formsOf(observations.settings.secrets.filter((token) => token.length >= tellingLength));
  const keys = formsOf(secretValues(observations.fullLists));
  const ids = [...connectionIds(observations.fullLists)];
  const holdsToken = finderOf(tokens);
  return overAnswers(observations, observations.all, (observation) => {
    if (observation.kind === 'failure') return silent;
    const { text: raw = '', json } = observations.read(observation);
    const headers = headerTexts(observation).join('\n');
    const isError = observation.status >= 400;
    // A string may be escaped character by character, for which there are too many forms to compare with.
    const text = isError ? [raw, ...stringsOf(json)].join('\n') : raw;
    const expected = 'an answer without secrets';
    if (holdsToken(text) || holdsToken(headers)) {
      return departs(ofAnswer(observation, expected, words('a token that the suite was given')));
    }
    const reflected = keys.some((form) => headers.includes(form) || (isError && text.includes(form)));
    if (reflected) return departs(ofAnswer(observation, expected, words('the psk of a connection')));
    if (isError && /"psk"\s*:\s*"[^"]/.test(text) && ids.some((id) => text.includes(id))) {
      return departs(ofAnswer(observation, expected, words('a connection with its psk')));
    }
    return conforms;
  });
}

/** The forms in which an answer may show some secrets; what is shorter may stand in it by accident. */
function formsOf(secrets: Iterable<string>): readonly string[] {
  return [...secrets].flatMap((secret) => [...encodingsOf(secret)]).filter((form) => form.length >= tellingLength);
}

const finders = new Map<string, (said: string) => boolean>();

/** Whether a text holds one of some forms. */
function finderOf(forms: readonly string[]): (said: string) => boolean {
  const key = JSON.stringify(forms);
  const finder = finders.get(key) ?? onceForText((said) => forms.some((form) => said.includes(form)));
  finders.set(key, finder);
  return finder;
}

function judgeMarkup(observations: Observations): Verdict {
  const probes = markupProbes(observations.settings.seed);
  const tallies = probes.map(({ probe, input }): AnswerTally => {
    const observation = observations.of(probe.key);
    if (observation?.kind !== 'answer' || saysNothing(observation)) return silent;
    const isHtml = observation.rawHeaders.some((text) => /^\s*(text\/html|application\/xhtml\+xml)/i.test(text));
    const echoed = isHtml && (observations.read(observation).text ?? '').includes(input);
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
