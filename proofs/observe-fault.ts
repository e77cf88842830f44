import { directAccess } from '../harness/access.ts';
import { createClient, requestHeaders } from '../harness/client.ts';
import { readTarget } from '../harness/configuration.ts';
import { judge } from '../harness/judge.ts';
import type { Observations } from '../harness/observations.ts';
import { observe } from '../harness/observe.ts';
import type { Patience } from '../harness/patience.ts';
import { requestTarget } from '../harness/probe.ts';
import type { Requirement } from '../harness/requirement.ts';
import type { Settings } from '../harness/settings.ts';
import type { Transport } from '../harness/transport.ts';
import type { Verdict } from '../harness/verdict.ts';
import { createApi } from '../reference/api.ts';
import type { Fault } from '../reference/faults/fault.ts';
import type { Api } from '../reference/http.ts';
import { DEFAULTS_CONNECTION } from '../reference/inventory.ts';
import { knownConnections } from '../reference/known.ts';
import { serve } from '../reference/server.ts';
import { createWorld, type World } from '../reference/world.ts';
import { requirements } from '../suites/requirements.ts';

/** Tokens of the proofs' targets, in the shape of real ones. */
export const credentials = {
  first: 'gAAAAABnFirstProjectTokenForTheProofs0123456789AbCdEf',
  second: 'gAAAAABnSecondProjectTokenForTheProofs9876543210ZyXw',
};

/** Time limit of a wire fault that hangs, in milliseconds; long enough for a busy machine to answer in. */
const wireTimeout = 1_000;

export const settings: Settings = {
  origin: 'http://127.0.0.1:1',
  credentials: { first: true, second: true, caseSensitive: true },
  defaultsConnections: [DEFAULTS_CONNECTION],
  knownConnections: [],
  seed: 1,
  concurrency: 8,
  timeoutMilliseconds: 10_000,
  bodyLimit: 16 * 1024 * 1024,
  secrets: [credentials.first, credentials.second],
  access: directAccess,
};

/** No wait is real: what a proof shows is that the retries end. */
const impatient: Patience = { retries: 3, longestWait: 10_000, budget: 60_000, sleep: async () => {} };

const pristine = createWorld({ seed: 1, items: 12, tokens: credentials });

/** A world with every status, action, kind of address and default. */
export function freshWorld(): World {
  return structuredClone(pristine);
}

/** A transport without a socket: the api's own answer. */
export function inProcess(api: Api): Transport {
  return async (probe) => {
    const headers = Object.entries(requestHeaders(probe, credentials));
    const { status, headers: pairs, body } = api({ method: probe.method, target: requestTarget('', probe), headers });
    return { kind: 'answer', reusedSocket: false, status, rawHeaders: pairs.flat(), body };
  };
}

/** Observes the reference target under a fault: in process where the fault allows it, over a socket where it must. */
export async function observeFault(fault: Fault, asked: readonly Requirement[] = requirements): Promise<Observations> {
  const world = freshWorld();
  const api = createApi(world);
  if (fault.kind === 'api') {
    const own = {
      ...settings,
      origin: fault.origin ?? settings.origin,
      knownConnections: fault.known ? knownConnections(world) : [],
    };
    return observeApi(fault.wrap(api, world), asked, own);
  }
  const { url, close } = await serve(api, { respond: fault.respond });
  const target = readTarget(url);
  const limits = { timeoutMilliseconds: wireTimeout, bodyLimit: settings.bodyLimit };
  const client = createClient({ ...target, ...limits, credentials });
  try {
    const own = { ...settings, origin: target.origin, timeoutMilliseconds: wireTimeout };
    return await observeWith(client.transport, own, asked);
  } finally {
    await client.close();
    await close();
  }
}

/** Observes an api in process. */
export async function observeApi(
  api: Api,
  asked: readonly Requirement[] = requirements,
  own: Settings = settings,
): Promise<Observations> {
  return observeWith(inProcess(api), own, asked);
}

/** Observes whatever a transport leads to. */
export async function observeWith(
  transport: Transport,
  own: Settings,
  asked: readonly Requirement[] = requirements,
): Promise<Observations> {
  return (await observe(asked, own, transport, impatient)).observations;
}

/** The verdict of each requirement, by id. */
export function judgeAll(
  observations: Observations,
  asked: readonly Requirement[] = requirements,
): ReadonlyMap<string, Verdict> {
  return new Map(asked.map((requirement) => [requirement.id, judge(requirement, observations)]));
}

/** The ids whose verdict is of a kind, in the order of the suites. */
export function idsWith(kind: Verdict['kind'], verdicts: ReadonlyMap<string, Verdict>): readonly string[] {
  return [...verdicts].filter(([, verdict]) => verdict.kind === kind).map(([id]) => id);
}
