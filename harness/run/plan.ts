import { againKey, fullList, type Phase, type Probe, phases } from '../probes/probe.ts';

/** Probes that are asked together; the next step waits for the last answer. */
export type Step = { probes: readonly Probe[]; parallel: boolean };

/** One phase of a run, with the full lists that bracket it. */
export type Segment = { phase: Phase; steps: readonly Step[] };

/**
 * Orders probes into segments: phase after phase, a full list before and after each bracketed phase, one reading
 * serving as the end of one bracket and the beginning of the next. Probes with the same key are asked once.
 */
export function plan(probes: readonly Probe[]): readonly Segment[] {
  const unique = [...new Map(probes.map((probe) => [probe.key, probe])).values()];
  const segments: Segment[] = [];
  for (const phase of Object.keys(phases) as Phase[]) {
    const asked = unique.filter((probe) => probe.phase === phase);
    if (asked.length === 0) continue;
    const steps = stepsOf(phase, asked);
    if (!phases[phase].bracketed) segments.push({ phase, steps });
    else {
      const opening = endsWithFullList(segments) ? [] : [readFullList(`before-${phase}`)];
      segments.push({ phase, steps: [...opening, ...steps, readFullList(`after-${phase}`)] });
    }
  }
  return segments;
}

/**
 * Asks some probes of one bracketed phase once more (clause `living-inventory`). Each has a fresh pair of full lists to
 * itself: the shorter the time between them, the less can come and go unseen. Those that are about requests side by
 * side are asked side by side again, no more between two lists than are under way at once.
 * @param concurrency the most that are under way at once
 */
export function planAgain(probes: readonly Probe[], concurrency: number): readonly Step[] {
  const [first] = probes;
  if (!first) return [];
  const isTogether = first.phase === 'parallel';
  const again = probes.map((probe) => ({ ...probe, key: againKey(probe.key) }));
  const steps = inGroups(again, isTogether ? concurrency : 1);
  return [
    readFullList(`before ${againKey(first.key)}`),
    ...steps.flatMap((step) => [
      { probes: step, parallel: isTogether },
      readFullList(`after ${(step[0] as Probe).key}`),
    ]),
  ];
}

/** How many requests some steps are. */
export function requestsIn(steps: readonly Step[]): number {
  return steps.reduce((sum, { probes }) => sum + probes.length, 0);
}

function inGroups<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  const starts = Array.from({ length: Math.ceil(items.length / size) }, (_, index) => index * size);
  return starts.map((start) => items.slice(start, start + size));
}

function stepsOf(phase: Phase, probes: readonly Probe[]): Step[] {
  const { parallel } = phases[phase];
  return parallel ? [{ probes, parallel }] : probes.map((probe) => ({ probes: [probe], parallel }));
}

function readFullList(occasion: string): Step {
  return { probes: [fullList(occasion)], parallel: false };
}

function endsWithFullList(segments: readonly Segment[]): boolean {
  const last = segments.at(-1)?.steps.at(-1)?.probes.at(-1);
  return last?.asks.kind === 'list' && last.asks.names === null;
}
