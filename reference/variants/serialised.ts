import type { Element, Json } from '../json.ts';

const END_OF_HEAD = '\r\n\r\n';

/**
 * Where the body of a serialised answer begins (RFC 9112 section 2.1).
 *
 * @param response a serialised answer
 * @returns the offset of the body's first byte
 */
export function bodyAt(response: Uint8Array): number {
  return Buffer.from(response).indexOf(END_OF_HEAD) + END_OF_HEAD.length;
}

/**
 * A serialised answer with another head.
 *
 * @param response a serialised answer
 * @param change from the status line and the header fields to the new ones
 * @returns the serialised answer; its body is the same
 */
export function withHead(response: Uint8Array, change: (lines: string[]) => string[]): Uint8Array {
  const at = bodyAt(response);
  const lines = Buffer.from(response.subarray(0, at - END_OF_HEAD.length))
    .toString('latin1')
    .split('\r\n');
  return Buffer.concat([Buffer.from(change(lines).join('\r\n') + END_OF_HEAD, 'latin1'), response.subarray(at)]);
}

/**
 * A serialised answer whose body comes in chunks (RFC 9112 section 7.1).
 *
 * @param response a serialised answer
 * @param last what ends the body: `0\r\n\r\n`, or what a careless server writes
 * @param size bytes in a chunk
 * @returns the serialised answer
 */
export function inChunks(response: Uint8Array, last = `0${END_OF_HEAD}`, size = 1000): Uint8Array {
  const at = bodyAt(response);
  const head = withHead(response.subarray(0, at), (lines) => [
    ...lines.filter((line) => !/^content-length:/i.test(line)),
    'Transfer-Encoding: chunked',
  ]);
  const parts: Uint8Array[] = [head];
  for (let from = at; from < response.length; from += size) {
    const chunk = response.subarray(from, from + size);
    parts.push(Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from(last)]);
}

/**
 * A serialised list with other elements.
 *
 * @param response a serialised answer whose body is a list
 * @param change from the elements to the new ones
 * @returns the serialised answer; its Content-Length fits
 */
export function withElements(response: Uint8Array, change: (elements: Json[]) => Json[]): Uint8Array {
  const parsed = JSON.parse(Buffer.from(response.subarray(bodyAt(response))).toString()) as Element;
  const body = Buffer.from(
    JSON.stringify({ ...parsed, ipsec_site_connections: change(parsed.ipsec_site_connections as Json[]) }),
  );
  const head = withHead(response.subarray(0, bodyAt(response)), (lines) =>
    lines.map((line) => (/^content-length:/i.test(line) ? `Content-Length: ${body.length}` : line)),
  );
  return Buffer.concat([head, body]);
}
