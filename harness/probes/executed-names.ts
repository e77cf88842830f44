import { other, type Probe } from './probe.ts';

/** Two names of one form, of which the first says what is true and the second what is false. */
type NamePair = readonly [whatIsTrue: string, whatIsFalse: string];

/**
 * Names that differ only in the truth of what they say, by the language that would execute them (clause
 * `undefined-names`): a target that compares names takes both alike.
 * `like`: the kind of odd input that such names are, for a target that takes any of that kind badly.
 */
export const languages = [
  {
    kind: 'sql',
    what: 'SQL',
    like: 'quotes',
    pairs: [
      [`id' OR '1'='1`, `id' OR '1'='2`],
      [`id" OR "1"="1`, `id" OR "1"="2`],
      [`id') OR ('1'='1`, `id') OR ('1'='2`],
      ['id OR 1=1', 'id OR 1=2'],
      [`id' AND '1'='1`, `id' AND '1'='2`],
      ['id AND 1=1', 'id AND 1=2'],
    ],
  },
  {
    kind: 'script',
    what: 'an expression of JavaScript or of a document database',
    like: 'quotes',
    pairs: [
      [`id' || '1'=='1`, `id' || '1'=='2`],
      [`id' && '1'=='1`, `id' && '1'=='2`],
    ],
  },
  {
    kind: 'template',
    what: 'an expression of a template language',
    like: 'template',
    pairs: [
      [`{{'id' if 1==1 else ''}}`, `{{'id' if 1==2 else ''}}`],
      [`\${1==1?'id':''}`, `\${1==2?'id':''}`],
    ],
  },
] as const satisfies readonly { kind: string; what: string; like: string; pairs: readonly NamePair[] }[];

/** A language that a target may take names for. */
export type Language = (typeof languages)[number];

/** The requests for two such names. */
export type ProbePair = readonly [whatIsTrue: Probe, whatIsFalse: Probe];

/** The requests for a language's names, two by two. They may be taken for an attack: so they are odd input. */
export function probePairs({ kind, pairs }: Language): readonly ProbePair[] {
  const probeOf = (name: string, which: string) =>
    other(`projection.executed.${kind}.${which}`, 'odd', { query: [['fields', encodeURIComponent(name)]] });
  return pairs.map(([whatIsTrue, whatIsFalse], at) => [
    probeOf(whatIsTrue, `true-${at + 1}`),
    probeOf(whatIsFalse, `false-${at + 1}`),
  ]);
}
