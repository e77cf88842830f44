import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Encoding } from './character-encoding.ts';
import type { CodingProblem } from './content-coding.ts';
import type { Limit } from './facts.ts';

/** One distinct body of an answer: equal bodies of a run are the same object. */
export type Body = {
  /** The SHA-256 of its bytes, in hexadecimal. */
  digest: string;
  /** In bytes. */
  size: number;
  /** The bytes. A body that is held packed is unpacked for each call: take them once, and let them go. */
  bytes(): Uint8Array;
  /** The first of them, which are held as they are. */
  beginning: Uint8Array;
  /** For a body of a recording, which holds texts: what was found when it was read the first time. */
  recorded?: Recorded;
};

/** A body as a recording has it. */
export type Recorded = {
  overLimit: Limit | undefined;
  encoding: Encoding | undefined;
  codingProblem: CodingProblem | undefined;
};

/** The distinct bodies of a run. */
export type Bodies = {
  /** The body with some bytes. @param compressed the bytes are compressed already, and are not packed again */
  of(bytes: Uint8Array, compressed?: boolean): Body;
  /** The body with some text, as a recording has it. */
  recorded(text: string, found: Recorded): Body;
};

/** Bytes that are held as they came; what comes after them is held packed. */
const heldAsIs = 64 * 1024 * 1024;

/** Bytes of `beginning`: more than is shown of any body. */
const keptBeginning = 64 * 1024;

/** Makes the store of a run's bodies. A run gets some bodies hundreds of times; each is held once. */
export function createBodies(): Bodies {
  const known = new Map<string, Body>();
  let held = 0;
  const hold = (bytes: Uint8Array, isCompressed: boolean): Pick<Body, 'size' | 'bytes' | 'beginning'> => {
    held += bytes.length;
    const isPacked = held > heldAsIs && !isCompressed;
    return {
      size: bytes.length,
      bytes: isPacked ? packed(bytes) : () => bytes,
      beginning: isPacked ? Uint8Array.from(bytes.subarray(0, keptBeginning)) : bytes.subarray(0, keptBeginning),
    };
  };
  const once = (digest: string, make: () => Body): Body => {
    const body = known.get(digest) ?? make();
    known.set(digest, body);
    return body;
  };
  return {
    of(bytes, compressed = false) {
      const digest = digestOf(bytes);
      return once(digest, () => ({ digest, ...hold(bytes, compressed) }));
    },
    recorded(text, found) {
      const bytes = Buffer.from(text);
      const { overLimit, encoding, codingProblem } = found;
      const digest = [digestOf(bytes), overLimit?.words, encoding, codingProblem].join(' ');
      return once(digest, () => ({ digest, ...hold(bytes, false), recorded: found }));
    },
  };
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function packed(bytes: Uint8Array): () => Uint8Array {
  const small = deflateRawSync(bytes, { level: 1 });
  return () => inflateRawSync(small);
}
