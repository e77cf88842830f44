import type { AnswerReader } from '../answers/answer-reader.ts';
import { createBodies } from '../answers/body.ts';
import { codingsOf } from '../answers/content-coding.ts';
import { noFacts } from '../answers/facts.ts';
import type { Observation, ReadAnswer } from '../answers/observation.ts';
import type { Failure } from '../http/answer.ts';
import { type Asked, type Patience, patient, type Trouble } from '../http/patience.ts';
import type { Transport } from '../http/transport.ts';
import type { Probe } from '../probes/probe.ts';
import { type ProgressListener, silentProgress } from './progress.ts';

/** The way to the target. */
export type Way = { transport: Transport; patience: Patience; progress?: ProgressListener };

/** Asks probes, and reads their answers. */
export type Asker = {
  /**
   * The observations of the run, in the order of the steps. The asker does not put them there: its caller decides what
   * counts.
   */
  all: Observation[];
  trouble: Trouble;
  /** The number of the latest step. */
  lastStep(): number;
  /**
   * Asks probes as one step. The answers are read when all of them are there, so that no reading takes time from another
   * request's limit.
   * @param width how many are under way at once, at most
   */
  ask(probes: readonly Probe[], width: number): Promise<readonly Observation[]>;
  /** Asks some probes of `all` once more, each in its own step; the new observations take the place of the old. */
  replace(old: readonly Observation[], width: number): Promise<readonly Observation[]>;
  /** The different answers that were retried: they are searched for what no answer may say. */
  turnedAway(): readonly Observation[];
  /** Tells the progress of requests to come. */
  expect(requests: number): void;
  /** The mean time of an answer so far, in milliseconds. */
  meanMilliseconds(): number;
};

/** The answer or failure of a probe, its body not read yet. */
type Brought = Omit<Observation, 'facts'> & (ReadAnswer | Failure);

/** The most different answers that are kept of those that were retried. */
const mostTurnedAway = 100;

/** Makes the asker of a run. */
export function createAsker(reader: AnswerReader, { transport, patience, progress = silentProgress }: Way): Asker {
  const { ask: askPatiently, trouble } = patient(transport, patience);
  const bodies = createBodies();
  const all: Observation[] = [];
  const turned = new Map<string, Observation>();
  const counts = { asked: 0, planned: 0, milliseconds: 0 };
  const since = performance.now();
  let lastStep = 0;

  const meanMilliseconds = () => counts.milliseconds / Math.max(1, counts.asked);

  const tell = ({ phase }: Probe, milliseconds: number): void => {
    counts.asked += 1;
    counts.milliseconds += milliseconds;
    const { asked, planned } = counts;
    const elapsedMilliseconds = performance.now() - since;
    progress.advanced({
      phase,
      asked,
      planned: Math.max(asked, planned),
      meanMilliseconds: meanMilliseconds(),
      elapsedMilliseconds,
    });
  };

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

  const bring = async (probe: Probe, step: number): Promise<Brought> => {
    const startedAt = Date.now();
    const begun = performance.now();
    const { exchange, attempts, turnedAway } = await askPatiently(probe);
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

  const read = (brought: readonly Brought[]): readonly Observation[] =>
    brought.map((each) => ({ ...each, facts: each.kind === 'answer' ? reader.read(each) : noFacts }));

  return {
    all,
    trouble,
    lastStep: () => lastStep,
    async ask(probes, width) {
      lastStep += 1;
      const step = lastStep;
      return read(await inTurn(probes, width, (probe) => bring(probe, step)));
    },
    async replace(old, width) {
      const brought = await inTurn(old, width, async ({ probe, step, attempts }) => {
        const answered = await bring(probe, step);
        return { ...answered, attempts: answered.attempts + attempts };
      });
      const again = read(brought);
      for (const [index, each] of old.entries()) all[all.indexOf(each)] = again[index] as Observation;
      return again;
    },
    turnedAway: () => [...turned.values()],
    expect(requests) {
      counts.planned += requests;
    },
    meanMilliseconds,
  };
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
