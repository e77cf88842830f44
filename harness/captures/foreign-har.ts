import type { Contract } from '../contract/contract.ts';
import { isSensitiveName } from '../contract/sensitive-names.ts';
import { collectionPath, fullList, other, type Probe, projection } from '../probes/probe.ts';

/** An entry of another tool's HAR file: each tool leaves something out, so that nothing is relied on. */
export type ForeignEntry = {
  startedDateTime?: unknown;
  request?: { method?: unknown; url?: unknown; headers?: unknown; cookies?: unknown };
  response?: {
    status?: unknown;
    headers?: unknown;
    content?: { text?: unknown; encoding?: unknown; size?: unknown; mimeType?: unknown; comment?: unknown };
  };
};

/** The probe that an entry stands for, or the reason why it is left out. */
export type Taken = { probe: Probe; origin: string } | { leftOut: string; isWrite: boolean };

/** Parameters that browsers and client libraries add so that nothing is taken from a cache: a number tells them. */
const cacheBuster = /^(_|_t|t|ts|timestamp|_ts|cb|_cb|nocache|rnd|rand|cachebuster)$/i;

/**
 * The probe that an entry stands for, where it is a request for the list that shows something of it: the full list, a
 * projection to defined names, or something that no clause defines (clause `foreign-har`).
 */
export function foreignProbe(entry: ForeignEntry, index: number, { projectableNames }: Contract): Taken {
  const { method, url: text } = entry.request ?? {};
  if (typeof text !== 'string' || !URL.canParse(text)) return leftOut('another operation');
  const url = new URL(text);
  const path = url.pathname.replace(/\/$/, '');
  if (method !== 'GET') return leftOut('another operation', path.includes(collectionPath) && isWriting(method));
  if (!path.endsWith(collectionPath)) return leftOut('another operation');
  const why = whyNothingShown(entry);
  if (why !== undefined) return leftOut(why);
  const occasion = `recorded-${index + 1}`;
  const names = url.searchParams.getAll('fields');
  const isPlain = [...url.searchParams].every(
    ([name, value]) => name === 'fields' || (cacheBuster.test(name) && /^[\d.]*$/.test(value)),
  );
  const isDefined = isPlain && names.every((name) => projectableNames.includes(name));
  const { origin } = url;
  if (names.length === 0 && isPlain) return { probe: fullList(occasion), origin };
  const key = `recorded.${occasion}`;
  return { probe: isDefined ? projection(key, 'single', names) : other(key, 'undefined', {}), origin };
}

function leftOut(why: string, isWrite = false): Taken {
  return { leftOut: why, isWrite };
}

function isWriting(method: unknown): boolean {
  return typeof method === 'string' && /^(POST|PUT|PATCH|DELETE)$/i.test(method);
}

/** Why an entry shows nothing of the list; undefined where it does. */
function whyNothingShown({ request, response }: ForeignEntry): string | undefined {
  const { status, content } = response ?? {};
  if (typeof status !== 'number' || status <= 0) return 'an aborted request';
  if (status === 304) return 'a 304, whose list stands elsewhere';
  const hasCredentials = credentialsIn(request).length > 0;
  if ((status === 401 || status === 403) && !hasCredentials) return 'a request without credentials that was refused';
  const { text, size, encoding } = content ?? {};
  if (typeof text !== 'string') return status === 200 ? 'no body kept' : undefined;
  const bytes = encoding === 'base64' ? Buffer.from(text, 'base64').length : Buffer.byteLength(text);
  if (text === '' && size !== 0) return status === 200 ? 'no body kept' : undefined;
  if (typeof size === 'number' && size > bytes && !isWholeText(text, encoding)) return 'a body cut short';
  return undefined;
}

/** Whether a text ends as a JSON document does: tools count its size in more than one way. */
function isWholeText(text: string, encoding: unknown): boolean {
  const plain = encoding === 'base64' ? Buffer.from(text, 'base64').toString() : text;
  try {
    JSON.parse(plain);
    return true;
  } catch {
    return false;
  }
}

/** Headers that carry credentials. */
const credentialHeaders = /^(x-auth-token|x-subject-token|x-service-token|(proxy-)?authorization|cookie)$/i;

/** A shorter value may stand in an answer by accident. In characters. */
const shortestTokenKept = 8;

/** The credentials that a request carried: they are secrets, as a run's own are. */
export function credentialsIn(request: ForeignEntry['request']): readonly string[] {
  const headers = pairsOf(request?.headers).filter(([name]) => credentialHeaders.test(name) || isSensitiveName(name));
  const values = headers.flatMap(([, value]) => [
    value,
    value.replace(/^\S+\s+/, ''),
    ...value.split(/;\s*/).map((pair) => pair.replace(/^[^=]*=/, '')),
  ]);
  const cookies = pairsOf(request?.cookies).map(([, value]) => value);
  return [...new Set([...values, ...cookies])].filter((value) => value.length >= shortestTokenKept);
}

/** The named values of a list; what is none is passed over, and so are the pseudo headers of HTTP/2. */
export function pairsOf(list: unknown): readonly (readonly [name: string, value: string])[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((each: { name?: unknown; value?: unknown } | null) => {
    const { name, value } = each ?? {};
    return typeof name === 'string' && typeof value === 'string' && !name.startsWith(':') ? [[name, value]] : [];
  });
}
