import type { Observation } from './observation.ts';
import { createObservations, type Observations } from './observations.ts';
import { type Patience, patient, type Trouble } from './patience.ts';
import { plan, planAgain, type Step } from './plan.ts';
import { fullList, type Probe } from './probe.ts';
import type { Requirement } from './requirement.ts';
import type { Settings } from './settings.ts';
import type { Transport } from './transport.ts';

/** What the network part of a run brought, and what it had to wait for. */
export type Observed = { observations: Observations; trouble: Trouble };

/**
 * Asks the probes of the requirements: the only asynchronous part of a run. It judges nothing; what to ask again is
 * the requirements' word, and the one thing looked at here is whether the credentials still hold (clause 20).
 */
export async function observe(
  requirements: readonly Requirement[],
  settings: Settings,
  transport: Transport,
  patience: Patience,
): Promise<Observed> {
  const { ask, trouble } = patient(transport, patience);
  const all: Observation[] = [];
  const token: { is: 'unchecked' | 'valid' | 'expired' } = { is: 'unchecked' };

  const askOne = async (probe: Probe, step: number): Promise<Observation> => {
    const startedAt = Date.now();
    const begun = performance.now();
    const { exchange, attempts } = await ask(probe);
    const { reusedSocket: _, ...brought } = exchange;
    return { probe, step, timing: { startedAt, milliseconds: performance.now() - begun }, attempts, ...brought };
  };

  const take = async ({ probes, parallel }: Step): Promise<void> => {
    if (token.is === 'expired') return;
    const step = (all.at(-1)?.step ?? 0) + 1;
    const brought = await inTurn(probes, parallel ? settings.concurrency : 1, (probe) => askOne(probe, step));
    all.push(...brought);
    if (token.is === 'unchecked' && brought.some(isUnauthorized)) {
      const check = await askOne(fullList('expiry-check'), step + 1);
      all.push(check);
      token.is = isUnauthorized(check) ? 'expired' : 'valid';
    }
  };

  for (const { phase, steps } of plan(requirements.flatMap((requirement) => requirement.probes(settings)))) {
    for (const step of steps) await take(step);
    const seen = createObservations(settings, all);
    const again = requirements.flatMap((requirement) => requirement.askAgain?.(seen) ?? []);
    for (const step of planAgain(unique(again.filter((probe) => probe.phase === phase)))) await take(step);
  }
  const stopped = token.is === 'expired' ? 'the token expired during the run' : null;
  return { observations: createObservations(settings, all, stopped), trouble };
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
