import { type Parameter, parameters } from '../harness/contract.ts';
import type { KnownConnection } from '../harness/known-connections.ts';
import type { Observations } from '../harness/observations.ts';
import { pointer, valueAt } from '../harness/pointer.ts';
import { fullList } from '../harness/probe.ts';
import { type Reading, wrapper } from '../harness/reading.ts';
import type { Requirement } from '../harness/requirement.ts';
import { type Verdict, value, words } from '../harness/verdict.ts';
import { connectionsNamed } from './connection-data.ts';
import { blockerOfElements } from './envelope.ts';
import { sameValue } from './living-inventory.ts';
import { type AnswerTally, blockedBy, conforms, departs, silent, verdictOf, withoutAnswers } from './tally.ts';

const upstream = 'OpenStack Networking API v2: a list shows what a connection was created with';

/** What no client gives at creation; the project is that of its token. */
const madeByTarget: ReadonlySet<string> = new Set(['id', 'status', 'project_id', 'tenant_id']);

/** Connections whose making is known: they are listed, and what was given comes back. */
export const known: readonly Requirement[] = [
  {
    id: 'known.listed',
    level: 'SHOULD',
    title: 'each known connection is in the list, once',
    source: upstream,
    probes: () => [fullList('first')],
    judge: (observations) => overKnown(observations, judgeListed, () => 'no connection is known'),
  },
  ...parameters
    .filter(({ name, schema }) => !madeByTarget.has(name) && schema.type !== 'object')
    .map(
      (parameter): Requirement => ({
        id: `known.given.${parameter.name}`,
        level: 'SHOULD',
        title: `${parameter.name} comes back as it was given at creation`,
        source: `Table ${parameter.row.table}, row ${parameter.row.row} (${parameter.row.parameter}); ${upstream}`,
        probes: () => [fullList('first')],
        judge: (observations) =>
          overKnown(
            observations,
            (reading, connection) => judgeGiven(reading, connection, parameter),
            () => whyUnjudged(observations, parameter),
          ),
      }),
    ),
];

function overKnown(
  observations: Observations,
  judge: (reading: Reading, connection: KnownConnection) => AnswerTally,
  whyNothing: () => string,
): Verdict {
  const { knownConnections } = observations.settings;
  if (knownConnections.length === 0) {
    return { kind: 'not-applicable', reason: 'KNOWN_CONNECTIONS says of no connection what it was created with' };
  }
  const tallies = observations.fullLists.flatMap((reading) => {
    const blocker = blockerOfElements(reading);
    return blocker === undefined ? knownConnections.map((each) => judge(reading, each)) : [blockedBy(blocker)];
  });
  const paged = observations.fullLists.some((reading) => reading.paged);
  const reason = paged ? 'the list is paged, and its first page shows none' : whyNothing();
  return verdictOf(tallies, 'connections', withoutAnswers(observations, { reason }));
}

/** Why a value given at creation could not be held to what came back. */
function whyUnjudged({ settings, fullLists }: Observations, { path, name }: Parameter): string {
  const at = pointer(path);
  const givenTo = settings.knownConnections.filter(({ given }) => valueAt(given, at) !== undefined);
  if (givenTo.length === 0) return 'it was given to no known connection';
  const isMasked = fullLists.some((reading) =>
    givenTo.some(({ by }) =>
      connectionsNamed(reading, by).some((index) => isMask(valueAt(reading.elements?.[index], at))),
    ),
  );
  return name === 'psk' && isMasked
    ? 'it came back masked, and what a mask hides cannot be seen'
    : 'no known connection that it was given to is listed, once';
}

function judgeListed(reading: Reading, connection: KnownConnection): AnswerTally {
  const { observation } = reading;
  const found = connectionsNamed(reading, connection.by).length;
  if (found === 1) return conforms;
  // What is not on the first page may be on the next: contract clause 15.
  if (found === 0 && reading.paged) return silent;
  const actual = value({ [connection.by.member]: connection.by.value, listed: found });
  return departs({ observation, pointer: '', expected: 'each known connection once', actual });
}

function judgeGiven(reading: Reading, { by, given }: KnownConnection, { path, name }: Parameter): AnswerTally {
  const [index, another] = connectionsNamed(reading, by);
  const wanted = valueAt(given, pointer(path));
  if (wanted === undefined || index === undefined || another !== undefined) return silent;
  const found = valueAt(reading.elements?.[index], pointer(path));
  if (found === undefined) return blockedBy(`parameters.presence.${name}`);
  if (sameValue(path.at(-1) as string, found, wanted)) return conforms;
  // A target may mask a psk; whether the mask hides the right one cannot be seen.
  if (name === 'psk' && isMask(found)) return silent;
  return departs({
    observation: reading.observation,
    pointer: pointer([wrapper, index, ...path]),
    expected: 'the value given at creation, as KNOWN_CONNECTIONS says it',
    actual:
      name === 'psk' ? words('another value') : value({ [name]: found, given: { [path.at(-1) as string]: wanted } }),
  });
}

function isMask(found: unknown): boolean {
  return typeof found === 'string' && /^(\W*|[xX]+|.*(redacted|hidden|masked).*)$/i.test(found);
}
