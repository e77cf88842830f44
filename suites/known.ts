import type { Observation } from '../harness/answers/observation.ts';
import { pointer, valueAt } from '../harness/base/pointer.ts';
import { isPaged } from '../harness/comparing/living-inventory.ts';
import type { KnownConnection } from '../harness/configuration/known-connections.ts';
import type { Contract } from '../harness/contract/contract.ts';
import type { Parameter } from '../harness/contract/schema-node.ts';
import { wrapper } from '../harness/contract/wrapper.ts';
import type { AnswerTally } from '../harness/judging/answer-tally.ts';
import { blockerOfElements } from '../harness/judging/frame.ts';
import type { Observations } from '../harness/judging/observations.ts';
import type { Requirement } from '../harness/judging/requirement.ts';
import { blockedBy, conforms, departs, silent, verdictOf, withoutAnswers } from '../harness/judging/tally.ts';
import { ofAnswer, type Verdict, value, words } from '../harness/judging/verdict.ts';
import { comparable } from '../harness/lists/comparable.ts';
import { type ListFacts, valueNumberAt } from '../harness/lists/list-facts.ts';
import { theList } from '../harness/probes/probe.ts';
import { connectionsNamed } from '../harness/searching/connection-data.ts';

const upstream = 'OpenStack Networking API v2: a list shows what a connection was created with';

/** The members that no client gives at creation, in any edition; the project is that of the client's token. */
const madeByTarget: ReadonlySet<string> = new Set([
  'id',
  'status',
  'project_id',
  'tenant_id',
  'created_at',
  'tags',
  'order_id',
  'product_id',
  'local_id',
]);

/** Connections whose making is known: they are listed, and what was given comes back. */
export const knownOf = ({ parameters }: Contract): readonly Requirement[] => [
  {
    id: 'known.listed',
    level: 'SHOULD',
    title: 'each known connection is in the list, once',
    clause: 'known-connections',
    source: upstream,
    needs: 'a list',
    probes: theList,
    judge: (observations) =>
      overKnown(
        observations,
        (observation, connection) => judgeListed(observations, observation, connection),
        () => 'no connection is known',
      ),
  },
  ...parameters
    .filter(({ name, schema }) => !madeByTarget.has(name) && schema.type !== 'object')
    .map(
      (parameter): Requirement => ({
        id: `known.given.${parameter.name}`,
        level: 'SHOULD',
        title: `${parameter.name} comes back as it was given at creation`,
        clause: 'known-connections',
        source: `Table ${parameter.row.table}, row ${parameter.row.row} (${parameter.row.parameter}); ${upstream}`,
        needs: 'a connection',
        probes: theList,
        judge: (observations) =>
          overKnown(
            observations,
            (observation, connection) => judgeGiven(observations, observation, connection, parameter),
            () => whyUnjudged(observations, parameter),
          ),
      }),
    ),
];

function overKnown(
  observations: Observations,
  judge: (observation: Observation, connection: KnownConnection) => AnswerTally,
  whyNothing: () => string,
): Verdict {
  const { knownConnections } = observations.settings;
  if (knownConnections.length === 0) {
    return { kind: 'not-applicable', reason: 'KNOWN_CONNECTIONS says of no connection what it was created with' };
  }
  // Equal lists are judged once.
  const known = new Map<ListFacts, readonly AnswerTally[]>();
  const tallies = observations.fullLists.flatMap((observation) => {
    const { list } = observation.facts;
    const blocker = blockerOfElements(observation);
    if (blocker !== undefined || !list) return [blockedBy(blocker ?? 'envelope.wrapper')];
    const own = known.get(list) ?? knownConnections.map((each) => judge(observation, each));
    known.set(list, own);
    return own;
  });
  const paged = observations.fullLists.some(isPaged);
  const reason = paged ? 'the list is paged, and its first page shows none' : whyNothing();
  return verdictOf(tallies, 'connections', withoutAnswers(observations, { reason }));
}

/** Why a value given at creation could not be held to what came back. */
function whyUnjudged(observations: Observations, { path, name }: Parameter): string {
  const { settings, fullLists } = observations;
  const at = pointer(path);
  const givenTo = settings.knownConnections.filter(({ given }) => valueAt(given, at) !== undefined);
  if (givenTo.length === 0) return 'it was given to no known connection';
  const isMasked = fullLists.some(({ facts: { list } }) =>
    givenTo.some(({ by }) =>
      connectionsNamed(observations, list, by).some((index) => isMask(valueIn(observations, list, index, name))),
    ),
  );
  return name === 'psk' && isMasked
    ? 'it came back masked, and what a mask hides cannot be seen'
    : 'no known connection that it was given to is listed, once';
}

function judgeListed(observations: Observations, observation: Observation, connection: KnownConnection): AnswerTally {
  const found = connectionsNamed(observations, observation.facts.list, connection.by).length;
  if (found === 1) return conforms;
  // What is not on the first page may be on the next: clause `paging`.
  if (found === 0 && isPaged(observation)) return silent;
  const actual = value({ [connection.by.member]: connection.by.value, listed: found });
  return departs(ofAnswer(observation, 'each known connection once', actual));
}

function judgeGiven(
  observations: Observations,
  observation: Observation,
  { by, given }: KnownConnection,
  { path, name }: Parameter,
): AnswerTally {
  const { list } = observation.facts;
  const [index, another] = connectionsNamed(observations, list, by);
  const wanted = valueAt(given, pointer(path));
  if (wanted === undefined || index === undefined || another !== undefined) return silent;
  const found = valueIn(observations, list, index, name);
  if (found === undefined) return blockedBy(`parameters.presence.${name}`);
  if (isSameValue(observations, name, found, wanted)) return conforms;
  // A target may mask a psk; whether the mask hides the right one cannot be seen.
  if (name === 'psk' && isMask(found)) return silent;
  return departs({
    observation,
    pointer: pointer([wrapper, index, ...path]),
    expected: 'the value given at creation, as KNOWN_CONNECTIONS says it',
    actual:
      name === 'psk' ? words('another value') : value({ [name]: found, given: { [path.at(-1) as string]: wanted } }),
  });
}

function valueIn({ texts }: Observations, list: ListFacts | undefined, index: number, name: string): unknown {
  return texts.value(valueNumberAt(list?.values.get(name), index));
}

/** Whether a value is the one that was given, the order of members and of networks aside. */
function isSameValue({ texts, contract }: Observations, name: string, one: unknown, other: unknown): boolean {
  const numberOf = (each: unknown) => texts.idOf(comparable(name, each, contract.dpdMembers));
  return numberOf(one) === numberOf(other);
}

function isMask(found: unknown): boolean {
  return typeof found === 'string' && /^(\W*|[xX]+|.*(redacted|hidden|masked).*)$/i.test(found);
}
