import type { Observation, ReadAnswer } from '../harness/answers/observation.ts';
import type { Settings } from '../harness/configuration/settings.ts';
import type { Contract } from '../harness/contract/contract.ts';
import { headerValues } from '../harness/http/answer.ts';
import type { AnswerTally } from '../harness/judging/answer-tally.ts';
import { blockerOfElements } from '../harness/judging/frame.ts';
import { type Observations, saysNothing, whyNothing } from '../harness/judging/observations.ts';
import type { Requirement } from '../harness/judging/requirement.ts';
import { isBanned, isOutOfService, isSilenced } from '../harness/judging/silence.ts';
import { blockedBy, conforms, departs, silent, verdictOf } from '../harness/judging/tally.ts';
import { ofAnswer, type Verdict, value, words } from '../harness/judging/verdict.ts';
import { type Auth, fullList, headOfList, other, type Probe, projection, theList } from '../harness/probes/probe.ts';
import {
  connectionIds,
  quotedConnections,
  secretValues,
  tellingLength,
  tellingValues,
} from '../harness/searching/connection-data.ts';
import { createPskFinder } from '../harness/searching/psk-matching.ts';

const refusalSource = 'OpenStack Networking API v2: authentication with X-Auth-Token; RFC 9110 section 15.5.2 (401)';
const isolated = 'OpenStack Networking API v2: project isolation';

/** Tokens that are none: each is refused with 401. */
const wrongTokens = [
  { name: 'missing', auth: { kind: 'none' }, what: 'a request without a token' },
  { name: 'empty', auth: { kind: 'altered', how: 'empty' }, what: 'a request with an empty token' },
  { name: 'garbage', auth: { kind: 'altered', how: 'garbage' }, what: 'a request with a token that is none' },
] as const satisfies readonly { name: string; auth: Auth; what: string }[];

/** Tokens that are nearly the right one: each is refused with some 4xx. */
const nearMisses = [
  { name: 'truncated', auth: { kind: 'altered', how: 'truncated' }, what: 'the first half of the token' },
  { name: 'extended', auth: { kind: 'altered', how: 'extended' }, what: 'the token with characters appended' },
  { name: 'case-swapped', auth: { kind: 'altered', how: 'case-swapped' }, what: 'the token in swapped letter case' },
] as const satisfies readonly { name: string; auth: Auth; what: string }[];

/** The second token's requests: the list, two projections, and the list again, for a cache may answer it then. */
function secondLists({ projectableNames }: Contract): readonly Probe[] {
  return [
    secondList('authentication.isolation', null),
    secondList('authentication.isolation.fields', ['id']),
    secondList('authentication.isolation.all', projectableNames),
    secondList('authentication.isolation.repeated', null),
  ];
}

/** Requirements on access to the list, judged only where the user gave credentials. */
export const authenticationOf = (contract: Contract): readonly Requirement[] => [
  ...wrongTokens.map(
    ({ name, auth, what }): Requirement => ({
      id: `authentication.${name}`,
      level: 'SHOULD',
      title: `${what} is answered with 401`,
      clause: 'authentication',
      source: refusalSource,
      needs: 'other requests',
      probes: (settings) => whereGiven(settings, refusalProbes(name, auth)),
      judge: (observations) =>
        withCredentials(observations, () =>
          judgeRefusals(observations, refusalProbes(name, auth), (status) => status === 401, 'status 401'),
        ),
    }),
  ),
  ...nearMisses.map(
    ({ name, auth, what }): Requirement => ({
      id: `authentication.${name}`,
      level: 'SHOULD',
      title: `${what} is refused with a 4xx`,
      clause: 'authentication',
      source: refusalSource,
      needs: 'other requests',
      probes: (settings) => whereGiven(settings, nearMissProbes(name, auth)),
      judge: (observations) =>
        withCredentials(observations, () =>
          name === 'case-swapped' && !observations.settings.credentials.caseSensitive
            ? { kind: 'not-applicable', reason: 'the token has no letter case to swap' }
            : judgeRefusals(observations, nearMissProbes(name, auth), isRefusal, 'a status 4xx'),
        ),
    }),
  ),
  {
    id: 'authentication.no-data',
    level: 'SHOULD',
    title: 'an answer to a wrong token holds no connection data',
    clause: 'authentication',
    source: isolated,
    needs: 'other requests',
    probes: (settings) => whereGiven(settings, [...theList(), ...allProbes()]),
    judge: (observations) => withCredentials(observations, () => judgeNoData(observations)),
  },
  {
    id: 'authentication.challenge',
    level: 'SHOULD',
    title: 'a 401 has a WWW-Authenticate header',
    clause: 'authentication',
    source: 'RFC 9110 section 11.6.1',
    needs: 'other requests',
    probes: (settings) => whereGiven(settings, allProbes()),
    judge: (observations) => withCredentials(observations, () => judgeChallenge(observations)),
  },
  {
    id: 'authentication.isolation',
    level: 'SHOULD',
    title: "another project's token sees none of the first project's connections",
    clause: 'isolation',
    source: isolated,
    needs: 'other requests',
    probes: ({ credentials }) => (credentials.second ? [...theList(), ...secondLists(contract)] : []),
    judge: (observations) =>
      observations.settings.credentials.second
        ? judgeIsolation(observations, secondLists(contract))
        : { kind: 'not-applicable', reason: 'no SECOND_TOKEN of another project was given' },
  },
];

