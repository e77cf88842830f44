import { projectableNames } from '../harness/contract.ts';
import { type Phase, type Probe, projection as project, type QueryPair } from '../harness/probe.ts';
import type { Requirement } from '../harness/requirement.ts';
import type { Level } from '../harness/verdict.ts';
import { exactly, judgeProbes, probesToAskAgain } from './against-lists.ts';
import { coveringArray } from './covering-array.ts';
import { undefinedNames } from './undefined-names.ts';

const page = 'Table 1 (fields)';
const repeats = 'Table 1 (fields); OpenStack Networking API v2: fields may be repeated';
const [allNames = [], ...combinations] = coveringArray(projectableNames);

const encodedNames: readonly QueryPair[] = [
  ['fields', '%69d'],
  ['fields', 'n%61me'],
];

/** What `fields` does: contract clauses 10 to 13. */
export const projection: readonly Requirement[] = [
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
    probes: [project('projection.repeated', 'combinations', ['id', 'name', 'id'])],
  }),
  requirement({
    id: 'projection.percent-encoded',
    level: 'SHOULD',
    title: 'percent-encoding of a name makes no difference',
    source: 'RFC 3986 section 2.3; Table 1 (fields)',
    probes: [project('projection.percent-encoded', 'combinations', ['id', 'name'], encodedNames)],
  }),
  ...undefinedNames,
];

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
