import { marks, plain } from './document.ts';

/** Sentences that list the values of a parameter. */
const leads =
  /\b(?:(?:the )?(?:valid |possible |supported |allowed |available )?(?:values?|options?)(?: options?| range)? (?:can (?:only )?be|may (?:only )?be|must be|should be|includes?|are|is one of|is either)|valid values? is |(?:values?|options?|value options|enumeration values?|valid values|possible values|options are)\s*[:：]|(?:it )?can be (?:either )?(?=\u0001)|one of (?:the following)?|either (?=\u0001)|the only (?:valid )?value is|the value is (?=\u0001)|the value can only be)/i;

/** Words for a form or a range of values, after which no list of values follows. */
const noList =
  /in the form|in the format|ranges? from|value range|greater than|less than|between|characters|at least|at most/i;

const byDefault = /\bdefault\b/i;

/** The values that a description names for its parameter; none where it names none. */
export function valuesIn(description: string): readonly string[] {
  const items = description.split(marks.item).slice(1);
  const prose = description.split(marks.item)[0] ?? '';
  const sentences = sentencesOf(prose);
  const found = sentences.flatMap((sentence) => {
    const lead = leads.exec(sentence);
    if (!lead || byDefault.test(sentence.slice(0, lead.index))) return [];
    const tail = sentence.slice(lead.index + lead[0].length).replace(/[,;]? (?:and )?the default\b.*$/is, '');
    if (noList.test(plain(sentence)) && !tail.includes(marks.open)) return [];
    const marked = [...tail.matchAll(/\u0001([^\u0002]+)\u0002/g)].map(([, word = '']) => clean(word));
    return marked.length > 0 ? marked : listed(tail);
  });
  const isList = items.length > 0 && sentences.some((sentence) => leads.test(sentence) || /[:：]\s*$/.test(sentence));
  const ofItems = isList ? items.map(itemValue).filter((each) => each !== '') : [];
  return [...new Set([...found, ...ofItems])];
}

/** A list item begins with its value: marked, or before a colon or a dash. */
function itemValue(item: string): string {
  const [, marked] = /^\s*\u0001([^\u0002]+)\u0002/.exec(item) ?? [];
  if (marked !== undefined) return clean(marked);
  const [head = ''] = plain(item).split(/\s*[:：]\s+|\s+[–—-]\s+|\s*[:：]$/);
  return isWord(clean(head)) ? clean(head) : '';
}

function sentencesOf(text: string): readonly string[] {
  return text.split(/(?<=[.。;!?])\s+(?=[\u0001A-Z])|\n/).filter((each) => each.trim() !== '');
}

/** Values without marks: words with commas between. */
function listed(tail: string): readonly string[] {
  const words = plain(tail)
    .replace(/[.。]\s*$/, '')
    .split(/\s*,\s*(?:or |and )?|\s+or\s+|\s+and\s+|\s*\/\s*|\s*\|\s*/)
    .map(clean)
    .filter((each) => each !== '');
  return words.length > 0 && words.every(isWord) ? words : [];
}

function isWord(text: string): boolean {
  return /^[\w.-]{1,64}$/.test(text) && !/^(the|a|an|it|none|any)$/i.test(text);
}

function clean(text: string): string {
  return plain(text)
    .replace(/^["'“”‘’]+|["'“”‘’.,;:]+$/g, '')
    .trim();
}

/** The default that a description states, as it is written; null where it states none. */
export function defaultIn(description: string): string | null {
  const text = description.replaceAll(marks.item, '\n');
  const patterns = [
    /\bdefaults?(?: value)?(?: of [\w.]+)?(?:\s+is|\s+to|\s*[:：=])\s*(?:set to\s+)?\u0001([^\u0002]+)\u0002/i,
    /\u0001([^\u0002]+)\u0002\s*\((?:the )?default\)/i,
    /\u0001([^\u0002]+)\u0002 (?:is (?:used|the default)|by default)/i,
    /\bdefaults?(?: value)?(?:\s+is|\s+to|\s*[:：=])\s*["'“]?([\w.:/-]*\w)/i,
    /\b([\w-]+)\s*\((?:the )?default\)/i,
  ];
  for (const pattern of patterns) {
    const [, value] = pattern.exec(text) ?? [];
    if (value === undefined) continue;
    return /^(an?|the|empty|null|not)$/i.test(clean(value)) ? null : clean(value);
  }
  return null;
}
