import { tokensOf, unescaped } from '../json/text-secrets.ts';

/**
 * Replaces secrets in texts whose characters may be escaped one by one. A secret has too many such forms to look for
 * each: it is looked for in the text without its escapes.
 */

/** A text without its secrets. @param isCut the text goes on behind its end */
type Redact = (text: string, isCut: boolean) => string;

/** Redacts the strings of a JSON text that have escapes; a JSON text within a string too. */
export function replaceEscaped(text: string, redact: Redact): string {
  if (!text.includes('\\')) return text;
  let replaced = '';
  let kept = 0;
  for (const { kind, from, to } of tokensOf(text, 0, text.length)) {
    if (kind !== 'string' && kind !== 'name') continue;
    const written = text.slice(from, to);
    if (!written.includes('\\')) continue;
    const isClosed = written.length > 1 && written.endsWith('"');
    const plain = isClosed ? unescaped(text, from, to) : wholeEscapes(written);
    // What is no JSON string says nothing but what is written.
    if (plain.length >= written.length - (isClosed ? 2 : 1)) continue;
    const redacted = redact(plain, !isClosed);
    if (redacted === plain) continue;
    replaced += text.slice(kept, from) + JSON.stringify(redacted);
    kept = to;
  }
  return replaced + text.slice(kept);
}

/** The part of a cut string before an escape that is cut. */
function wholeEscapes(written: string): string {
  let end = 0;
  while (end < written.length) {
    const length = written[end] !== '\\' ? 1 : written[end + 1] === 'u' ? 6 : 2;
    if (end + length > written.length) break;
    end += length;
  }
  return unescaped(`${written.slice(0, end)}"`, 0, end + 1);
}

/** Ways to write a character that stand in no string too: in an address, and in what is left of a JSON text. */
const ways: readonly { begun: RegExp; cut: RegExp; decode(text: string): string }[] = [
  {
    begun: /%[\da-f]{2}/i,
    cut: /%[\da-f]?$/i,
    decode: (text) =>
      text.replace(/(%[\da-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString()),
  },
  {
    begun: /\\u[\da-f]{4}/i,
    cut: /\\(u[\da-f]{0,3})?$/i,
    decode: (text) =>
      text.replace(/\\+u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
  },
];

/** Redacts the words of a text that have percent-encodings or escapes. */
export function replaceEncoded(text: string, isCut: boolean, redact: Redact): string {
  let result = text;
  for (const { begun, cut, decode } of ways) {
    if (!begun.test(result)) continue;
    const end = result.length;
    result = result.replace(/[^\s"]+/g, (word, at: number) => {
      if (!begun.test(word)) return word;
      const isLast = isCut && at + word.length === end;
      // A character of several bytes may be cut too.
      const plain = isLast ? decode(word.replace(cut, '')).replace(/\ufffd+$/, '') : decode(word);
      const redacted = redact(plain, isLast);
      return redacted === plain ? word : redacted;
    });
  }
  return result;
}
