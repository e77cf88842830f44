/**
 * A covering array of strength 2 over in/out choices: for any two names, each of the four in/out pairs occurs in some
 * row. Each column is another 4-element subset of 8 rows that holds row 0 (Kleitman and Spencer, Katona: no fewer rows
 * serve 16 to 35 columns). Row 0 has every name.
 * @returns 8 rows of names, in the order given
 */
export function coveringArray(names: readonly string[]): readonly (readonly string[])[] {
  const columns = subsetsWithZero();
  if (names.length > columns.length) throw new Error(`a covering array of 8 rows serves ${columns.length} names`);
  // Spread over the subsets, so that no row is left with hardly any name.
  const spread = Math.floor(columns.length / names.length);
  return Array.from({ length: rows }, (_, row) =>
    names.filter((_name, index) => columns[(index * spread + index) % columns.length]?.includes(row)),
  );
}

const rows = 8;

function subsetsWithZero(): readonly (readonly number[])[] {
  const subsets: number[][] = [];
  for (let a = 1; a < rows; a += 1) {
    for (let b = a + 1; b < rows; b += 1) {
      for (let c = b + 1; c < rows; c += 1) subsets.push([0, a, b, c]);
    }
  }
  return subsets;
}
