import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { headerValues } from '../http/answer.ts';
import { acceptedCodings } from '../http/request-headers.ts';

/** How a body departs from what Content-Encoding says of it. */
export type CodingProblem = 'unlabelled' | 'twice' | 'unaccepted' | 'unknown' | 'corrupt' | 'not-zlib';

/** A body without its content codings. `bytes` is absent where they could not be undone. */
export type Decoded = { bytes?: Uint8Array; problem?: CodingProblem | 'over-limit' };

/** The codings that an answer names, in the order in which they were applied; in lower case. */
export function codingsOf(rawHeaders: readonly string[]): readonly string[] {
  return headerValues(rawHeaders, 'content-encoding')
    .flatMap((value) => value.split(','))
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '');
}

type Decode = (body: Uint8Array, limit: number) => Uint8Array;

const decoders: Readonly<Record<string, Decode>> = {
  gzip: (body, limit) => gunzipSync(body, { maxOutputLength: limit }),
  'x-gzip': (body, limit) => gunzipSync(body, { maxOutputLength: limit }),
  deflate: (body, limit) => inflateSync(body, { maxOutputLength: limit }),
  br: (body, limit) => brotliDecompressSync(body, { maxOutputLength: limit }),
  identity: (body) => body,
};

/** Those that a request accepts, under every name that they have. */
const accepted: ReadonlySet<string> = new Set([...acceptedCodings, 'x-gzip', 'identity']);

/**
 * Undoes the content codings of a body.
 * @param codings as `codingsOf` returns them
 * @param limit bytes, after decoding
 */
export function decodeContent(body: Uint8Array, codings: readonly string[], limit: number): Decoded {
  if (codings.length === 0 || body.length === 0) {
    return isGzip(body) ? { bytes: body, problem: 'unlabelled' } : { bytes: body };
  }
  let bytes = body;
  let problem: CodingProblem | undefined;
  for (const coding of codings.toReversed()) {
    const decode = decoders[coding];
    if (!decode) return { problem: 'unknown' };
    if (!accepted.has(coding)) problem = 'unaccepted';
    try {
      bytes = decode(bytes, limit);
    } catch (error) {
      if (isTooLarge(error)) return { problem: 'over-limit' };
      const raw = coding === 'deflate' ? inflateRaw(bytes, limit) : undefined;
      if (!raw) return { problem: 'corrupt' };
      bytes = raw;
      problem = 'not-zlib';
    }
  }
  if (isGzip(bytes)) return gunzipAgain(bytes, limit);
  return problem === undefined ? { bytes } : { bytes, problem };
}

/** Coded more often than labelled: named as such, then read all the same, once; a gzip may hold itself without end. */
function gunzipAgain(bytes: Uint8Array, limit: number): Decoded {
  try {
    return { bytes: gunzipSync(bytes, { maxOutputLength: limit }), problem: 'twice' };
  } catch (error) {
    return { problem: isTooLarge(error) ? 'over-limit' : 'twice' };
  }
}

function isTooLarge(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
}

/** RFC 1952 section 2.3.1: no JSON text begins so. */
function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Many servers mean raw deflate where RFC 9110 section 8.4.1.2 means zlib: named as such, then read all the same. */
function inflateRaw(bytes: Uint8Array, limit: number): Uint8Array | undefined {
  try {
    return inflateRawSync(bytes, { maxOutputLength: limit });
  } catch {
    return undefined;
  }
}

/** Without an error where the input ends early. */
const partly = { finishFlush: constants.Z_SYNC_FLUSH };

/**
 * The beginning of a body with its content coding undone. Undefined where there are several codings, or one other than
 * gzip and deflate.
 */
export function decodeBeginning(beginning: Uint8Array, codings: readonly string[]): Uint8Array | undefined {
  const [coding, another] = codings;
  if (coding === undefined || coding === 'identity') return beginning;
  if (another !== undefined) return undefined;
  try {
    if (coding === 'gzip' || coding === 'x-gzip') return gunzipSync(beginning, partly);
    return coding === 'deflate' ? inflateSync(beginning, partly) : undefined;
  } catch {
    return undefined;
  }
}
