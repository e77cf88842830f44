/** Texts that are looked for in others, all at once: each text is walked once, however many there are. */
export type Needles<Found> = {
  /**
   * The longest needle that begins at an offset of a text; undefined where none does.
   * @param isTaken whether a needle counts there
   */
  at(text: string, offset: number, isTaken?: (needle: Needle<Found>) => boolean): Needle<Found> | undefined;
  /** A needle that the text from an offset to its end begins, where the text is cut; undefined where there is none. */
  begunAt(text: string, offset: number): Needle<Found> | undefined;
  /** Whether a text holds any. */
  isIn(text: string): boolean;
};

/** A text that is looked for, and what it stands for. */
export type Needle<Found> = { text: string; found: Found };

/** The characters of a beginning that its bit is found by. */
const hashed = 4;

/**
 * Makes an index of needles by their beginnings.
 * @param head how many characters of each are looked up, at least four: none may be shorter
 */
export function createNeedles<Found>(needles: Iterable<Needle<Found>>, head: number): Needles<Found> {
  const byHead = new Map<string, Needle<Found>[]>();
  for (const needle of needles) {
    const beginning = needle.text.slice(0, head);
    const group = byHead.get(beginning);
    if (group) group.push(needle);
    else byHead.set(beginning, [needle]);
  }
  // A needle that begins with another one is found whole.
  for (const group of byHead.values()) group.sort((a, b) => b.text.length - a.text.length);
  const mayBegin = beginnings(byHead.keys(), byHead.size);
  const groupAt = (text: string, offset: number) =>
    mayBegin(text, offset) ? byHead.get(text.slice(offset, offset + head)) : undefined;
  return {
    at: (text, offset, isTaken = () => true) =>
      groupAt(text, offset)?.find((needle) => text.startsWith(needle.text, offset) && isTaken(needle)),
    begunAt: (text, offset) =>
      groupAt(text, offset)?.find(
        (needle) => needle.text.length > text.length - offset && needle.text.startsWith(text.slice(offset)),
      ),
    isIn(text) {
      if (byHead.size === 0) return false;
      for (let offset = 0; offset + head <= text.length; offset += 1) {
        if (groupAt(text, offset)?.some((needle) => text.startsWith(needle.text, offset))) return true;
      }
      return false;
    },
  };
}

/**
 * A table with one bit for each beginning, at a place that its first characters give. Where the bit is not set, no
 * beginning is there: nearly always, that is told without making a string.
 * @param count how many beginnings there are
 */
function beginnings(texts: Iterable<string>, count: number): (text: string, offset: number) => boolean {
  // One bit in sixteen is set, or fewer.
  const bits = Math.max(10, Math.ceil(Math.log2(count * 16 + 1)));
  const table = new Uint32Array(2 ** (bits - 5));
  const placeOf = (text: string, offset: number) => {
    const first = text.charCodeAt(offset) | (text.charCodeAt(offset + 1) << 16);
    const second = text.charCodeAt(offset + 2) | (text.charCodeAt(offset + hashed - 1) << 16);
    // Fibonacci hashing: the upper bits of a product with an odd constant are spread evenly.
    return Math.imul(Math.imul(first, 0x9e3779b1) ^ second, 0x85ebca6b) >>> (32 - bits);
  };
  for (const text of texts) {
    const place = placeOf(text, 0);
    table[place >>> 5] = (table[place >>> 5] as number) | (1 << (place & 31));
  }
  return (text, offset) => {
    if (offset + hashed > text.length) return false;
    const place = placeOf(text, offset);
    return ((table[place >>> 5] as number) & (1 << (place & 31))) !== 0;
  };
}
