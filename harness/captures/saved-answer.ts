import { ConfigurationError } from '../base/configuration-error.ts';

/** An answer that was saved with its head, as `curl -i` prints it. */
export type SavedAnswer = { status: number; rawHeaders: readonly string[]; body: Uint8Array };

const statusLine = /^HTTP\/\d(?:\.\d)? (\d{3})\b/;

/**
 * Reads what `curl -i` printed: the heads of what came before the answer (100 Continue, a proxy's CONNECT, redirects
 * that were followed), the answer's own head, and the body.
 * @returns null where there is no head: then it is a body alone
 * @throws ConfigurationError where the answer refuses the request: nobody knows whether it had credentials
 */
export function savedAnswer(bytes: Uint8Array): SavedAnswer | null {
  let rest = bytes;
  let found: SavedAnswer | null = null;
  for (let next = headOf(rest); next !== null; next = headOf(rest)) {
    rest = next.body;
    found = next;
  }
  if (found === null) return null;
  const { status } = found;
  if (status === 401 || status === 403) {
    throw new ConfigurationError(`the saved answer is a refusal (${status}): ask again with valid credentials`);
  }
  return { ...found, rawHeaders: asDecoded(found) };
}

function headOf(bytes: Uint8Array): SavedAnswer | null {
  const beginning = Buffer.from(bytes.subarray(0, longestHead)).toString('latin1');
  const status = statusLine.exec(beginning)?.[1];
  const end = /\r?\n\r?\n/.exec(beginning);
  if (status === undefined) return null;
  const head = beginning.slice(0, end?.index);
  const rawHeaders = head
    .split(/\r?\n/)
    .slice(1)
    .flatMap((line) => {
      const [, name, value = ''] = /^([^:\s]+):\s*(.*?)\s*$/.exec(line) ?? [];
      return name === undefined ? [] : [name, value];
    });
  const from = end ? end.index + end[0].length : bytes.length;
  return { status: Number(status), rawHeaders, body: bytes.subarray(from) };
}

/** Bytes: no server sends longer heads. */
const longestHead = 256 * 1024;

/** `curl --compressed` undoes a coding, and leaves its header. */
function asDecoded({ rawHeaders, body }: SavedAnswer): readonly string[] {
  const isPlain = [0x7b, 0x5b, 0x20, 0x0a, 0x0d, 0x3c].includes(body[0] ?? 0);
  if (!isPlain) return rawHeaders;
  return rawHeaders.filter((_, index) => !/^content-encoding$/i.test(rawHeaders[index - (index % 2)] as string));
}