function secondList(key: string, names: readonly string[] | null): Probe {
  const probe = names === null ? fullList(key, 'isolation') : projection(key, 'isolation', names);
  return { ...probe, key, auth: { kind: 'second' } };
}

/** A verdict on credentials; not applicable where there are none to get wrong. */
function withCredentials({ settings }: Observations, judge: () => Verdict): Verdict {
  return settings.credentials.first ? judge() : { kind: 'not-applicable', reason: 'no credentials were given' };
}

/**
 * Probes with wrong credentials, where there are right ones. Without letter case to swap, the token would be itself.
 */
function whereGiven({ credentials }: Settings, probes: readonly Probe[]): readonly Probe[] {
  if (!credentials.first) return [];
  return probes.filter(
    ({ auth }) => credentials.caseSensitive || !(auth.kind === 'altered' && auth.how === 'case-swapped'),
  );
}

function refusalProbes(name: string, auth: Auth): readonly Probe[] {
  return [
    other(`authentication.${name}`, 'credentials', { auth }),
    other(`authentication.${name}.fields`, 'credentials', { auth, query: [['fields', 'id']] }),
    other(`authentication.${name}.head`, 'credentials', { auth, method: 'HEAD' }),
    headOfList,
  ];
}

function nearMissProbes(name: string, auth: Auth): readonly Probe[] {
  return [
    other(`authentication.${name}`, 'credentials', { auth }),
    other(`authentication.${name}.fields`, 'credentials', { auth, query: [['fields', 'id']] }),
  ];
}

function allProbes(): readonly Probe[] {
  return [
    ...wrongTokens.flatMap(({ name, auth }) => refusalProbes(name, auth)),
    ...nearMisses.flatMap(({ name, auth }) => nearMissProbes(name, auth)),
  ];
}

function isRefusal(status: number): boolean {
  return status >= 400 && status < 500;
}

const notAsked = (observations: Observations) => ({ reason: whyNothing(observations.all, observations.stopped) });

function judgeRefusals(
  observations: Observations,
  probes: readonly Probe[],
  refuses: (status: number) => boolean,
  expected: string,
): Verdict {
  const head = observations.of(headOfList.key);
  const answersHead = head?.kind === 'answer' && head.status < 300;
  const tallies = probes.map((probe): AnswerTally => {
    const observation = observations.of(probe.key);
    if (!observation || probe === headOfList || saysNothing(observation)) return silent;
    // HEAD owes a 401 only where it is answered to those who may read.
    if (probe.method === 'HEAD' && !answersHead) return silent;
    if (isSilenced(observations, observation)) return blockedBy('envelope.status');
    // A refusal of everything says nothing of the token.
    if (isBanned(observations, observation)) return blockedBy('robustness.recovery');
    if (observation.kind === 'failure') {
      return isGone(observations)
        ? blockedBy('robustness.recovery')
        : departs(ofAnswer(observation, expected, words(`no answer: ${observation.cause.message}`)));
    }
    if (refuses(observation.status)) return conforms;
    if (isOutOfService(observations, observation)) return blockedBy('envelope.status');
    return departs(ofAnswer(observation, expected, value(observation.status)));
  });
  return verdictOf(tallies, 'answers', notAsked(observations));
}

