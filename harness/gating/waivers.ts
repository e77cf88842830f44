import { pointerTokens } from '../base/pointer.ts';

/** The finding at a place: a JSON value in which secrets are masked, or the suite's own words. */
export type Found = { at: string } & ({ value: unknown } | { words: string });

/**
 * The findings that a waiver accepts at a place: exactly one, or, where values vary, any value of a JSON type, or
 * anything.
 */
export type Accepted = Found | ({ at: string } & ({ type: string } | { any: true }));

/** The kinds of departure of one requirement; `complete` is false where there are more than are listed. */
export type FoundDepartures = { groups: readonly Found[]; complete: boolean };

/** A known failure of one requirement, accepted for a reason, and where that is written. */
export type Waiver = {
  requirement: string;
  reason: string;
  /** The last day on which it holds, UTC: `2027-01-31`. */
  expires?: string;
  link?: string;
  file: string;
  line: number;
  departures: readonly (Accepted & { line: number })[];
};

/** A waiver as a report names it. */
export type AppliedWaiver = Pick<Waiver, 'reason' | 'expires' | 'link' | 'file' | 'line'>;

/** The effect of the waivers of a requirement on its failure. `counts`: it fails all the same, and why. */
export type Waiving =
  | { kind: 'none' }
  | { kind: 'waived'; waivers: readonly AppliedWaiver[] }
  | { kind: 'counts'; why: 'expired' | 'not covered'; waiver: AppliedWaiver; text: string };

/**
 * Holds the departures of a failed requirement to its waivers. Every kind of departure must be covered by one that has
 * not expired; several waivers may share the work.
 * @param today UTC, `2027-01-31`
 */
export function applyWaivers(id: string, found: FoundDepartures, waivers: readonly Waiver[], today: string): Waiving {
  const own = waivers.filter(({ requirement }) => requirement === id);
  const [first] = own;
  if (!first) return { kind: 'none' };
  const covering = found.groups.map((group) => own.filter((waiver) => covers(waiver, group)));
  const valid = covering.map((candidates) => candidates.find((waiver) => !hasExpired(waiver, today)));
  const used = [...new Set(valid.filter((waiver) => waiver !== undefined))];
  if (found.complete && valid.every((waiver) => waiver !== undefined)) {
    return { kind: 'waived', waivers: used.map(applied) };
  }
  const expired = covering.flat().find((waiver) => hasExpired(waiver, today));
  const open = found.groups.filter((_, index) => covering[index]?.length === 0);
  if (expired && open.length === 0 && found.complete) {
    const text = `the waiver at ${expired.file}:${expired.line} expired on ${expired.expires}`;
    return { kind: 'counts', why: 'expired', waiver: applied(expired), text };
  }
  const waiver = used[0] ?? first;
  return { kind: 'counts', why: 'not covered', waiver: applied(waiver), text: uncovered(waiver, found, open) };
}

/** A line of a waiver file that excuses nothing. */
export type StaleWaiver = Accepted & Pick<Waiver, 'requirement' | 'file' | 'line'>;

/** The findings on a requirement that was judged; departures only where it failed. */
export type JudgedRequirement = { departures?: FoundDepartures };

/**
 * The departures that waivers accept and that a run did not show: what was judged, and was not so. A requirement that
 * did not run, or was not judged, makes none stale.
 * @param judged the requirements that were, by id
 */
export function staleWaivers(
  waivers: readonly Waiver[],
  judged: ReadonlyMap<string, JudgedRequirement>,
): readonly StaleWaiver[] {
  return waivers.flatMap(({ requirement, file, departures }) => {
    const outcome = judged.get(requirement);
    if (!outcome) return [];
    const all = outcome.departures ?? { groups: [], complete: true };
    // What is not kept may be what is waived.
    if (!all.complete) return [];
    return departures
      .filter((departure) => !all.groups.some((group) => matches(departure, group)))
      .map((departure) => ({ ...departure, requirement, file }));
  });
}

/** One line on a stale waiver, beginning with its place in the file. */
export function describeStale({ file, line, requirement, ...found }: StaleWaiver): string {
  return `${file}:${line}: the waiver of ${requirement} matches nothing: ${describeFound(found)}`;
}

/** A place and what was found there, in one line. */
export function describeFound(found: Accepted): string {
  const place = found.at === '' ? 'the answer as a whole' : found.at;
  if ('type' in found) return `${place}: any ${found.type}`;
  if ('any' in found) return `${place}: anything`;
  return `${place}: ${'words' in found ? found.words : JSON.stringify(found.value)}`;
}

/** Most departures that a line names. */
const mostNamed = 3;

function uncovered({ file, line }: Waiver, { groups, complete }: FoundDepartures, open: readonly Found[]): string {
  const place = `the waiver at ${file}:${line}`;
  if (!complete) return `${place} cannot cover it: there are more than ${groups.length} kinds of departure`;
  const more = open.length > mostNamed ? ` and ${open.length - mostNamed} more` : '';
  return `${place} does not cover ${open.slice(0, mostNamed).map(describeFound).join('; ')}${more}`;
}

function covers(waiver: Waiver, found: Found): boolean {
  return waiver.departures.some((departure) => matches(departure, found));
}

function matches(waived: Accepted, found: Found): boolean {
  if (!matchesPointer(waived.at, found.at)) return false;
  if ('any' in waived) return true;
  if ('type' in waived) return 'value' in found && isOfType(found.value, waived.type);
  if ('words' in waived) return 'words' in found && waived.words === found.words;
  return 'value' in found && canonical(waived.value) === canonical(found.value);
}

/** JSON Schema's types: an integer is a number too. */
function isOfType(value: unknown, type: string): boolean {
  if (value === null) return type === 'null';
  if (Array.isArray(value)) return type === 'array';
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

function matchesPointer(pattern: string, place: string): boolean {
  const wanted = pointerTokens(pattern);
  const found = pointerTokens(place);
  return wanted.length === found.length && wanted.every((token, index) => token === '*' || token === found[index]);
}

/** A JSON value as text that is equal where the value is; the order of members means nothing. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join()}}`;
  }
  // YAML has numbers that JSON has not, and JSON.stringify would make them null.
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}

function hasExpired({ expires }: Waiver, today: string): boolean {
  return expires !== undefined && today > expires;
}

function applied({ reason, expires, link, file, line }: Waiver): AppliedWaiver {
  return {
    reason: reason.trim(),
    ...(expires === undefined ? {} : { expires }),
    ...(link === undefined ? {} : { link }),
    file,
    line,
  };
}
