import type { Items } from './outline.ts';

/** A JSON text in pieces: the items of an array, and what stands around them. */
export type JsonPieces = {
  /** How many items there are. */
  length: number;
  piece(index: number): string;
  /** The text with an empty array in place of the items. */
  around(): string;
  whole(): string;
};

/**
 * Cuts a JSON text at the items of an array. The text is JSON if what stands around them is, and each piece is: nothing
 * but commas stands between pieces.
 * @param bytes UTF-8
 * @param items null: there is no such array, and the text is one piece
 */
export function piecesOf(bytes: Uint8Array, items: Items | null): JsonPieces {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const whole = () => buffer.toString('utf8');
  if (items === null) return { length: 0, piece: () => '', around: whole, whole };
  const { from, to, bounds } = items;
  return {
    length: bounds.length / 2,
    piece: (index) => buffer.toString('utf8', bounds[index * 2], bounds[index * 2 + 1]),
    around: () => buffer.toString('utf8', 0, from) + buffer.toString('utf8', to),
    whole,
  };
}
