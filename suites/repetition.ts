import { fullList, type Phase, type Probe, phases, projection } from '../harness/http/probe.ts';
import { compareProbe, exactly, judgeProbes, probesToAskAgain } from '../harness/judging/against-lists.ts';
import type { Observations } from '../harness/judging/observations.ts';
import type { Requirement } from '../harness/judging/requirement.ts';
import type { Verdict } from '../harness/judging/verdict.ts';

/** What is asked again and again: the list, one name, two names, a name that is a number. */
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

const repeated = probesOf('repeats');
const parallel = probesOf('parallel');

/** The same request, asked again and again: every third answer wrong is wrong. */
export const repeatability: Requirement = {
  id: 'consistency.repeatable',
  level: 'SHOULD',
  title: 'the same request gets the same answer each time',
  source: 'RFC 9110 section 9.2.1 (safe methods)',
  probes: () => repeated,
  judge: (observations) => judgeDifference(observations, repeated),
  askAgain: (observations) => probesToAskAgain(observations, repeated, exactly),
};

/** Requests side by side: each gets its own answer. */
export const isolation: Requirement = {
  id: 'consistency.parallel',
  level: 'SHOULD',
  title: 'requests that are under way at the same time do not disturb each other',
  source: 'RFC 9110 section 3.3 (stateless: each request is understood in isolation)',
  probes: () => [...parallel, ...repeated],
  judge: (observations) => judgeDifference(observations, parallel),
  // All of them together: what departs side by side may come right alone, and next time it may be another one.
  askAgain: (observations) => (probesToAskAgain(observations, parallel, exactly).length > 0 ? parallel : []),
};

function requestOf(probe: Probe): string {
  return JSON.stringify(probe.query);
}

/**
 * Judges the answers to requests that are known to be answered well at least once, when asked alone: a request that is
 * never answered well is the projection's failure, not repetition's.
 */
function judgeDifference(observations: Observations, probes: readonly Probe[]): Verdict {
  const wellAnswered = new Set(
    observations.all
      .map(({ probe }) => probe)
      .filter(({ phase, asks, auth }) => asks.kind === 'list' && auth.kind === 'first' && !phases[phase].parallel)
      .filter((probe) => compareProbe(observations, probe)?.kind === 'equal')
      .map(requestOf),
  );
  const judged = probes.filter((probe) => wellAnswered.has(requestOf(probe)));
  if (judged.length > 0) return judgeProbes(observations, judged, exactly);
  const verdict = judgeProbes(observations, probes, exactly);
  const never = 'none of its requests is ever answered well: blocked by projection or envelope';
  return verdict.kind === 'fail' ? { kind: 'inconclusive', reason: never } : verdict;
}
