import type { Probe } from '../probes/probe.ts';
import { type Answer, headerValues } from './answer.ts';
import type { Exchange, Transport } from './transport.ts';

/** How transient trouble is waited out: clause `transient-trouble`. Milliseconds. */
export type Patience = {
  /** How often a 429 or 503 is retried. */
  retries: number;
  /** The longest wait for one retry, whatever Retry-After says. */
  longestWait: number;
  /** The longest wait of a whole run, in time that passes: requests may wait side by side. */
  budget: number;
  sleep(milliseconds: number): Promise<void>;
  /** A clock, in milliseconds. */
  now(): number;
};

/** The waits and retries of a run. */
export type Trouble = {
  /** How often a 429 or 503 was retried. */
  retries: number;
  freshConnections: number;
  waited: number;
  /** The longest wait of a whole run, where it kept a 429 or 503 from being retried; null where it did not. */
  boundReached: number | null;
  /** How many requests were retried because the token had expired and was renewed; null where it was not. */
  renewed: number | null;
};

/** A run without any. */
export const untroubled: Trouble = { retries: 0, freshConnections: 0, waited: 0, boundReached: null, renewed: null };

/** The last exchange of a probe, the number of attempts, and the answers that were retried. */
export type Asked = { exchange: Exchange; attempts: number; turnedAway: (Answer & { reusedSocket: boolean })[] };

/**
 * Makes a transport patient. 429 and 503 are retried a bounded number of times, honouring Retry-After up to a bound; a
 * connection closed before the first byte of an answer is retried once if it was a reused one (RFC 9112 section
 * 9.3.1). Nothing else is retried: retries hide faults.
 */
export function patient(
  transport: Transport,
  patience: Patience,
): { ask: (probe: Probe) => Promise<Asked>; trouble: Trouble } {
  const trouble: Trouble = { ...untroubled };
  let waiting = 0;
  /** Until when some request waits: what waits beside it takes no more time. */
  let waitsUntil = Number.NEGATIVE_INFINITY;
  const ask = async (probe: Probe) => {
    let attempts = 1;
    const turnedAway: Asked['turnedAway'] = [];
    let exchange = await transport(probe);
    if (exchange.kind === 'failure' && exchange.cause.kind === 'closed' && exchange.reusedSocket) {
      trouble.freshConnections += 1;
      attempts += 1;
      exchange = await transport(probe);
    }
    for (let retry = 0; retry < patience.retries && exchange.kind === 'answer' && isTransient(exchange); retry += 1) {
      // Those that were turned away together would come back together, and be turned away again.
      const inTurn = waitOf(exchange, retry) + waiting * apart;
      const wait = Math.min(inTurn, patience.longestWait);
      const now = patience.now();
      const more = Math.max(0, now + wait - Math.max(now, waitsUntil));
      if (trouble.waited + more > patience.budget) {
        trouble.boundReached = patience.budget;
        break;
      }
      trouble.waited += more;
      waitsUntil = Math.max(waitsUntil, now + wait);
      turnedAway.push(exchange);
      trouble.retries += 1;
      attempts += 1;
      waiting += 1;
      await patience.sleep(wait);
      waiting -= 1;
      exchange = await transport(probe);
    }
    return { exchange, attempts, turnedAway };
  };
  return { ask, trouble };
}

function isTransient({ status }: Answer): boolean {
  return status === 429 || status === 503;
}

/** How far apart requests that wait at the same time come back, in milliseconds. */
const apart = 50;

/**
 * Retry-After in seconds or as a date (RFC 9110 section 10.2.3); without one, longer each time. Milliseconds: a server
 * that says 0 has no less to do at once, so that some time passes all the same.
 */
function waitOf(answer: Answer, retry: number): number {
  const [header] = headerValues(answer.rawHeaders, 'retry-after');
  if (header === undefined) return 250 * 2 ** retry;
  const text = header.trim();
  // A date begins with the name of a day; Date.parse takes other texts for dates too.
  const date = /^[A-Z][a-z]{2}/.test(text) ? Date.parse(text) - Date.now() : Number.NaN;
  const seconds = /^\d+$/.test(text) ? Number(text) * 1000 : date;
  return Number.isFinite(seconds) ? Math.max(100 * 2 ** retry, seconds) : 250 * 2 ** retry;
}
