/** How much text one function's findings are kept for; beyond that they are found anew. */
const keptCharacters = 32 * 1024 * 1024;

/**
 * Makes a function of a text that is computed once for each text: a run gets the same body many times.
 * @param find depends on nothing but the text; what it finds is shared, and so must not be changed
 */
export function onceForText<Found>(find: (text: string) => Found): (text: string) => Found {
  const known = new Map<string, { found: Found }>();
  let characters = 0;
  return (text) => {
    const kept = known.get(text);
    if (kept) return kept.found;
    if (characters + text.length > keptCharacters) {
      known.clear();
      characters = 0;
    }
    const found = find(text);
    known.set(text, { found });
    characters += text.length;
    return found;
  };
}
