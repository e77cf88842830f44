import type { Observation } from './observation.ts';
import { createObservations, type Observations, saysNothing } from './observations.ts';
import { type Patience, patient, type Trouble } from './patience.ts';
import { plan, planAgain, type Step } from './plan.ts';
import { fullList, type Probe } from './probe.ts';
import type { Renew } from './renewal.ts';
import type { Requirement } from './requirement.ts';
import type { Settings } from './settings.ts';
import type { Transport } from './transport.ts';

/** What the network part of a run brought, and what it had to wait for. */
export type Observed = { observations: Observations; trouble: Trouble };

/**
 * Asks the probes of the requirements: the only asynchronous part of a run. It judges nothing; what to ask again is
 * the requirements' word. What is looked at here is only whether asking on makes sense: whether the credentials still
 * hold (clause 20), and whether the target still answers.
 * @param renew fetches a new token in place of one that expired: once, for a second time says that something is wrong
 */
export async function observe(
  requirements: readonly Requirement[],
  settings: Settings,
  transport: Transport,
  patience: Patience,
  renew: Renew = async () => null,
): Promise<Observed> {
  const { ask, trouble } = patient(transport, patience);
  const all: Observation[] = [];
  const stop: { reason: string | null; tokenIsValid: boolean } = { reason: null, tokenIsValid: false };
  const secrets = [...settings.secrets];

  const askOne = async (probe: Probe, step: number): Promise<Observation> => {
    const startedAt = Date.now();
    const begun = performance.now();
    const { exchange, attempts } = await ask(probe);
    const { reusedSocket: _, ...brought } = exchange;
    return { probe, step, timing: { startedAt, milliseconds: performance.now() - begun }, attempts, ...brought };
  };

  const check = async (probe: Probe): Promise<Observation> => {
    const observation = await askOne(probe, (all.at(-1)?.step ?? 0) + 1);
    all.push(observation);
    return observation;
  };

  /** Asks once more what was refused for want of a valid token: that says nothing about the target. */
  const askAnew = async (refused: readonly Observation[], width: number): Promise<readonly Observation[]> => {
    const again = await inTurn(refused, width, async (old) => {
      const answered = await askOne(old.probe, old.step);
      return { ...answered, attempts: answered.attempts + old.attempts };
    });
    for (const [index, old] of refused.entries()) all[all.indexOf(old)] = again[index] as Observation;
    return again.filter(isUnauthorized);
  };

  const checkToken = async (refused: readonly Observation[], width: number): Promise<void> => {
    const plain = await askOne(fullList('expiry-check'), (all.at(-1)?.step ?? 0) + 1);
    if (!isUnauthorized(plain)) {
      all.push(plain);
      stop.tokenIsValid = true;
      return;
    }
    const fresh = trouble.renewed === null ? await renew() : null;
    if (fresh !== null) {
      secrets.push(...fresh);
      trouble.renewed = refused.length;
      stop.tokenIsValid = false;
      const still = await askAnew(refused, width);
      if (still.length > 0) await checkToken(still, width);
      return;
    }
    stop.reason = expiry;
    // A token that never was accepted did not expire: then the refusals are all that there is to judge.
    if (!all.some(isAuthorized)) all.push(plain);
    else for (const old of refused) all.splice(all.indexOf(old), 1);
  };

  const take = async ({ probes, parallel }: Step): Promise<void> => {
    // Whether the target recovers is asked even of one that stopped answering, but not with a token that expired.
    const isAsked = (probe: Probe) => stop.reason === null || (stop.reason === silence && probe.phase === 'recovery');
    const asked = probes.filter(isAsked);
    const step = (all.at(-1)?.step ?? 0) + 1;
    const width = parallel ? settings.concurrency : 1;
    const brought = await inTurn(asked, width, (probe) => askOne(probe, step));
    all.push(...brought);
    if (stop.reason !== null) return;
    // A token that was valid once may expire later: then nothing but refusals comes.
    const refused = stop.tokenIsValid ? refusedInARow(all) : brought.filter(isUnauthorized);
    if (refused.length > 0) await checkToken(refused, width);
    const recent = all.slice(-silentAnswers);
    if (recent.length === silentAnswers && recent.every(isSilent)) {
      const alive = await check(fullList(`liveness-${step}`));
      if (isSilent(alive)) stop.reason = silence;
    }
  };

  const asking = requirements.map((requirement) => ({ requirement, probes: requirement.probes(settings) }));
  for (const { phase, steps } of plan(asking.flatMap(({ probes }) => probes))) {
    for (const step of steps) await take(step);
    const mayAsk = asking.filter(
      ({ requirement, probes }) => requirement.askAgain && probes.some((probe) => probe.phase === phase),
    );
    if (mayAsk.length === 0) continue;
    const seen = createObservations(settings, all);
    const again = mayAsk.flatMap(({ requirement }) => requirement.askAgain?.(seen) ?? []);
    for (const step of planAgain(unique(again.filter((probe) => probe.phase === phase)))) await take(step);
  }
  return { observations: createObservations({ ...settings, secrets }, all, stop.reason), trouble };
}

/** Why a run stops asking. */
const expiry = 'the token expired during the run';
const silence = 'the target stopped answering';

/** After so many requests in a row without an answer, an ordinary one tells whether the target is still there. */
const silentAnswers = 3;

/** No answer, or one that never ended. */
function isSilent(observation: Observation): boolean {
  if (saysNothing(observation)) return false;
  return observation.kind === 'failure' || observation.cut?.kind === 'timeout';
}

/** Runs a task for each item, at most `width` at once; the results in the order of the items. */
async function inTurn<Item, Result>(
  items: readonly Item[],
  width: number,
  task: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const work = async () => {
    for (const [index, item] of queue) results[index] = await task(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, work));
  return results;
}

function unique(probes: readonly Probe[]): readonly Probe[] {
  return [...new Map(probes.map((probe) => [probe.key, probe])).values()];
}

/** The latest answers, where they are refusals of the user's own token and not few. */
function refusedInARow(all: readonly Observation[]): readonly Observation[] {
  const refused = all.slice(all.findLastIndex((observation) => !isUnauthorized(observation)) + 1);
  return refused.length < silentAnswers ? [] : refused;
}

/** Any other answer to a request that carried the user's own token. */
function isAuthorized(observation: Observation): boolean {
  return observation.kind === 'answer' && observation.status !== 401 && observation.probe.auth.kind === 'first';
}

/** A 401 to a request that carried the user's own token. */
function isUnauthorized(observation: Observation): boolean {
  return observation.kind === 'answer' && observation.status === 401 && observation.probe.auth.kind === 'first';
}