/** Whether the target stopped answering before the credentials were tried: odd input may have ended it. */
function isGone(observations: Observations): boolean {
  const after = observations.of('robustness.recovery');
  return after?.kind === 'failure' && !saysNothing(after);
}

function refusalsSeen(observations: Observations): readonly (Observation & ReadAnswer)[] {
  return observations.all.filter(
    (observation): observation is Observation & ReadAnswer =>
      observation.kind === 'answer' && observation.probe.phase === 'credentials' && !saysNothing(observation),
  );
}

function judgeNoData(observations: Observations): Verdict {
  const ids = [...connectionIds(observations, observations.fullLists)];
  const psks = createPskFinder(secretValues(observations));
  if (ids.length === 0)
    return { kind: 'inconclusive', reason: 'the list shows no connection whose data could be told' };
  // A shorter id may stand in an answer by accident.
  const telling = ids.filter((id) => id.length >= tellingLength);
  const values = tellingValues(observations);
  const tallies = refusalsSeen(observations).map((observation): AnswerTally => {
    const { said, strings, list } = observation.facts;
    const headers = observation.rawHeaders.join('\n');
    const quotes = (text: string) => telling.some((id) => text.includes(id));
    // One alone may be the client's own address, or a connection's name that is a word of the refusal.
    const isDescribed = [...strings].filter((string) => values.has(string)).length > 1;
    const isListed = list?.shapes.some((shape) => (list.shapeNames[shape]?.count ?? 0) > 0);
    const isInBody = isListed || quotes(said) || psks.inText(said, strings) || isDescribed;
    if (!isInBody && !quotes(headers)) return conforms;
    const found = `status ${observation.status} with connection data in ${isInBody ? 'the body' : 'a header'}`;
    return departs(ofAnswer(observation, 'an answer without connection data', words(found)));
  });
  return verdictOf(tallies, 'answers', notAsked(observations));
}

function judgeChallenge(observations: Observations): Verdict {
  const tallies = refusalsSeen(observations).map((observation): AnswerTally => {
    if (observation.status !== 401) return silent;
    return headerValues(observation.rawHeaders, 'www-authenticate').length > 0
      ? conforms
      : departs(ofAnswer(observation, 'a WWW-Authenticate header', words('none')));
  });
  return verdictOf(tallies, 'answers', { reason: 'no answer was 401' });
}

function judgeIsolation(observations: Observations, probes: readonly Probe[]): Verdict {
  const own = connectionIds(observations, observations.fullLists);
  if (own.size === 0)
    return { kind: 'inconclusive', reason: 'the first project has no connections that could be seen' };
  const tallies = probes.map((probe): AnswerTally => {
    const observation = observations.of(probe.key);
    if (!observation || saysNothing(observation)) return silent;
    const foreign = quotedConnections(observations, observation, own);
    if (foreign.length === 0) return observation.facts.list ? conforms : unlisted(observations, observation);
    const all = foreign.length === own.size ? "Every connection is seen: is SECOND_TOKEN an admin's?" : undefined;
    const expected = 'none of the connections of the first project';
    return departs(ofAnswer(observation, expected, value({ ids: foreign.slice(0, 3), count: foreign.length }), all));
  });
  const refused = { reason: 'SECOND_TOKEN got no list', remedy: 'give a valid token of another project' };
  return verdictOf(tallies, 'answers', observations.stopped === null ? refused : { reason: observations.stopped });
}

/** No list: the target answered badly, which its own requirement says, unless the token was refused. */
function unlisted({ lists }: Observations, observation: Observation): AnswerTally {
  return lists.includes(observation) ? blockedBy(blockerOfElements(observation) as string) : silent;
}
