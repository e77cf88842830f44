import type { Facts } from '../answers/facts.ts';
import type { Observation, ReadAnswer } from '../answers/observation.ts';
import { encodingsOf } from '../base/encodings.ts';
import { createNeedles, type Needles } from '../base/needles.ts';
import type { Observations } from '../judging/observations.ts';
import { overEveryAnswer } from '../judging/over-answers.ts';
import { conforms, departs, silent } from '../judging/tally.ts';
import { type Actual, ofAnswer, type Verdict, value, words } from '../judging/verdict.ts';
import { connectionIds, secretValues, tellingLength } from './connection-data.ts';
import { internals } from './internals.ts';
import { createPskFinder } from './psk-matching.ts';

/** Things that no answer of a run may disclose: internals of the implementation, and secrets (clause `leaks`). */

/** No answer shows a stack trace or internals of a database or interpreter. */
export function judgeInternals(observations: Observations): Verdict {
  const internalsIn = onceForEach(searchInternals);
  return overEveryAnswer(observations, (observation) => {
    if (observation.kind === 'failure') return silent;
    // What stands in its connections is the users' own. In its strings, quotes are no longer escaped.
    const { said, strings } = observation.facts;
    const texts = [said, [...strings].join('\n'), observation.rawHeaders.join('\n')];
    const found = texts.map(internalsIn).find((each) => each !== undefined);
    return found ? departs(ofAnswer(observation, 'an answer without internals', words(found.what))) : conforms;
  });
}

/** Makes a search that goes through equal texts once: a run gets many of them. */
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
  const expected = 'an answer without secrets';
  const leakIn = createLeakFinder(observations);
  return overEveryAnswer(observations, (observation) => {
    if (observation.kind === 'failure') return silent;
    const found = leakIn(observation);
    return found ? departs(ofAnswer(observation, expected, found)) : conforms;
  });
}

/** Finds what an answer leaks, and where. */
function createLeakFinder(observations: Observations): (answer: Observation & ReadAnswer) => Actual | undefined {
  const tokens = observations.settings.secrets.filter((token) => token.length >= tellingLength);
  const holdsToken = onceForEach(needlesOf(tokens).isIn);
  const psks = secretValues(observations);
  const finder = createPskFinder(psks);
  const holdsPsk = onceForEach(finder.inHeader);
  const ids = [...connectionIds(observations, observations.fullLists)];
  return ({ facts, status, rawHeaders }) => {
    const headers = headerFields(rawHeaders);
    // A string may be escaped character by character, for which there are too many forms to compare with.
    const text = status >= 400 ? [facts.said, ...facts.strings].join('\n') : '';
    const tokenHeader = headers.find(([, held]) => holdsToken(held));
    if (tokenHeader) return value({ holds: 'a token that the suite was given', header: tokenHeader[0] });
    if (facts.holdsToken || holdsToken(text)) return words('a token that the suite was given, in the body');
    const pskHeader = headers.find(([, held]) => holdsPsk(held));
    if (pskHeader) return value({ holds: 'the psk of a connection', header: pskHeader[0] });
    if (status < 400) return undefined;
    if (finder.inText(text, facts.strings) || listsPsk(observations, facts, psks)) {
      return words('the psk of a connection, in the body');
    }
    const isQuoted = /"psk"\s*:\s*"[^"]/.test(text) && ids.some((id) => text.includes(id));
    return isQuoted ? words('a connection with its psk, in the body') : undefined;
  };
}

/** Names and values of headers, as they were sent. */
function headerFields(rawHeaders: readonly string[]): readonly (readonly [name: string, value: string])[] {
  return rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as const] : []));
}

/** Whether a list shows one of some psks. */
function listsPsk({ texts }: Observations, { list }: Facts, psks: ReadonlySet<string>): boolean {
  const shown = list?.values.get('psk') ?? new Int32Array();
  return shown.some((id) => psks.has(texts.value(id) as string));
}

/** The forms in which an answer may show some tokens; what is shorter may stand in it by accident. */
function needlesOf(tokens: Iterable<string>): Needles<string> {
  const forms = [...tokens].flatMap((token) => [...encodingsOf(token)]);
  const telling = forms.filter((form) => form.length >= tellingLength);
  return createNeedles(
    telling.map((text) => ({ text, found: text })),
    tellingLength,
  );
}
