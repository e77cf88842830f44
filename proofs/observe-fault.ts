import { type AnswerReader, createAnswerReader } from '../harness/answers/answer-reader.ts';
import { directAccess } from '../harness/configuration/access.ts';
import { readTarget } from '../harness/configuration/configuration.ts';
import type { Settings } from '../harness/configuration/settings.ts';
import type { Contract } from '../harness/contract/contract.ts';
import { contract } from '../harness/contract/editions.ts';
import { createClient } from '../harness/http/client.ts';
import type { Patience } from '../harness/http/patience.ts';
import { requestHeaders } from '../harness/http/request-headers.ts';
import type { Transport } from '../harness/http/transport.ts';
import { judge } from '../harness/judging/judge.ts';
import type { Observations } from '../harness/judging/observations.ts';
import type { Requirement } from '../harness/judging/requirement.ts';
import type { Verdict } from '../harness/judging/verdict.ts';
import { requestTarget } from '../harness/probes/probe.ts';
import { observe } from '../harness/run/observe.ts';
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
export const impatient: Patience = {
  retries: 3,
  longestWait: 10_000,
  budget: 60_000,
  sleep: async () => {},
  now: () => 0,
};

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
export async function observeFault(
  fault: Fault,
  asked: readonly Requirement[] = requirements,
  reader?: AnswerReader,
): Promise<Observations> {
  const world = freshWorld();
  const api = createApi(world);
  if (fault.kind === 'api') {
    const own = {
      ...settings,
      origin: fault.origin ?? settings.origin,
      knownConnections: fault.known ? knownConnections(world) : [],
    };
    return observeApi(fault.wrap(api, world), asked, own, reader);
  }
  const { url, close } = await serve(api, { respond: fault.respond });
  const target = readTarget(url);
  const limits = { timeoutMilliseconds: wireTimeout, bodyLimit: settings.bodyLimit };
  const client = createClient({ ...target, ...limits, credentials });
  try {
    const own = { ...settings, origin: target.origin, timeoutMilliseconds: wireTimeout };
    return await observeWith(client.transport, own, asked, reader);
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
  reader?: AnswerReader,
): Promise<Observations> {
  return observeWith(inProcess(api), own, asked, reader);
}

/** Observes whatever a transport leads to. */
export async function observeWith(
  transport: Transport,
  own: Settings,
  asked: readonly Requirement[] = requirements,
  reader: AnswerReader = readerOf(own),
): Promise<Observations> {
  return (await observe({ requirements: asked, settings: own, reader }, { transport, patience: impatient }))
    .observations;
}

/** Runs that share a reader: most targets answer most questions alike, and an equal body is read once. */
const runsOfReader = 40;
let shared = { reader: readerFor(settings), runs: 0 };

/** A reader that has read nothing yet, for an edition. */
export function readerFor({ bodyLimit, secrets }: Settings, edition: Contract = contract): AnswerReader {
  return createAnswerReader({ contract: edition, bodyLimit, tokens: secrets });
}

function readerOf(own: Settings): AnswerReader {
  if (own.bodyLimit !== settings.bodyLimit || own.secrets !== settings.secrets) return readerFor(own);
  if (shared.runs === runsOfReader) shared = { reader: readerFor(settings), runs: 0 };
  shared.runs += 1;
  return shared.reader;
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
