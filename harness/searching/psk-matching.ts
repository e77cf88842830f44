import { encodingsOf } from '../base/encodings.ts';
import { createNeedles } from '../base/needles.ts';
import { tellingLength } from './connection-data.ts';

/** Finds pre-shared keys in what an answer says of itself (clause `leaks`). */
export type PskFinder = {
  /** Whether a header's value holds one: all of it, or an item of it between separators. */
  inHeader(value: string): boolean;
  /** Whether the text of an error holds one, or one of its strings is one. */
  inText(text: string, strings: ReadonlySet<string>): boolean;
};

/** Letters alone: such a key may be a word of any sentence. */
const lettersOnly = /^\p{L}+$/u;

/** A word beside a name of what it is. */
const labels = /\b(psk|pre-?shared[ _-]?key|key|secret|password|value)\b["']?\s*[:=]\s*["']?$/iu;

/**
 * Makes the finder of some keys, under every usual encoding. A key that is a word counts in a text only where it is a
 * whole string of it, or stands beside a name of what it is: "Invalid token or password" is a sentence.
 */
export function createPskFinder(psks: Iterable<string>): PskFinder {
  const plain = new Set(psks);
  const forms = [...plain].flatMap((psk) => [...encodingsOf(psk)]).filter((form) => form.length >= tellingLength);
  const words = new Set(forms.filter((form) => lettersOnly.test(form)));
  const needles = createNeedles(
    forms.map((text) => ({ text, found: text })),
    tellingLength,
  );
  const isFound = (text: string, counts: (begin: number, end: number, form: string) => boolean): boolean => {
    if (forms.length === 0) return false;
    for (let at = 0; at + tellingLength <= text.length; at += 1) {
      if (needles.at(text, at, ({ found }) => counts(at, at + found.length, found))) return true;
    }
    return false;
  };
  return {
    inHeader: (value) => isFound(value, (begin, end, form) => !plain.has(form) || !isPartOfWord(value, begin, end)),
    inText: (text, strings) =>
      [...words].some((each) => strings.has(each)) ||
      isFound(text, (begin, _end, form) => !words.has(form) || labels.test(text.slice(Math.max(0, begin - 40), begin))),
  };
}

/** Whether what stands between two offsets goes on to the left or to the right, as `openstack` does in a header's name. */
function isPartOfWord(text: string, begin: number, end: number): boolean {
  return /[\p{L}\p{N}_.-]$/u.test(text.slice(0, begin)) || /^[\p{L}\p{N}_.-]/u.test(text.slice(end));
}
