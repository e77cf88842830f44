import { distance } from 'fastest-levenshtein';

/** Types that such pages name. */
const known = [
  'String',
  'Integer',
  'Int',
  'Long',
  'Number',
  'Float',
  'Double',
  'Boolean',
  'Bool',
  'Object',
  'Array',
  'List',
  'Dict',
  'Map',
  'UUID',
  'Date',
  'Datetime',
  'Timestamp',
  'Enum',
  'JSON',
  'MAC',
  'IP',
  'URI',
  'URL',
  'File',
  'Null',
] as const;

/** Types in several words, and structures that a page names itself: these are meant as they are written. */
const named =
  /^((json|dict(ionary)?|list|array|key-value)\b[\s\w-]*(object|array|structure|list|pairs?)s?|[\w./-]+ (objects?|structures?|array)|(long|short|unsigned|big) (integer|int)|(data )?structure|(string|int|integer|array|list|dict|object)\s*array|jsonarray|(string|integer|int|varchar|char)\s*\(\d+\))(?!\w).*$/i;

/**
 * A type as it is meant: a misspelt one is mended.
 * @returns null where it is like none that is known
 */
export function typeAsMeant(written: string): string | null {
  if (/^map\s*<.*>$/i.test(written)) return written;
  const [, outer, open, inner, close] = /^(\w+)\s*([<[(])\s*([^>\])]+?)\s*([>\])]?)$/.exec(written) ?? [];
  if (outer !== undefined && inner !== undefined) {
    if (/^\d+$/.test(inner)) return typeAsMeant(outer) === null ? null : written;
    // What a list holds may have a name of the page's own, unless that is a type misspelt.
    const item = typeAsMeant(inner) ?? (/^[\w.-]+$/.test(inner) ? inner : null);
    const container = typeAsMeant(outer);
    if (container === null || item === null) return null;
    return `${container}${open}${item}${close || (open === '<' ? '>' : open === '[' ? ']' : ')')}`;
  }
  const [, of, rest] = /^(\w+ of) (.+)$/i.exec(written) ?? [];
  if (of !== undefined && rest !== undefined) {
    const item = typeAsMeant(rest.replace(/s$/, '')) ?? (/^[\w.-]+$/.test(rest) ? rest.replace(/s$/, '') : null);
    return item === null ? null : `${of} ${item}${rest.endsWith('s') ? 's' : ''}`;
  }
  if (known.some((type) => type.toLowerCase() === written.toLowerCase())) return written;
  if (/^\w+\[\]$/.test(written) || named.test(written)) return written;
  const lower = written.toLowerCase();
  const begun = known.filter((type) => lower.length >= 3 && type.toLowerCase().startsWith(lower));
  if (begun.length > 0) return begun.at(-1) === 'Bool' ? 'Boolean' : (begun.find((type) => type !== 'Bool') ?? null);
  const near = known.filter((type) => type.length > 4 && distance(type.toLowerCase(), lower) <= 2);
  return near[0] ?? null;
}
