import type { Facts } from '../answers/facts.ts';
import type { Observation } from '../answers/observation.ts';
import type { CaptureShape } from '../captures/capture.ts';
import type { Settings } from '../configuration/settings.ts';
import type { Contract } from '../contract/contract.ts';
import { createObservations } from '../judging/create-observations.ts';
import { judge } from '../judging/judge.ts';
import { unseenIn } from '../judging/needs.ts';
import type { Observations } from '../judging/observations.ts';
import type { Requirement } from '../judging/requirement.ts';
import type { Verdict } from '../judging/verdict.ts';
import { againKey, type Probe } from '../probes/probe.ts';
import type { EditionStanding, ReportedRequirement } from '../results/report.ts';

/** An edition, and what it requires. */
export type EditionRequirements = { contract: Contract; requirements: readonly Requirement[] };

/** Bytes of different bodies in all, beyond which other editions are not judged: a list of 10 000 has half of that. */
const mostBytes = 128 * 1024 * 1024;

/** Ids of broken requirements that are named. */
const mostNamed = 5;

/**
 * How a target that was observed for one edition stands with others: each holds the same facts to its own schemas, and
 * judges what it asks for in the same words.
 * @param capture what was captured, where a captured answer is judged and no target
 */
export function standingsWith(
  observations: Observations,
  others: readonly EditionRequirements[],
  capture: CaptureShape | null = null,
): readonly EditionStanding[] {
  const bodies = new Map(
    observations.all.flatMap((each) => (each.kind === 'answer' ? [[each.body.digest, each.body]] : [])),
  );
  const bytes = [...bodies.values()].reduce((sum, { size }) => sum + size, 0);
  return others.map(({ contract, requirements }): EditionStanding => {
    const { name } = contract.edition;
    const unjudged = { edition: name, judged: 0, kept: 0, broken: [], undocumented: 0 };
    if (bytes > mostBytes) return { ...unjudged, reason: 'the lists are large' };
    const view = viewOf(observations, contract, requirements);
    const verdicts = requirements
      .filter(({ level, needs }) => level === 'MUST' && (capture === null || unseenIn(capture, needs) === undefined))
      .map((requirement) => [requirement.id, verdictKind(requirement, view)] as const);
    const broken = verdicts.filter(([, kind]) => kind === 'fail').map(([id]) => id);
    const judged = verdicts.filter(([, kind]) => kind === 'fail' || kind === 'pass').length;
    return {
      edition: name,
      judged,
      kept: judged - broken.length,
      broken: broken.slice(0, mostNamed),
      undocumented: undocumentedIn(view),
    };
  });
}

/** The kind of a verdict. A departure that a busy target explains, and that was not asked again, is none (clause `living-inventory`). */
function verdictKind(requirement: Requirement, view: Observations): Verdict['kind'] {
  const { kind } = judge(requirement, view);
  return kind === 'fail' && (requirement.askAgain?.(view).length ?? 0) > 0 ? 'inconclusive' : kind;
}

/** How many members of the first full list no row of the contract documents, and no note names. */
function undocumentedIn({ contract, fullLists: [first] }: Observations): number {
  const { inElements = [], inDpd = [] } = first?.facts.list?.undocumented ?? {};
  return [...inElements, ...inDpd].filter((name) => !contract.edition.excluded.includes(name)).length;
}

/**
 * The edition that a target is nearest to: it breaks the fewest MUSTs of it, and then has the fewest members that it
 * does not document; of editions that are alike in this, the run's own.
 * @param results of the run's own edition
 */
