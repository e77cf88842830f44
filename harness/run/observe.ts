import type { AnswerReader } from '../answers/answer-reader.ts';
import type { Observation } from '../answers/observation.ts';
import type { Settings } from '../configuration/settings.ts';
import type { Trouble } from '../http/patience.ts';
import { createObservations, isUnrecovered } from '../judging/create-observations.ts';
import type { Observations } from '../judging/observations.ts';
import type { Requirement } from '../judging/requirement.ts';
import type { Renew } from '../openstack/renewal.ts';
import { fullList, type Phase, type Probe, phases } from '../probes/probe.ts';
import { createAsker, type Way } from './asker.ts';
import { plan, planAgain, requestsIn, type Segment, type Step } from './plan.ts';
import {
  asSideBySide,
  type Batch,
  batchesOf,
  firstTogether,
  parallelFirst,
  slowAnswer,
  suspectsIn,
} from './side-by-side.ts';
import { createStopping } from './stopping.ts';

/** The observations of a run's network part, and its waits and retries. */
export type Observed = { observations: Observations; trouble: Trouble };

/** The probes to ask, and the reader of their answers. */
export type Asking = {
  requirements: readonly Requirement[];
  settings: Settings;
  reader: AnswerReader;
  /** Probes that no requirement of these asks, for other editions. */
  more?: readonly Probe[];
  /** Whether independent requests are asked side by side; left out: where answers are slow. */
  sideBySide?: boolean;
};

/**
 * Asks the probes of the requirements, segment by segment of the plan: the only asynchronous part of a run. It judges
 * nothing; what to ask again is the requirements' word.
 */
export async function observe(
  { requirements, settings, reader, more = [], sideBySide }: Asking,
  { renew = async () => null, ...way }: Way & { renew?: Renew },
): Promise<Observed> {
  const asker = createAsker(reader, way);
  const { all, trouble } = asker;
  const stopping = createStopping(asker, reader, renew);
  /** Whether the target keeps requests side by side apart; undefined before that was seen. */
  let keepsApart: boolean | undefined;

  const see = (own: Settings, stopped: string | null): Observations =>
    createObservations({
      settings: own,
      contract: reader.contract,
      texts: reader.texts,
      secrets: reader.secrets,
      all,
      turnedAway: asker.turnedAway(),
      stopped,
    });

  const takeStep = async ({ probes, parallel }: Step): Promise<void> => {
    const width = parallel ? settings.concurrency : 1;
    const brought = await asker.ask(probes.filter(stopping.isAsked), width);
    all.push(...brought);
    await stopping.look(brought, width);
  };

  const takeAll = async (steps: readonly Step[]): Promise<void> => {
    for (const step of steps) await takeStep(step);
  };

  /** Whether answers are slow enough to ask several at once, and the target turned none away: it would turn away more. */
  const canAskTogether = () =>
    settings.concurrency > 1 && trouble.retries === 0 && (sideBySide ?? asker.meanMilliseconds() >= slowAnswer);

  /** Those of some observations that depart, as far as can be said by now. */
  const suspectsOf = (some: readonly Observation[]): readonly Observation[] => {
    const keys = new Set(some.map(({ probe }) => probe.key));
    const suspects = suspectsIn(keys, see(settings, null), requirements);
    return some.filter(({ probe }) => suspects.has(probe.key));
  };

  /** Asks a batch side by side; what departs is asked one after the other, before anything is blamed for it. */
  const takeBatch = async ({ together, oneByOne }: Batch): Promise<void> => {
    const from = all.length;
    await takeAll(together);
    const suspects = suspectsOf(all.slice(from));
    if (suspects.length === 0 || stopping.reason() !== null) return;
    // Odd input may have ended the target: then asking once more would blame what is asked first.
    if (suspects.some(isUnrecovered)) {
      const [after] = await asker.ask([fullList(`after-batch-${asker.lastStep()}`, 'odd')], 1);
      all.push(after as Observation);
      if (isUnrecovered(after as Observation)) {
        keepsApart = false;
        return;
      }
    }
    for (const steps of oneByOne) await takeAnew(steps, suspects, from);
  };

  /** @param from the place of what came side by side */
  const takeAnew = async (steps: readonly Step[], suspects: readonly Observation[], from: number): Promise<void> => {
    const keys = new Set(steps.flatMap(({ probes }) => probes.map(({ key }) => key)));
    const ofThese = suspects.filter(({ probe }) => keys.has(probe.key));
    if (ofThese.length === 0) return;
    all.splice(0, all.length, ...all.filter(({ probe }, index) => index < from || !keys.has(probe.key)));
    const start = all.length;
    asker.expect(requestsIn(steps));
    await takeAll(steps);
    if (suspectsOf(all.slice(start)).length > 0) return;
    // What departs side by side and does not alone is for the requests beside it to answer.
    keepsApart = false;
    all.splice(from, 0, ...ofThese.map(asSideBySide));
  };

  /** Takes the segments that can be asked together, at least one. @returns those that were taken */
  const takeFirst = async (segments: readonly Segment[]): Promise<readonly Segment[]> => {
    const isWide = keepsApart === true && canAskTogether();
    const group = isWide ? firstTogether(segments, settings.concurrency) : segments.slice(0, 1);
    const batches = isWide ? batchesOf(group, settings.concurrency) : null;
    for (const { steps } of batches === null ? group : []) await takeAll(steps);
    for (const batch of batches ?? []) {
      if (keepsApart && canAskTogether()) await takeBatch(batch);
      else await takeAll(batch.oneByOne.flat());
    }
    return group;
  };

  const asking = requirements.map((requirement) => ({ requirement, probes: requirement.probes(settings) }));

  /** Asks again what the requirements want to see once more of the segments that were taken. */
  const takeAgain = async (group: readonly Segment[]): Promise<void> => {
    const own = new Set<Phase>(group.map(({ phase }) => phase));
    const mayAsk = asking.filter(
      ({ requirement, probes }) => requirement.askAgain && probes.some(({ phase }) => own.has(phase)),
    );
    if (mayAsk.length === 0) return;
    const seen = see(settings, null);
    const again = mayAsk.flatMap(({ requirement }) => requirement.askAgain?.(seen) ?? []);
    if (group.some(({ phase }) => phases[phase].parallel)) keepsApart = again.length === 0;
    const repeated = planAgain(unique(again.filter(({ phase }) => own.has(phase))), settings.concurrency);
    asker.expect(requestsIn(repeated));
    await takeAll(repeated);
  };

  let segments = plan([...asking.flatMap(({ probes }) => probes), ...more]);
  asker.expect(requestsIn(segments.flatMap(({ steps }) => steps)));
  for (let turn = 0; turn < segments.length; ) {
    const group = await takeFirst(segments.slice(turn));
    // Of one that brings no list, several at once would bring no more.
    if (turn === 0 && canAskTogether() && all[0]?.facts.list !== undefined) segments = parallelFirst(segments);
    turn += group.length;
    await takeAgain(group);
  }
  const secrets = [...settings.secrets, ...stopping.freshTokens];
  return { observations: see({ ...settings, secrets }, stopping.reason()), trouble };
}

function unique(probes: readonly Probe[]): readonly Probe[] {
  return [...new Map(probes.map((probe) => [probe.key, probe])).values()];
}
