import type { AnswerReader } from '../answers/answer-reader.ts';
import { createBodies } from '../answers/body.ts';
import { codingsOf } from '../answers/content-coding.ts';
import { noFacts } from '../answers/facts.ts';
import type { Observation, ReadAnswer } from '../answers/observation.ts';
import type { Settings } from '../configuration/settings.ts';
import type { Failure } from '../http/answer.ts';
import { type Asked, type Patience, patient, type Trouble } from '../http/patience.ts';
import { fullList, type Phase, type Probe, phases } from '../http/probe.ts';
import type { Transport } from '../http/transport.ts';
import {
  createObservations,
  isUnrecovered,
  type Observations,
  type Seen,
  saysNothing,
} from '../judging/observations.ts';
import type { Requirement } from '../judging/requirement.ts';
import type { Renew } from '../openstack/renewal.ts';
import { plan, planAgain, type Step } from './plan.ts';
import { type ProgressListener, silentProgress } from './progress.ts';
import {
  asSideBySide,
  type Batch,
  batchesOf,
  firstTogether,
  parallelFirst,
  slowAnswer,
  suspectsIn,
} from './side-by-side.ts';

/** The observations of a run's network part, and its waits and repeats. */
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

/** The way to the target. */
export type Way = {
  transport: Transport;
  patience: Patience;
  /** Fetches a new token in place of one that expired: once, for a second time says that something is wrong. */
  renew?: Renew;
  progress?: ProgressListener;
};

/**
 * Asks the probes of the requirements: the only asynchronous part of a run. It judges nothing; what to ask again is the
 * requirements' word. What is looked at here is only whether asking on makes sense: whether the credentials still hold
 * (clause `authentication`), whether the target still answers, and whether its answers are small enough to be read
 * (clause `transient-trouble`).
 */
