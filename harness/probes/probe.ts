/**
 * Whose token a request carries. `altered` is the first token spoilt in one way; the token itself is never in a probe.
 */
export type Auth =
  | { kind: 'first' }
  | { kind: 'second' }
  | { kind: 'none' }
  | { kind: 'altered'; how: 'empty' | 'garbage' | 'truncated' | 'extended' | 'case-swapped' };

/**
 * The kind of a request. `list`: a request that the contract defines, so that every answer to it is held to the whole
 * contract (clause `every-answer-counts`); `names` are the names given in `fields`, null for the unprojected list;
 * `byConvention`: the page alone does not define the request, so that a refusal is no violation of the page. `other`: a
 * request whose answer only the requirement that asked can judge.
 */
export type Asks = { kind: 'list'; names: readonly string[] | null; byConvention: boolean } | { kind: 'other' };

/** A name and its value as they stand on the wire, percent-encoded already; null: the name alone, without "=". */
export type QueryPair = readonly [name: string, value: string | null];

/** One request, as data. Probes with the same key are asked once. */
export type Probe = {
  key: string;
  phase: Phase;
  method: 'GET' | 'HEAD';
  path: string;
  query: readonly QueryPair[];
  /** Null leaves out the Accept header. */
  accept: string | null;
  /** The value of Accept-Encoding; where it is left out, all codings that the suite can read. */
  acceptEncoding?: 'identity';
  /** The ETag that If-None-Match holds; where it is left out, the request is not conditional. */
  ifNoneMatch?: string;
  auth: Auth;
  asks: Asks;
};

/**
 * The parts of a run, in their order. `bracketed`: full lists are read before and after it (clause `living-inventory`).
 * `parallel`: its probes are asked side by side, at most CONCURRENCY at once; otherwise one after the other, so that a
 * departure is the answer's own and not another request's.
 */
export const phases = {
  list: { bracketed: false, parallel: false },
  single: { bracketed: true, parallel: false },
  pairs: { bracketed: true, parallel: false },
  combinations: { bracketed: true, parallel: false },
  undefined: { bracketed: true, parallel: false },
  repeats: { bracketed: true, parallel: false },
  accept: { bracketed: true, parallel: false },
  parallel: { bracketed: true, parallel: true },
  errors: { bracketed: false, parallel: false },
  // One after the other: where a target dies of one, the others are not to blame.
  odd: { bracketed: false, parallel: false },
  recovery: { bracketed: false, parallel: false },
  isolation: { bracketed: false, parallel: false },
  // Last: wrong credentials may lock an account out (clause `authentication`).
  credentials: { bracketed: false, parallel: false },
} as const satisfies Record<string, { bracketed: boolean; parallel: boolean }>;
export type Phase = keyof typeof phases;

/** The one path of the operation, relative to the target's base. */
export const collectionPath = '/v2.0/vpn/ipsec-site-connections';

const ordinary = { method: 'GET', path: collectionPath, accept: 'application/json', auth: { kind: 'first' } } as const;

/** The unprojected list. `occasion` tells one reading of it from another. */
export function fullList(occasion: string, phase: Phase = 'list'): Probe {
  return {
    ...ordinary,
    key: `list.${occasion}`,
    phase,
    query: [],
    asks: { kind: 'list', names: null, byConvention: false },
  };
}

/**
 * The probe that most requirements need: the unprojected list. Every other list answer of the run is judged with it.
 */
export function theList(): readonly Probe[] {
  return [fullList('first')];
}

/** HEAD for the list: RFC 9110 section 9.3.2. */
export const headOfList: Probe = {
  ...ordinary,
  key: 'authentication.head',
  phase: 'errors',
  method: 'HEAD',
  query: [],
  asks: { kind: 'other' },
};

/** The list, projected to defined names. */
export function projection(key: string, phase: Phase, names: readonly string[], query = fieldsQuery(names)): Probe {
  // The page describes one plain name; several, and encoded ones, rest on upstream and on RFC 3986.
  const byConvention = query.length > 1 || query.some(([, value]) => value?.includes('%'));
  return { ...ordinary, key, phase, query, asks: { kind: 'list', names: [...new Set(names)], byConvention } };
}

/** A request that no clause defines: only the requirement that asks it judges its answer. */
export function other(
  key: string,
  phase: Phase,
  rest: Partial<Pick<Probe, 'method' | 'path' | 'query' | 'accept' | 'acceptEncoding' | 'auth'>>,
): Probe {
  return { ...ordinary, query: [], ...rest, key, phase, asks: { kind: 'other' } };
}

/** `fields` repeated, once for each name. */
export function fieldsQuery(names: readonly string[]): readonly QueryPair[] {
  return names.map((name) => ['fields', encodeURIComponent(name)]);
}

/** The request target of a probe below a base path: what stands in the request line. */
export function requestTarget(basePath: string, probe: Probe): string {
  const query = probe.query.map(([name, value]) => (value === null ? name : `${name}=${value}`)).join('&');
  return basePath + probe.path + (query === '' ? '' : `?${query}`);
}

/** The key of what a probe brought side by side with others, where it came right alone after that. */
export function sideBySideKey(key: string): string {
  return `${key} (side by side)`;
}

/** The key of a probe's second asking (clause `living-inventory`). */
export function againKey(key: string): string {
  return `${key} (again)`;
}