export function nearestEdition(
  observations: Observations,
  results: readonly Pick<ReportedRequirement, 'level' | 'verdict'>[],
  others: readonly EditionStanding[],
): string {
  const verdicts = results.filter(({ level }) => level === 'MUST').map(({ verdict }) => verdict);
  const broken = verdicts.filter((verdict) => verdict === 'violation' || verdict === 'waived').length;
  const own = { edition: observations.contract.edition.name, broken, undocumented: undocumentedIn(observations) };
  const judged = others.filter((each) => each.judged > 0);
  const all = [own, ...judged.map((each) => ({ ...each, broken: each.judged - each.kept }))];
  const [nearest = own] = all.toSorted((a, b) => a.broken - b.broken || a.undocumented - b.undocumented);
  return nearest.edition;
}

/**
 * The requests that MUSTs of other editions rest on and that the run's own edition does not make: each once, whichever
 * editions want it.
 * @param own the requirements that the run is held to
 */
export function probesOfOthers(
  own: readonly Requirement[],
  others: readonly EditionRequirements[],
  settings: Settings,
): readonly Probe[] {
  const asked = new Set(own.flatMap((requirement) => requirement.probes(settings)).map(requestKey));
  const more = new Map<string, Probe>();
  const musts = others.flatMap(({ requirements }) => requirements.filter(({ level }) => level === 'MUST'));
  for (const probe of musts.flatMap((must) => must.probes(settings))) {
    const request = requestKey(probe);
    // Only the edition that wants the answer can judge it.
    if (asked.has(request) || more.has(request)) continue;
    more.set(request, { ...probe, key: `editions.${probe.key}`, asks: { kind: 'other' } });
  }
  return [...more.values()];
}

/** The observations as an edition sees them: its own probes, and the lists held to its schemas. */
function viewOf(seen: Observations, contract: Contract, requirements: readonly Requirement[]): Observations {
  const { settings, all } = seen;
  const read = new Map<Facts, Facts>();
  const factsOf = (facts: Facts): Facts => {
    const known = read.get(facts) ?? { ...facts, list: facts.list?.by(contract) };
    read.set(facts, known);
    return known;
  };
  const probes = new Map(requirements.flatMap(({ probes: of }) => of(settings)).map((probe) => [probe.key, probe]));
  const byRequest = new Map<string, Probe[]>();
  const taken = new Set(
    all.filter(({ probe }) => isSameRequest(probes.get(probe.key), probe)).map(({ probe }) => probe.key),
  );
  const shared = [...probes.values()].filter(({ key }) => taken.has(key));
  const again = new Map(shared.map((probe) => [againKey(probe.key), probe]));
  for (const probe of probes.values()) {
    if (taken.has(probe.key)) continue;
    const request = requestKey(probe);
    byRequest.set(request, [...(byRequest.get(request) ?? []), probe]);
  }
  const names = new Map<string, Probe>();
  const asItsOwn = (observation: Observation): Probe | undefined => {
    const { probe } = observation;
    if (probe.asks.kind === 'list' && probe.asks.names === null) return probe;
    const own = probes.get(probe.key);
    if (own && taken.has(probe.key)) return own;
    const base = names.get(probe.key);
    if (base) return { ...base, key: againKey(base.key) };
    const found = byRequest.get(requestKey(probe))?.shift();
    if (found) names.set(againKey(probe.key), found);
    // The second asking of a probe that both editions know by one key.
    const second = again.get(probe.key);
    return found ?? (second && { ...second, key: probe.key });
  };
  const own = all.flatMap((observation): Observation[] => {
    const probe = asItsOwn(observation);
    if (!probe) return [];
    if (observation.kind === 'failure') return [{ ...observation, probe }];
    return [{ ...observation, probe, facts: factsOf(observation.facts) }];
  });
  return createObservations({ ...seen, contract, all: own });
}

/** Whether a key stands for the same request in both. */
function isSameRequest(own: Probe | undefined, there: Probe): boolean {
  return own !== undefined && requestKey(own) === requestKey(there);
}

function requestKey({ method, path, query, accept, acceptEncoding, ifNoneMatch, auth }: Probe): string {
  return JSON.stringify([method, path, query, accept, acceptEncoding, ifNoneMatch, auth]);
}