export async function observe(
  { requirements, settings, reader, more = [], sideBySide }: Asking,
  { transport, patience, renew = async () => null, progress = silentProgress }: Way,
): Promise<Observed> {
  const { ask, trouble } = patient(transport, patience);
  const bodies = createBodies();
  const all: Observation[] = [];
  const stop: { reason: string | null; tokenIsValid: boolean } = { reason: null, tokenIsValid: false };
  const secrets = [...settings.secrets];
  const told = { asked: 0, planned: 0, milliseconds: 0, since: performance.now() };
  let lastStep = 0;
  const nextStep = () => {
    lastStep += 1;
    return lastStep;
  };

  const tell = ({ phase }: Probe, milliseconds: number): void => {
    told.asked += 1;
    told.milliseconds += milliseconds;
    const { asked, planned } = told;
    const meanMilliseconds = told.milliseconds / asked;
    const elapsedMilliseconds = performance.now() - told.since;
    progress.advanced({ phase, asked, planned: Math.max(asked, planned), meanMilliseconds, elapsedMilliseconds });
  };

  const bring = async (probe: Probe, step: number): Promise<Brought> => {
    const startedAt = Date.now();
    const begun = performance.now();
    const { exchange, attempts, turnedAway } = await ask(probe);
    keepTurnedAway(probe, step, turnedAway);
    const timing = { startedAt, milliseconds: performance.now() - begun };
    const { requestId } = exchange;
    const common = { probe, step, timing, attempts, ...(requestId === undefined ? {} : { requestId }) };
    tell(probe, timing.milliseconds);
    if (exchange.kind === 'failure') return { ...common, kind: 'failure', cause: exchange.cause };
    const { kind, status, rawHeaders, cut } = exchange;
    // Equal bodies are one from here on.
    const body = bodies.of(exchange.body, codingsOf(rawHeaders).length > 0);
    return { ...common, kind, status, rawHeaders, body, ...(cut === undefined ? {} : { cut }) };
  };

  /** The different answers that were retried: they are searched for what no answer may say. */
  const turned = new Map<string, Observation>();
  const keepTurnedAway = (probe: Probe, step: number, answers: Asked['turnedAway']): void => {
    for (const [index, { status, rawHeaders, body: bytes }] of answers.entries()) {
      const body = bodies.of(bytes, codingsOf(rawHeaders).length > 0);
      const same = [status, body.digest, ...rawHeaders.filter((name) => name.toLowerCase() !== 'date')].join('\n');
      if (turned.size >= mostTurnedAway || turned.has(same)) continue;
      const answer = { status, rawHeaders, body };
      const timing = { startedAt: Date.now(), milliseconds: 0 };
      const own = { ...probe, key: `${probe.key} (attempt ${index + 1})`, asks: { kind: 'other' } } as const;
      const common = { probe: own, step, timing, attempts: 1, facts: reader.read(answer) };
      turned.set(same, { ...common, kind: 'answer', ...answer });
    }
  };

  /** Reads what a step brought when all of it is there, so that no reading takes time from another request's limit. */
  const read = (brought: readonly Brought[]): readonly Observation[] =>
    brought.map((each) => ({ ...each, facts: each.kind === 'answer' ? reader.read(each) : noFacts }));

  const askOne = async (probe: Probe, step: number): Promise<Observation> =>
    read([await bring(probe, step)])[0] as Observation;

  const check = async (probe: Probe): Promise<Observation> => {
    const observation = await askOne(probe, nextStep());
    all.push(observation);
    return observation;
  };

  /** Asks once more what was refused for want of a valid token: that says nothing about the target. */
  const askAnew = async (refused: readonly Observation[], width: number): Promise<readonly Observation[]> => {
    const brought = await inTurn(refused, width, async (old) => {
      const answered = await bring(old.probe, old.step);
      return { ...answered, attempts: answered.attempts + old.attempts };
    });
    const again = read(brought);
    for (const [index, old] of refused.entries()) all[all.indexOf(old)] = again[index] as Observation;
    return again.filter(isUnauthorized);
  };

  const checkToken = async (refused: readonly Observation[], width: number): Promise<void> => {
    const plain = await askOne(fullList('expiry-check'), nextStep());
    if (!isUnauthorized(plain)) {
      all.push(plain);
      stop.tokenIsValid = true;
      return;
    }
    const fresh = trouble.renewed === null ? await renew() : null;
    if (fresh !== null) {
      secrets.push(...fresh);
      reader.addTokens(fresh);
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

  const takeStep = async ({ probes, parallel }: Step): Promise<void> => {
    // Whether the target recovers is asked even of one that stopped answering, but not with a token that expired.
    const isAsked = (probe: Probe) => stop.reason === null || (stop.reason === silence && probe.phase === 'recovery');
    const asked = probes.filter(isAsked);
    const step = nextStep();
    const width = parallel ? settings.concurrency : 1;
    const brought = read(await inTurn(asked, width, (probe) => bring(probe, step)));
    all.push(...brought);
    if (stop.reason !== null) return;
    // A token that was valid once may expire later: then nothing but refusals comes.
    const refused = stop.tokenIsValid ? refusedInARow(all) : brought.filter(isUnauthorized);
    if (refused.length > 0) await checkToken(refused, width);
    const recent = all.slice(-inARow);
    for (const { isSuch, why } of endings) {
      if (recent.length < inARow || !recent.every(isSuch)) continue;
      const alive = await check(fullList(`liveness-${step}`));
      if (isSuch(alive)) stop.reason = why(alive);
    }
  };

  const view = (own: Settings, stopped: string | null): Seen => ({
    settings: own,
    contract: reader.contract,
    texts: reader.texts,
    secrets: reader.secrets,
    all,
    turnedAway: [...turned.values()],
    stopped,
  });
  const asking = requirements.map((requirement) => ({ requirement, probes: requirement.probes(settings) }));
  let segments = plan([...asking.flatMap(({ probes }) => probes), ...more]);
  told.planned = segments.reduce((sum, { steps }) => sum + requestsIn(steps), 0);
  /** Whether the target keeps requests side by side apart; undefined before that was seen. */
  let keepsApart: boolean | undefined;
  /** Whether answers are slow enough to ask several at once, and the target turned none away: it would turn away more. */
  const canAskTogether = () =>
    settings.concurrency > 1 &&
    trouble.retries === 0 &&
    (sideBySide ?? told.milliseconds / Math.max(1, told.asked) >= slowAnswer);

  const takeAll = async (steps: readonly Step[]): Promise<void> => {
    for (const step of steps) await takeStep(step);
  };

  /** Which of some observations depart, as far as can be said by now. */
  const suspectsOf = (some: readonly Observation[]): readonly Observation[] => {
    const keys = new Set(some.map(({ probe }) => probe.key));
    const suspects = suspectsIn(keys, createObservations(view(settings, null)), requirements);
    return some.filter(({ probe }) => suspects.has(probe.key));
  };

  /** Asks a batch side by side; what departs is asked one after the other, before anything is blamed for it. */
  const takeBatch = async ({ together, oneByOne }: Batch): Promise<void> => {
    const from = all.length;
    await takeAll(together);
    const suspects = suspectsOf(all.slice(from));
    if (suspects.length === 0 || stop.reason !== null) return;
    // Odd input may have ended the target: then asking once more would blame what is asked first.
    if (suspects.some(isUnrecovered) && isUnrecovered(await check(fullList(`after-batch-${lastStep}`, 'odd')))) {
      keepsApart = false;
      return;
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
    told.planned += requestsIn(steps);
    await takeAll(steps);
    if (suspectsOf(all.slice(start)).length > 0) return;
    // What departs side by side and does not alone is for the requests beside it to answer.
    keepsApart = false;
    all.splice(from, 0, ...ofThese.map(asSideBySide));
  };

  for (let turn = 0; turn < segments.length; ) {
    const isWide = keepsApart === true && canAskTogether();
    const group = isWide ? firstTogether(segments.slice(turn), settings.concurrency) : segments.slice(turn, turn + 1);
    const batches = isWide ? batchesOf(group, settings.concurrency) : null;
    for (const { steps } of batches === null ? group : []) await takeAll(steps);
    for (const batch of batches ?? []) {
      if (keepsApart && canAskTogether()) await takeBatch(batch);
      else await takeAll(batch.oneByOne.flat());
    }
    // Of one that brings no list, several at once would bring no more.
    if (turn === 0 && canAskTogether() && all[0]?.facts.list !== undefined) segments = parallelFirst(segments);
    turn += group.length;
    const own = new Set<Phase>(group.map(({ phase }) => phase));
    const mayAsk = asking.filter(
      ({ requirement, probes }) => requirement.askAgain && probes.some(({ phase }) => own.has(phase)),
    );
    if (mayAsk.length === 0) continue;
    const seen = createObservations(view(settings, null));
    const again = mayAsk.flatMap(({ requirement }) => requirement.askAgain?.(seen) ?? []);
    if (group.some(({ phase }) => phases[phase].parallel)) keepsApart = again.length === 0;
    const repeated = planAgain(unique(again.filter(({ phase }) => own.has(phase))), settings.concurrency);
    told.planned += requestsIn(repeated);
    for (const step of repeated) await takeStep(step);
  }
  const observations = createObservations(view({ ...settings, secrets }, stop.reason));
  return { observations, trouble };
}

/** The answer or failure of a probe, its body not read yet. */
type Brought = Omit<Observation, 'facts'> & (ReadAnswer | Failure);

/** The most different answers that are kept of those that were retried. */
const mostTurnedAway = 100;

/** Why a run stops asking. */
const expiry = 'the token expired during the run';
const silence = 'the target stopped answering';

/**
 * After so many in a row that end alike, an ordinary request tells whether asking on makes sense (clause
 * `transient-trouble`).
 */
const inARow = 3;

const endings: readonly { isSuch(observation: Observation): boolean; why(last: Observation): string }[] = [
  { isSuch: isSilent, why: () => silence },
  {
    isSuch: ({ facts }) => facts.overLimit?.kind === 'size',
    why: ({ facts }) => `${facts.overLimit?.words}, and so were those before it: nothing more was asked`,
  },
];

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

function requestsIn(steps: readonly Step[]): number {
  return steps.reduce((sum, { probes }) => sum + probes.length, 0);
}

function unique(probes: readonly Probe[]): readonly Probe[] {
  return [...new Map(probes.map((probe) => [probe.key, probe])).values()];
}

/** The latest answers, where they are refusals of the user's own token and not few. */
function refusedInARow(all: readonly Observation[]): readonly Observation[] {
  const refused = all.slice(all.findLastIndex((observation) => !isUnauthorized(observation)) + 1);
  return refused.length < inARow ? [] : refused;
}

/** Any other answer to a request that carried the user's own token. */
function isAuthorized(observation: Observation): boolean {
  return observation.kind === 'answer' && observation.status !== 401 && observation.probe.auth.kind === 'first';
}

/** A 401 to a request that carried the user's own token. */
function isUnauthorized(observation: Observation): boolean {
  return observation.kind === 'answer' && observation.status === 401 && observation.probe.auth.kind === 'first';
}
