import type { Contract } from '../harness/contract/contract.ts';
import type { Level } from '../harness/contract/level.ts';
import { type Phase, type Probe, projection as project, type QueryPair } from '../harness/http/probe.ts';
import { exactly, judgeProbes, probesToAskAgain } from '../harness/judging/against-lists.ts';
import type { Requirement } from '../harness/judging/requirement.ts';
import { coveringArray } from './covering-array.ts';
import { undefinedNames } from './undefined-names.ts';

const page = 'Table 1 (fields)';
const repeats = 'Table 1 (fields); OpenStack Networking API v2: fields may be repeated';

/** One character encoded, or all: letters, digits and the underscore of RFC 3986 section 2.3, in digits of both cases. */
const encodedNames: readonly { names: readonly string[]; query: readonly QueryPair[] }[] = [
  {
    names: ['id', 'name'],
    query: [
      ['fields', '%69d'],
      ['fields', 'n%61me'],
    ],
  },
  {
    names: ['peer_address', 'vpnservice_id'],
    query: [
      ['fields', '%70%65%65%72%5F%61%64%64%72%65%73%73'],
      ['fields', '%76%70%6e%73%65%72%76%69%63%65%5f%69%64'],
    ],
  },
];

/** What `fields` does: contract clauses 10 to 13. */
export function projectionOf({ projectableNames }: Contract): readonly Requirement[] {
  const [allNames = [], ...combinations] = coveringArray(projectableNames);
  return [
    ...projectableNames.map((name) =>
      requirement({
        id: `projection.single.${name}`,
        level: 'MUST',
        title: `fields=${name} gives every element exactly ${name}, with its value`,
        source: page,
        probes: [named('single', 'single', [name])],
      }),
    ),
    ...projectableNames
      .filter((name) => name !== 'id')
      .map((name) =>
        requirement({
          id: `projection.with-id.${name}`,
          level: 'SHOULD',
          title: `fields=id&fields=${name} gives each element its own id and ${name}`,
          source: repeats,
          probes: [named('with-id', 'pairs', ['id', name])],
        }),
      ),
    requirement({
      id: 'projection.combinations',
      level: 'SHOULD',
      title: 'any two names are both honoured, whichever others are given',
      source: repeats,
      probes: combinations.map((names, row) => project(`projection.combination-${row + 1}`, 'combinations', names)),
    }),
    requirement({
      id: 'projection.all',
      level: 'SHOULD',
      title: `all ${projectableNames.length} names together give exactly those`,
      source: repeats,
      probes: [project('projection.all', 'combinations', allNames)],
    }),
    requirement({
      id: 'projection.order',
      level: 'SHOULD',
      title: 'the order of names makes no difference',
      source: repeats,
      probes: [project('projection.order', 'combinations', ['status', 'name', 'mtu', 'id'])],
    }),
    requirement({
      id: 'projection.repeated',
      level: 'SHOULD',
      title: 'a name given twice makes no difference',
      source: repeats,
      probes: [
        project('projection.repeated-1', 'combinations', ['id', 'name', 'id']),
        project('projection.repeated-2', 'combinations', ['id', 'id']),
      ],
    }),
    requirement({
      id: 'projection.percent-encoded',
      level: 'SHOULD',
      title: 'percent-encoding of a name makes no difference',
      source: 'RFC 3986 section 2.3; Table 1 (fields)',
      probes: encodedNames.map(({ names, query }, index) =>
        project(`projection.percent-encoded-${index + 1}`, 'combinations', names, query),
      ),
    }),
    ...undefinedNames,
  ];
}

function named(kind: string, phase: Phase, names: readonly string[]): Probe {
  return project(`projection.${kind}.${names.at(-1)}`, phase, names);
}

function requirement(stated: {
  id: string;
  level: Level;
  title: string;
  source: string;
  probes: readonly Probe[];
}): Requirement {
  const { probes, ...rest } = stated;
  return {
    ...rest,
    probes: () => probes,
    judge: (observations) => judgeProbes(observations, probes, exactly),
    askAgain: (observations) => probesToAskAgain(observations, probes, exactly),
  };
}
