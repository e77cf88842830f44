import type { Socket } from 'node:net';

/**
 * Takes away the `100 Continue` that a server sends though no request asked for it: RFC 9110 section 15.2 has a client
 * read over it, and undici, which has no option for that, ends the connection instead.
 * @returns to be called when a request begins: only the head of its answer is looked at
 */
export function passOverContinue(socket: Socket): () => void {
  let isExpected = true;
  const read = socket.read.bind(socket) as (size?: number) => Buffer | null;
  socket.read = (size?: number) => {
    const chunk = read(size);
    if (!isExpected || !Buffer.isBuffer(chunk)) return chunk;
    const rest = withoutContinue(chunk);
    // What is empty may be followed by more informational answers.
    if (rest.length > 0) isExpected = false;
    return rest.length > 0 ? rest : read(size);
  };
  return () => {
    isExpected = true;
  };
}

const continued = /^HTTP\/1\.[01] 100\b[^\r\n]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n/;

/** Bytes: the head of such an answer is short. */
const longestHead = 4096;

function withoutContinue(chunk: Buffer): Buffer {
  const head = continued.exec(chunk.subarray(0, longestHead).toString('latin1'))?.[0];
  return head === undefined ? chunk : withoutContinue(chunk.subarray(head.length));
}
