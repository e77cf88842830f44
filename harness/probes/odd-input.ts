import type { Faker } from '@faker-js/faker';
import { seededFaker } from '../base/seeded-faker.ts';
import { other, type Probe, type QueryPair } from './probe.ts';

/** Names under which an interpreter keeps something of its own in each object. */
export const interpreterNames = [
  '__proto__',
  'constructor',
  '__class__',
  '__dict__',
  'toString',
  'hasOwnProperty',
  'class',
] as const;

/** Where odd input stands: in `fields`, or as an unknown query parameter. */
export const oddPlaces = ['fields', 'parameter'] as const;
export type OddPlace = (typeof oddPlaces)[number];

/**
 * Kinds of odd input (clause `odd-input`). Each makes its values, as they stand on the wire, from a seeded faker; what
 * the kind is about is fixed, what surrounds it is random.
 */
export const oddKinds: readonly { kind: string; what: string; values: (faker: Faker) => readonly string[] }[] = [
  { kind: 'nul', what: 'a NUL character', values: (faker) => ['%00', `${randomWord(faker)}%00`] },
  { kind: 'invalid-utf8', what: 'bytes that are no UTF-8', values: (faker) => ['%FF', `${randomWord(faker)}%C3%28`] },
  { kind: 'bad-percent', what: 'a bad percent-encoding', values: (faker) => ['%', `%ZZ${randomWord(faker)}`] },
  {
    kind: 'long',
    what: 'several thousand characters',
    // Between these lie the usual limits of servers: 4, 8 and 16 KiB for a request line or for all headers.
    values: (faker) => [2_000, 5_000, 8_000, 16_000].map((length) => faker.string.alpha(length)),
  },
  // The name is repeated, see pairsOf.
  { kind: 'repeats', what: 'a hundred repeats', values: (faker) => [randomWord(faker)] },
  { kind: 'quotes', what: 'quotes', values: (faker) => [encode(`'${randomWord(faker)}" OR '1'='1`)] },
  { kind: 'traversal', what: 'a path traversal', values: () => [encode('../../../../etc/passwd')] },
  { kind: 'crlf', what: 'CR and LF', values: (faker) => [encode(`x\r\n${injectedName(faker)}: 1\r\n\r\n`)] },
  {
    kind: 'template',
    what: 'template characters',
    values: (faker) => [encode(`\${${randomWord(faker)}}{{7*7}}#{7*7}<%= 7*7 %>`)],
  },
  { kind: 'markup', what: 'markup', values: (faker) => [encode(markup(faker))] },
  {
    kind: 'prototype',
    what: 'names of JavaScript and Python prototypes',
    values: () => interpreterNames,
  },
  {
    kind: 'unicode',
    what: 'characters beyond ASCII',
    values: (faker) => [encode(`${randomWord(faker)}é日本\u202e😀\ufeff`)],
  },
  { kind: 'brackets', what: 'brackets', values: (faker) => [`${randomWord(faker)}[]`, encode('[id]{name}')] },
  { kind: 'plus', what: 'plus signs', values: () => ['id+name', '+'] },
];

/** Names of headers that only odd input could have made. */
export const injectedHeaders = /^x-injected-/i;

const probesBySeed = new Map<number, ReadonlyMap<string, readonly Probe[]>>();

/** The probes of a kind at a place; those of a seed are made once. */
export function oddProbes(seed: number, kind: string, place: OddPlace): readonly Probe[] {
  const made = probesBySeed.get(seed) ?? makeProbes(seed);
  probesBySeed.set(seed, made);
  return made.get(`${kind}.${place}`) ?? [];
}

function makeProbes(seed: number): ReadonlyMap<string, readonly Probe[]> {
  const faker = seededFaker(seed);
  return new Map(
    oddPlaces.flatMap((place) =>
      oddKinds.map(({ kind, values }): [string, readonly Probe[]] => [
        `${kind}.${place}`,
        values(faker).map((value, index) =>
          other(`robustness.${kind}.${place}-${index + 1}`, 'odd', { query: queryPairs(kind, place, value, faker) }),
        ),
      ]),
    ),
  );
}

/** The probes that carry markup, each with the tag that it opens and a word of its own: a page must not show these. */
export function markupProbes(seed: number): readonly { probe: Probe; input: string }[] {
  return oddPlaces.flatMap((place) =>
    oddProbes(seed, 'markup', place).map((probe) => ({
      probe,
      // What follows has quotes, which a page may escape and yet run the tag.
      input: decodeURIComponent(probe.query[0]?.[1] ?? '').split('(')[0] as string,
    })),
  );
}

/** The probes that try to make a header. */
export function headerProbes(seed: number): readonly Probe[] {
  return oddPlaces.flatMap((place) => oddProbes(seed, 'crlf', place));
}

function queryPairs(kind: string, place: OddPlace, value: string, faker: Faker): readonly QueryPair[] {
  // A name that no filter of the API has; brackets belong into a name as well as into a value.
  const name = place === 'fields' ? 'fields' : `x_${randomWord(faker)}`;
  if (kind === 'repeats') return Array.from({ length: 100 }, () => [name, value]);
  return kind === 'brackets' && value.endsWith('[]') ? [[`${name}[]`, value]] : [[name, value]];
}

function markup(faker: Faker): string {
  return `<script>${randomWord(faker)}('x')</script>`;
}

function injectedName(faker: Faker): string {
  return `X-Injected-${randomWord(faker)}`;
}

function randomWord(faker: Faker): string {
  return faker.string.alpha({ length: 8, casing: 'lower' });
}

function encode(text: string): string {
  return encodeURIComponent(text);
}
