import type { Observation } from './observation.ts';
import { createObservations, type Observations } from './observations.ts';
import { type Patience, patient, type Trouble } from './patience.ts';
import { plan, planAgain, type Step } from './plan.ts';
import { fullList, other, type Probe } from './probe.ts';
import type { Requirement } from './requirement.ts';
import type { Settings } from './settings.ts';
import type { Transport } from './transport.ts';

/** What the network part of a run brought, and what it had to wait for. */
export type Observed = { observations: Observations; trouble: Trouble };

/**
 * Asks the probes of the requirements: the only asynchronous part of a run. It judges nothing; what to ask again is
 * the requirements' word. What is looked at here is only whether asking on makes sense: whether the credentials still
 * hold (clause 20), and whether the target still answers.
 */
export async function observe(
  requirements: readonly Requirement[],
  settings: Settings,
  transport: Transport,
  patience: Patience,
): Promise<Observed> {
  const { ask, trouble } = patient(transport, patience);
  const all: Observation[] = [];
  const stop: { reason: string | null; tokenIsValid: boolean } = { reason: null, tokenIsValid: false };

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

  const take = async ({ probes, parallel }: Step): Promise<void> => {
    // Whether the target recovers is asked even of one that stopped answering.
    const asked = stop.reason === null ? probes : probes.filter((probe) => probe.phase === 'recovery');
    const step = (all.at(-1)?.step ?? 0) + 1;
    const brought = await inTurn(asked, parallel ? settings.concurrency : 1, (probe) => askOne(probe, step));
    all.push(...brought);
    if (stop.reason !== null) return;
    if (!stop.tokenIsValid && brought.some(isUnauthorized)) {
      if (isUnauthorized(await check(fullList('expiry-check')))) stop.reason = 'the token expired during the run';
      else stop.tokenIsValid = true;
    }
    const recent = all.slice(-silentAnswers);
    if (recent.length === silentAnswers && recent.every(isSilent)) {
      const alive = await check(other(`liveness-${step}`, 'list', {}));
      if (isSilent(alive)) stop.reason = 'the target stopped answering';
    }
  };

  const asking = requirements.map((requirement) => ({ requirement, probes: requirement.probes(settings) }));
  for (const { phase, steps } of plan(asking.flatMap(({ probes }) => probes))) {
    for (const step of steps) await take(step);
    const seen = createObservations(settings, all);
    const again = asking
      .filter(({ probes }) => probes.some((probe) => probe.phase === phase))
      .flatMap(({ requirement }) => requirement.askAgain?.(seen) ?? []);
    for (const step of planAgain(unique(again.filter((probe) => probe.phase === phase)))) await take(step);
  }
  return { observations: createObservations(settings, all, stop.reason), trouble };
}

/** After so many requests in a row without an answer, an ordinary one tells whether the target is still there. */
const silentAnswers = 3;

/** No answer, or one that never ended. */
function isSilent(observation: Observation): boolean {
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

/** A 401 to a request that carried the user's own token. */
function isUnauthorized(observation: Observation): boolean {
  return observation.kind === 'answer' && observation.status === 401 && observation.probe.auth.kind === 'first';
}
