import type { Observations } from '../judging/observations.ts';
import type { Verdict } from '../judging/verdict.ts';
import { fullList, type Phase, type Probe, phases, projection } from '../probes/probe.ts';
import { compareProbe, exactly, judgeProbes } from './against-lists.ts';

/** The requests that are repeated: the list, one name, two names, a name that is a number. */
const requests: readonly { key: string; names: readonly string[] | null }[] = [
  { key: 'list', names: null },
  { key: 'id', names: ['id'] },
  { key: 'id-name', names: ['id', 'name'] },
  { key: 'mtu', names: ['mtu'] },
];

const turns = 4;

function probesOf(phase: Phase): readonly Probe[] {
  return Array.from({ length: turns }, (_, turn) => turn + 1).flatMap((turn) =>
    requests.map(({ key, names }) => {
      const occasion = `${phase}-${key}-${turn}`;
      return names === null ? fullList(occasion, phase) : projection(`list.${occasion}`, phase, names);
    }),
  );
}

/**
 * The same requests again and again, one after the other: a target that is wrong now and then is wrong in one of them.
 */
export const repeated = probesOf('repeats');

/** The same requests side by side. */
export const parallel = probesOf('parallel');

function queryKey(probe: Probe): string {
  return JSON.stringify(probe.query);
}

/**
 * Judges the answers to requests that are known to be answered well at least once, when asked alone: a request that is
 * never answered well is the projection's failure, not repetition's.
 */
export function judgeDifference(observations: Observations, probes: readonly Probe[]): Verdict {
  const wellAnswered = new Set(
    observations.all
      .map(({ probe }) => probe)
      .filter(({ phase, asks, auth }) => asks.kind === 'list' && auth.kind === 'first' && !phases[phase].parallel)
      .filter((probe) => compareProbe(observations, probe)?.kind === 'equal')
      .map(queryKey),
  );
  const judged = probes.filter((probe) => wellAnswered.has(queryKey(probe)));
  if (judged.length > 0) return judgeProbes(observations, judged, exactly);
  const verdict = judgeProbes(observations, probes, exactly);
  const never = 'none of its requests is ever answered well: blocked by projection or envelope';
  return verdict.kind === 'fail' ? { kind: 'inconclusive', reason: never } : verdict;
}
