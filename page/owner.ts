import type { PageTable } from './page.ts';

/**
 * The object that a table of members is named for: `dpd parameters`, `Data structure of the dpd field`.
 * @param referring the parameter whose description refers to the table
 */
export function ownerOf(name: string, referring: string | undefined, tables: readonly PageTable[]): string | null {
  const objects = tables.flatMap(({ rows }) => rows.filter(({ type }) => !isScalar(type)));
  const words = name.split(/[^\w-]+/).filter((word) => word !== '');
  // As it is written; in other letter case; one of many for the many, or the other way round.
  const likenesses: readonly ((word: string, parameter: string) => boolean)[] = [
    (word, parameter) => word === parameter,
    (word, parameter) => word.toLowerCase() === parameter.toLowerCase(),
    (word, parameter) => word === `${parameter}s` || `${word}s` === parameter,
  ];
  for (const isLike of likenesses) {
    const found = objects.find(({ parameter }) => words.some((word) => isLike(word, parameter)));
    if (found) return found.parameter;
  }
  if (referring !== undefined) return referring;
  // The type may name what the table describes: List<resource_tag>.
  const own = words.filter((word) => word.length > 3 && !general.test(word));
  return objects.find(({ type }) => type.split(/[^\w-]+/).some((word) => own.includes(word)))?.parameter ?? null;
}

/** Words of captions and types that name nothing. */
const general =
  /^(objects?|lists?|arrays?|fields?|parameters?|descriptions?|data|structures?|request|response|table|dict|map|string|the|of)$/i;

export function isScalar(type: string): boolean {
  return scalar.test(type);
}

/** Types of values that have no members. */
const scalar =
  /^(string|str|int|integer|long|number|float|double|bool|boolean|uuid|date|datetime|timestamp|enum|ip|mac|url|uri|null|(list|array)( of |\s*<|\[| )\s*(strings?|str|integers?|ints?|enums?)\s*[>\]]?|(string|integer|int) array)$/i;
