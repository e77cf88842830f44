/** A JSON pointer (RFC 6901) from reference tokens. */
export function pointer(tokens: readonly (string | number)[]): string {
  return tokens.map((token) => `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The reference tokens of a JSON pointer. */
export function pointerTokens(path: string): readonly string[] {
  return path
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value at a JSON pointer; undefined where there is none. */
export function valueAt(document: unknown, path: string): unknown {
  let found = document;
  for (const token of pointerTokens(path)) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, token)) return undefined;
    found = (found as Record<string, unknown>)[token];
  }
  return found;
}

/** A JSON pointer made to fit the same place in every element: an asterisk stands for every array index. */
export function generalise(place: string): string {
  return place.replace(/\/\d+(?=\/|$)/g, '/*');
}
