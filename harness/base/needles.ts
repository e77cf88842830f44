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

/**
 * Makes an index of needles by their beginnings.
 * @param head how many characters of each are looked up: none may be shorter
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
  const groupAt = (text: string, offset: number) => byHead.get(text.slice(offset, offset + head));
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
