import { isUtf8 } from 'node:buffer';

/** How the characters of a body are encoded. */
export type Encoding = 'utf-8' | 'utf-8 with a byte order mark' | 'utf-16' | 'not utf-8';

/**
 * A body's text as plain UTF-8. What is not plain UTF-8 is named and read all the same, so that one mistake is blamed
 * once.
 * @param bytes after their content codings are undone
 */
export function toPlainUtf8(bytes: Uint8Array): { bytes: Uint8Array; encoding: Encoding } {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) {
    const plain = toPlainUtf8(bytes.subarray(3));
    return plain.encoding === 'utf-8' ? { ...plain, encoding: 'utf-8 with a byte order mark' } : plain;
  }
  // JSON begins with an ASCII character, so that a zero byte among the first two tells UTF-16 (RFC 4627 section 3).
  const bigEndian = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0);
  const littleEndian = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0);
  if (bytes.length >= 2 && (bigEndian || littleEndian)) {
    const text = new TextDecoder(bigEndian ? 'utf-16be' : 'utf-16le').decode(bytes);
    return { bytes: Buffer.from(text), encoding: 'utf-16' };
  }
  if (isUtf8(bytes)) return { bytes, encoding: 'utf-8' };
  // Lossy, but what is valid reads the same as in any other answer.
  return { bytes: Buffer.from(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)), encoding: 'not utf-8' };
}
