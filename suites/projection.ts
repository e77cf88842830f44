import { coveringArray } from '../harness/base/covering-array.ts';
import { exactly, judgeProbes, probesToAskAgain } from '../harness/comparing/against-lists.ts';
import { judgeExecuted, pairsToAskAgain } from '../harness/comparing/name-execution.ts';
import {
  aloneProbe,
  besideProbes,
  besideToAskAgain,
  judgeAlone,
  judgeBeside,
  undefinedFieldsOf,
} from '../harness/comparing/undefined-names.ts';
import type { Contract } from '../harness/contract/contract.ts';
import type { Requirement } from '../harness/judging/requirement.ts';
import { languages, probePairs } from '../harness/probes/executed-names.ts';
import { type Probe, projection, type QueryPair } from '../harness/probes/probe.ts';
import { ofLanguage, recoveriesAround } from '../harness/probes/recoveries.ts';

const page = 'Table 1 (fields)';
const note = 'Note under Table 1 (names not supported); Table 1 (fields)';
const repeats = 'Table 1 (fields); OpenStack Networking API v2: fields may be repeated';

/**
 * One character encoded, or all: letters, digits and the underscore of RFC 3986 section 2.3, in digits of both cases.
 */
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

/** Requirements on `fields`, which leaves members out of each element. */
export function projectionOf(contract: Contract): readonly Requirement[] {
  const { projectableNames } = contract;
  const [allNames = [], ...combinations] = coveringArray(projectableNames);
  return [
    ...projectableNames.map(
      (name): Requirement => ({
        id: `projection.single.${name}`,
        level: 'MUST',
        title: `fields=${name} gives every element exactly ${name}, with its value`,
        clause: 'defined-names',
        source: page,
        needs: 'other requests',
        ...exact([
          projection(`projection.single.${name}`, 'single', [name]),
          // Once more, later: a cache may answer the second time, and answer wrongly.
          projection(`projection.single.${name}.later`, 'repeats', [name]),
        ]),
      }),
    ),
    ...projectableNames
      .filter((name) => name !== 'id')
      .map(
        (name): Requirement => ({
          id: `projection.with-id.${name}`,
          level: 'SHOULD',
          title: `fields=id&fields=${name} gives each element its own id and ${name}`,
          clause: 'defined-names',
          source: repeats,
          needs: 'other requests',
          ...exact([projection(`projection.with-id.${name}`, 'pairs', ['id', name])]),
        }),
      ),
    {
      id: 'projection.combinations',
      level: 'SHOULD',
      title: 'any two names are both honoured, whichever others are given',
      clause: 'defined-names',
      source: repeats,
      needs: 'other requests',
      ...exact(
        combinations.map((names, row) => projection(`projection.combination-${row + 1}`, 'combinations', names)),
      ),
    },
    {
      id: 'projection.all',
      level: 'SHOULD',
      title: `all ${projectableNames.length} names together give exactly those`,
      clause: 'defined-names',
      source: repeats,
      needs: 'other requests',
      ...exact([projection('projection.all', 'combinations', allNames)]),
    },
    {
      id: 'projection.order',
      level: 'SHOULD',
      title: 'the order of names makes no difference',
      clause: 'defined-names',
      source: repeats,
      needs: 'other requests',
      ...exact([projection('projection.order', 'combinations', ['status', 'name', 'mtu', 'id'])]),
    },
    {
      id: 'projection.repeated',
      level: 'SHOULD',
      title: 'a name given twice makes no difference',
      clause: 'defined-names',
      source: repeats,
      needs: 'other requests',
      ...exact([
        projection('projection.repeated-1', 'combinations', ['id', 'name', 'id']),
        projection('projection.repeated-2', 'combinations', ['id', 'id']),
      ]),
    },
    {
      id: 'projection.percent-encoded',
      level: 'SHOULD',
      title: 'percent-encoding of a name makes no difference',
      clause: 'defined-names',
      source: 'RFC 3986 section 2.3; Table 1 (fields)',
      needs: 'other requests',
      ...exact(
        encodedNames.map(({ names, query }, index) =>
          projection(`projection.percent-encoded-${index + 1}`, 'combinations', names, query),
        ),
      ),
    },
    ...languages.map(
      (language): Requirement => ({
        id: `projection.executed.${language.kind}`,
        level: 'SHOULD',
        title: `a name in fields is compared, not executed as ${language.what}`,
        clause: 'undefined-names',
        source: `${note}; CWE-89 and CWE-94 (input that is executed)`,
        needs: 'other requests',
        probes: () => [...probePairs(language).flat(), recoveriesAround(ofLanguage(language.kind)).after],
        judge: (observations) => judgeExecuted(observations, language),
        askAgain: (observations) => pairsToAskAgain(observations, language),
      }),
    ),
    ...undefinedFieldsOf(contract).flatMap((field): readonly Requirement[] => {
      const [alone, beside] = [aloneProbe(field), besideProbes(field)];
      return [
        {
          id: `projection.undefined.${field.kind}`,
          level: 'SHOULD',
          title: `${field.what}, alone in fields, is honoured, ignored or refused`,
          clause: 'undefined-names',
          source: note,
          needs: 'other requests',
          probes: () => [alone],
          judge: (observations) => judgeAlone(observations, alone, field.name ?? ''),
        },
        {
          id: `projection.beside.${field.kind}`,
          level: 'SHOULD',
          title: `${field.what}, beside id in fields, does not lose id unless it is refused`,
          clause: 'undefined-names',
          source: note,
          needs: 'other requests',
          probes: () => beside,
          judge: (observations) => judgeBeside(observations, beside, field.name ?? ''),
          askAgain: (observations) => besideToAskAgain(observations, beside),
        },
      ];
    }),
  ];
}

/** How a projection is asked and judged: the answers have exactly the names that were given, with the list's values. */
function exact(
  probes: readonly Probe[],
): Pick<Requirement, 'probes' | 'judge'> & Required<Pick<Requirement, 'askAgain'>> {
  return {
    probes: () => probes,
    judge: (observations) => judgeProbes(observations, probes, exactly),
    askAgain: (observations) => probesToAskAgain(observations, probes, exactly),
  };
}
