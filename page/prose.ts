import { marks, plain } from './document.ts';

/** Values of other kinds. */
const notOther = '(?<!\\b(?:minimum|maximum|default|example|initial|recommended|used|tag) )';

/** The beginning of a sentence that lists the values of a parameter. */
const leads = new RegExp(
  [
    String.raw`\b(?:the )?(?:valid |possible |supported |allowed |available |optional |enumerated? )?${notOther}(?:values?|options?)(?: options?| range)? (?:can (?:only )?be|may (?:only )?be|must be|should be|includes?|are|is one of|is either)`,
    String.raw`(?:valid values? is)\b`,
    String.raw`${notOther}(?:values?|options?)\s*[:：]`,
    String.raw`\b(?:it |which )?can (?:only )?be (?:either )?(?=\u0001|["'“])`,
    String.raw`\bwhich can be`,
    String.raw`\bone of (?:the following)?`,
    String.raw`\b(?:is|can be|must be|should be|may be) either (?=\u0001)`,
    String.raw`^(?:currently, )?(?:the|its) (?:only |valid |parameter )*value(?: of this (?:parameter|field))? is(?= \u0001)`,
    String.raw`\bthe (?:only (?:valid )?)?value is(?= [\w.-]+(?:, [\w.-]+)*,? or [\w.-]+(?:[.,\n]|$)| \u0001[^\u0002]*\u0002,? or \u0001)`,
    String.raw`\bcan be set to`,
    String.raw`\b(?:protocol|mode|type|status|state|method|action|algorithm|direction|level|version) can (?:only )?be (?=\u0001|[\w.-]+(?:, [\w.-]+)*,? or [\w.-]+(?:[.,\n]|$))`,
    String.raw`\b(?:options|values) are available\s*[:：]?`,
    String.raw`\bonly(?: the value)? (?=\u0001[^\u0002]+\u0002 (?:is|are) (?:currently )?supported)`,
  ].join('|'),
  'i',
);

/** Words for a form or a range of values, after which no list of values follows. */
const noList =
  /in the form|in the format|ranges? from|value range|greater than|less than|between|characters|at least|at most/i;

const byDefault = /\bdefault\b/i;

