import { longestSecret } from '../answers/json-reader.ts';
import { encodingsOf } from '../base/encodings.ts';
import { createNeedles } from '../base/needles.ts';

/** The secrets of a run, under every usual encoding. */
export type SecretIndex = {
  /** The secret that a text is an encoding of; the text itself where it is none. */
  secretOf(text: string): string;
  /**
   * A text with each secret replaced.
   * @param isCut the text is the beginning of a longer one: an end that begins a secret is replaced, and the last
   * characters are left out, for they may begin one too
   */
  replace(text: string, mask: (secret: string) => string, isCut?: boolean): string;
};

/** A shorter secret is replaced by its path only: by value it would shred a report. */
export const shortest = 4;
/** A secret of this length is replaced within words too. */
const longEnoughWithin = 8;

/** Makes the index. */
export function createSecretIndex(secrets: Iterable<string>): SecretIndex {
  const forms = [...secrets].flatMap((secret) =>
    [...encodingsOf(secret)].flatMap((text) => (text.length < shortest ? [] : [{ text, found: secret }])),
  );
  const needles = createNeedles(forms, shortest);
  return {
    secretOf: (text) => needles.at(text, 0, (needle) => needle.text === text)?.found ?? text,
    replace(text, mask, isCut = false) {
      if (forms.length === 0 && !isCut) return text;
      const end = isCut ? Math.max(0, text.length - (shortest - 1)) : text.length;
      let replaced = '';
      let kept = 0;
      let at = 0;
      const isTaken = (needle: { text: string }) =>
        needle.text.length >= longEnoughWithin || isWord(text, at, needle.text.length);
      for (; at < end; at += 1) {
        const hit = needles.at(text, at, isTaken);
        const begun = isCut && !hit ? needles.begunAt(text, at) : undefined;
        const found = hit ?? begun;
        if (!found) continue;
        replaced += text.slice(kept, at) + mask(found.found);
        kept = begun ? text.length : endOf(text, at + found.text.length, found.found);
        at = kept - 1;
      }
      return replaced + text.slice(Math.min(kept, end), end);
    },
  };
}

/**
 * Of a very long secret the beginning is known: what follows it, up to a quote or the end of the line, goes with it.
 */
function endOf(text: string, end: number, secret: string): number {
  if (secret.length < longestSecret) return end;
  const rest = /["\r\n]/g;
  rest.lastIndex = end;
  return rest.exec(text)?.index ?? text.length;
}

function isWord(text: string, at: number, length: number): boolean {
  const boundary = (character: string | undefined) => character === undefined || !/[\p{L}\p{N}]/u.test(character);
  return boundary(text[at - 1]) && boundary(text[at + length]);
}
