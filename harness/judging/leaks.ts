import type { Facts } from '../answers/facts.ts';
import { encodingsOf } from '../base/encodings.ts';
import { createNeedles, type Needles } from '../base/needles.ts';
import { connectionIds, secretValues, tellingLength } from './connection-data.ts';
import { internals } from './internals.ts';
import type { Observations } from './observations.ts';
import { overAnswers } from './over-answers.ts';
import { conforms, departs, silent } from './tally.ts';
import { ofAnswer, type Verdict, words } from './verdict.ts';

/** What no answer of a run may say: internals of the implementation, and secrets (clause `leaks`). */

/** No answer shows a stack trace or internals of a database or interpreter. */
export function judgeInternals(observations: Observations): Verdict {
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

/** No answer holds a token; no error and no header a psk or a whole connection. */
export function judgeSecrets(observations: Observations): Verdict {
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