/** Words that may stand between a lead and the first value. */
const opening =
  /^[\s:：]*(?:(?:only|one of|any of|either|the following|as follows|set to|a value of|values?|both|of)\b[\s:：]*)*[("'“]?$/i;

/** Text that may stand between two values: a separator, a remark in brackets, or what a value means. */
const between =
  /^["'”]?\s*(?:\([^)]*\))?\s*(?:[,;/|]|\bor\b|\band\b|\s|["'“])*$|^[^.]{0,160}\b(?:indicat|mean|represent|denot)\w*[^.]{0,160}(?:[,;]|\bor\b|\band\b)\s*$|^\s*[:：(][^.\u0001]{0,160}(?:[,;)]|\bor\b|\band\b)\s*(?:or|and)?\s*$/i;

const separator = /^["'”]?\s*(?:\([^)]*\))?\s*(?:[,;/|]|\bor\b|\band\b|\s|["'“])*$/i;

/** A line of a description; `isItem`: it is an item of a list. */
type Line = { text: string; isItem: boolean };

/** The values that a description names for its parameter; none where it names none. */
export function valuesIn(description: string): readonly string[] {
  const values = new Set<string>();
  // Whether a sentence announced a list of values.
  let isAnnounced = false;
  for (const { text, isItem } of linesOf(description)) {
    const own = isAnnounced && (isItem || isDefinition.test(text)) ? itemValues(text) : [];
    if (own.length > 0) {
      for (const each of own) values.add(each);
      continue;
    }
    const following = isAnnounced && !isItem ? valuesOfLine(text) : [];
    if (following.length > 0) {
      for (const each of following) values.add(each);
      continue;
    }
    if (isItem) isAnnounced = false;
    for (const sentence of sentencesOf(text)) {
      const found = valuesOfSentence(sentence);
      for (const each of found ?? []) values.add(each);
      isAnnounced ||= found !== undefined || isAnnouncing(plain(sentence));
    }
  }
  return [...values];
}

/** The values of a line that has nothing else: marked words, or at least two words, with separators. */
function valuesOfLine(line: string): readonly string[] {
  const rest = line.replace(/\u0001[^\u0002]*\u0002/g, '');
  const marked = /^(?:[\s,;/|.]|\bor\b|\band\b)*$/i.test(rest) ? markedIn(line, separator) : [];
  if (marked.length > 0) return marked;
  const words = line.includes(marks.open) ? [] : listed(line);
  return words.length > 1 ? words : [];
}

/** Whether a sentence announces what follows it, and that may be values. */
function isAnnouncing(sentence: string): boolean {
  return /[:：]\s*$/.test(sentence) && !/[{["]|\bexample|\bconstraint|\bdefault\b|\bcontain|\bconsist/i.test(sentence);
}

/** The values that a sentence lists; undefined where it announces none. */
function valuesOfSentence(sentence: string): readonly string[] | undefined {
  const lead = leads.exec(sentence);
  if (!lead || byDefault.test(sentence.slice(0, lead.index))) return undefined;
  const tail = sentence.slice(lead.index + lead[0].length).replace(/[,;]? (?:and )?the default\b.*$/is, '');
  if (noList.test(plain(sentence)) && !tail.includes(marks.open)) return undefined;
  const marked = markedIn(tail);
  return marked.length > 0 ? marked : listed(tail);
}

/** A line that begins with a word and says what it means, or is nothing but a marked one, as an item of a list would. */
const isDefinition = /^\s*(?:\u0001[^\u0002]+\u0002\s*(?:[:：(–—-]|$)|[\w.-]+\s*[:：]\s)/;

/**
 * The marked words at the beginning of a text, as far as nothing stands between them that makes them something else.
 * @param gaps the text that may stand between two of them
 */
function markedIn(tail: string, gaps = between): readonly string[] {
  const values: string[] = [];
  let end = 0;
  for (const match of tail.matchAll(/\u0001([^\u0002]+)\u0002/g)) {
    const gap = tail.slice(end, match.index);
    if (!(values.length === 0 ? opening : gaps).test(gap)) break;
    // Several values may be marked as one.
    values.push(...(match[1] ?? '').split(/\s*,\s*(?:or |and )?|\s+or\s+/).map(clean));
    end = match.index + match[0].length;
  }
  return values.filter((each) => each !== '' && each !== 'null');
}

/** A list item begins with its value: marked, or before a colon, a dash or a remark in brackets. */
function itemValues(item: string): readonly string[] {
  const marked = /^\s*["'“]?\u0001/.test(item) ? markedIn(item, separator) : [];
  if (marked.length > 0) return marked;
  const [head = ''] = plain(item).split(/\s*[:：]\s+|\s+[–—-]\s+|\s*[:：]$|\s*[(（]/);
  return isWord(clean(head)) && !heading.test(clean(head)) ? [clean(head)] : [];
}

/** Words before a colon that are no value. */
const heading = /^(default|constraints?|enum|examples?|note|type|format|range|unit|length|minimum|maximum)$/i;

/** A hyphen or a dot that begins an item of a list without markup. */
const hyphen = /^\s*[-•·]\s+/;

function linesOf(description: string): readonly Line[] {
  return withoutNotes(description)
    .split('\n')
    .flatMap((line) => line.split(new RegExp(`(?=${marks.item})`)))
    .map((line) => ({
      text: line.replaceAll(marks.item, '').replace(hyphen, ''),
      isItem: line.startsWith(marks.item) || hyphen.test(line),
    }))
    .filter(({ text }) => text.trim() !== '');
}

function sentencesOf(text: string): readonly string[] {
  return text.split(/(?<=[.。;!?])\s+(?=[\u0001A-Z])/).filter((each) => each.trim() !== '');
}

/** Values without marks: words with commas between. */
function listed(tail: string): readonly string[] {
  const words = plain(tail)
    .replace(/^\s*[:：]/, '')
    .replace(/\([^)]*\)/g, ' ')
    .replace(/\s*[.。]\s*$/, '')
    .split(/\s*,\s*(?:or |and )?|\s+or\s+|\s+and\s+|\s*\/\s*|\s*\|\s*/)
    .map(clean)
    .filter((each) => each !== '');
  if (words.length === 1 && announcing.test(words[0] ?? '')) return [];
  return words.length > 0 && words.every(isWord) ? words : [];
}

function isWord(text: string): boolean {
  return /^[\w.:-]{1,64}$/.test(text) && !noValue.test(text);
}

const noValue = /^(the|a|an|it|any|if|not|null|empty|blank|note|unique)$/i;

/** Words that end an announcement, as in "the following values are supported". */
const announcing =
  /^(none|supported|available|follows|optional|reserved|case-sensitive|case-insensitive|integers?|strings?|numbers?|mandatory|required|returned|displayed|ignored|allowed|valid)$/i;

/** A description up to its notes, which speak of other things. */
function withoutNotes(description: string, words = 'NOTE|NOTICE|CAUTION|WARNING'): string {
  return description.split(new RegExp(`\n?\u0001?\\b(?:${words})\\b\u0002?\\s*[:：\n]`))[0] ?? '';
}

function clean(text: string): string {
  return plain(text)
    .replace(/^["'“”‘’]+|["'“”‘’.,;:]+$/g, '')
    .trim();
}

/** A value after `is`: marked, quoted, or a word. */
const value = String.raw`(?:\u0001([^\u0002]+)\u0002|["'“]([\w.:/-]*)["'”]|([\w.:/-]*\w)(?=%?\s*(?:[.,;:()\n]|$|(?:and|when|if|for|by|seconds?|minutes?|hours?|days?|bytes?)\b)))`;

/** Sentences that state a default. */
const defaults: readonly RegExp[] = [
  String.raw`\bdefaults?(?: value| setting)?(?: (?:of|for|in) [^.,]{1,60}?)?(?: and (?:the )?\w+(?: value)?)?(?:\s+(?:is|are)|\s+to|\s*[:：=])\s*(?:set to\s+|still\s+)?${value}`,
  String.raw`\u0001([^\u0002]+)\u0002\s*\((?:the )?default(?: value)?\)`,
  String.raw`\u0001([^\u0002]+)\u0002 (?:is (?:used by default|the default)|by default)`,
  String.raw`\bthe default value,? (?:of )?${value}(?:\s*\([^)]*\))?,? (?:is|will be) used`,
  // "The default mode is static": what it is called after "default" is the parameter's own word, but for units.
  String.raw`\bdefault (?!units?\b|values?\b|value range\b|(?:[\w-]+ )?(?:quota|group|rule|pool|router|network)s?\b)(?:[\w-]+ ){1,3}is ${value}`,
  String.raw`\bwhich is ${value} by default`,
].map((pattern) => new RegExp(pattern, 'i'));

/** Words after `is` that are no value. */
const noDefault =
  /^(an?|the|empty|null|none|not|no|left|blank|as|determined|specified|set|used|automatically|generated|assigned|created|changed|also|same|randomly|that|obtained|empty string|mandatory|required|decided|sent|returned|displayed|enabled by|based|just|to)$/i;

/** The default that a description states, as it is written; null where it states none. */
export function defaultIn(description: string): string | null {
  const text = withoutNotes(description, 'NOTE').replaceAll(marks.item, '\n');
  for (const pattern of defaults) {
    const found = pattern
      .exec(text)
      ?.slice(1)
      .find((each) => each !== undefined);
    if (found === undefined) continue;
    return noDefault.test(clean(found)) ? null : clean(found);
  }
  // Without a mark, a word before "(default)" is one only where it is a value.
  const [, word] = /([\w-]+)\s*\((?:the )?default(?: value)?\)/i.exec(plain(text)) ?? [];
  return word !== undefined && (/^\d+$/.test(word) || valuesIn(description).includes(word)) ? word : null;
}
