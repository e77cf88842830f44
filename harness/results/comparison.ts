import type { ConformanceReport, ReportedRequirement } from './report.ts';

/** The change for one requirement. */
export type Change = { id: string; level: string; title: string; before: string; after: string };

/** The differences between two reports; `newlyFailing` is what a release must not have. */
export type ReportComparison = {
  before: string;
  after: string;
  /**
   * Requirements that fail in the second report and did not fail in the first, or failed there with another departure.
   */
  newlyFailing: readonly Change[];
  fixed: readonly Change[];
  /** Verdicts that changed otherwise. */
  changed: readonly Change[];
  /** Differences in what was seen of parameters, named values, defaults and undefined names. */
  evidence: readonly { what: string; before: string; after: string }[];
  /** Undocumented members of the second that the first did not have, and the reverse. */
  newDrift: readonly string[];
  goneDrift: readonly string[];
  /** Why the comparison says less than one of two runs held to the same contract. */
  remarks: readonly string[];
};

/** The results of the second report and of the first for one requirement. */
type Pair = readonly [ReportedRequirement, ReportedRequirement | undefined];

/** Compares two reports, by requirement id. */
export function compareReports(before: ConformanceReport, after: ConformanceReport): ReportComparison {
  const earlier = new Map(before.requirements.map((requirement) => [requirement.id, requirement]));
  const pairs = after.requirements.map((now) => [now, earlier.get(now.id)] as const);
  const changes = (keep: (now: ReportedRequirement, then: ReportedRequirement | undefined) => boolean) =>
    pairs.filter(([now, then]) => keep(now, then)).map(([now, then]) => changeOf(now, then));
  const fails = (each: ReportedRequirement | undefined) => each?.verdict === 'violation';
  const isNew = (now: ReportedRequirement, then: ReportedRequirement | undefined) =>
    fails(now) && (!fails(then) || newKinds(now, then as ReportedRequirement).length > 0);
  const later = new Set(after.requirements.map(({ id }) => id));
  const missing = before.requirements.filter(({ id }) => !later.has(id));
  const drift = { before: before.coverage.undocumented, after: after.coverage.undocumented };
  return {
    before: before.target.url,
    after: after.target.url,
    newlyFailing: changes(isNew),
    fixed: changes((now, then) => fails(then) && now.verdict === 'pass'),
    changed: changes(
      (now, then) => !isNew(now, then) && now.verdict !== then?.verdict && !(fails(then) && now.verdict === 'pass'),
    ),
    evidence: evidenceChanges(before, after),
    newDrift: drift.after.filter((member) => !drift.before.includes(member)),
    goneDrift: drift.before.filter((member) => !drift.after.includes(member)),
    remarks: [
      ...(before.contract.schemas === after.contract.schemas ? [] : ['the contracts differ']),
      ...(before.settings.gate === after.settings.gate
        ? []
        : [`the gates differ: ${before.settings.gate}, ${after.settings.gate}`]),
      ...unlistedKinds(pairs),
      ...(missing.length === 0 ? [] : [`${missing.length} requirements of the first did not run in the second`]),
    ],
  };
}

function newKinds(now: ReportedRequirement, then: ReportedRequirement): readonly string[] {
  if (then.departures?.complete === false) {
    const places = new Set(then.departures.groups.map(({ at }) => at));
    return (now.departures?.groups ?? []).map(({ at }) => at).filter((at) => !places.has(at));
  }
  const known = new Set(kindsOf(then));
  return kindsOf(now).filter((kind) => !known.has(kind));
}

/**
 * The line for requirements whose departures the first report does not list in full: of those, only a departure at
 * another place is known to be new.
 */
function unlistedKinds(pairs: readonly Pair[]): readonly string[] {
  const unlisted = pairs.filter(([now, then]) => now.departures && then?.departures?.complete === false).length;
  if (unlisted === 0) return [];
  return [`${unlisted} requirements depart in more ways than the first report lists: only other places count as new`];
}

/** Where, and what where it is a word of ours, null, a number or a boolean: texts may be ids, which differ anyhow. */
function kindsOf({ departures }: ReportedRequirement): readonly string[] {
  return (departures?.groups ?? []).map((group) => {
    if ('words' in group) return `${group.at} ${group.words}`;
    const { at, value } = group;
    return typeof value === 'string' || (typeof value === 'object' && value !== null) ? at : `${at} ${value}`;
  });
}

function changeOf(now: ReportedRequirement, then: ReportedRequirement | undefined): Change {
  const { id, level, title } = now;
  return { id, level, title, before: standingWords(then), after: standingWords(now) };
}

function standingWords(requirement: ReportedRequirement | undefined): string {
  if (!requirement) return 'not run';
  const { verdict, departures, reason } = requirement;
  if (departures) {
    const found = departures.distinct.map(({ value }) => value);
    const shown = found.length > 0 ? found : departures.places.map(({ actual }) => actual);
    return `${verdict} (${[...new Set(shown)].slice(0, 3).join(', ')})`;
  }
  return reason === undefined ? verdict : `${verdict} (${reason})`;
}

function evidenceChanges(before: ConformanceReport, after: ConformanceReport): ReportComparison['evidence'] {
  const earlier = evidenceTexts(before);
  const later = evidenceTexts(after);
  return [...new Set([...earlier.keys(), ...later.keys()])].flatMap((what) => {
    const [one, other] = [earlier.get(what) ?? 'nothing', later.get(what) ?? 'nothing'];
    return one === other ? [] : [{ what, before: one, after: other }];
  });
}

/** The coverage of a report, without figures that depend on how many connections there are. */
function evidenceTexts({ coverage }: ConformanceReport): ReadonlyMap<string, string> {
  const seen = (count: number) => (count > 0 ? 'some' : 'none');
  return new Map([
    ...coverage.parameters.map(
      ({ name, seen: there, null: nulls, absent }) =>
        [name, `${seen(there)} seen, ${seen(nulls)} null, ${seen(absent)} absent`] as const,
    ),
    ...coverage.enums.map(
      ({ name, seen: there, others }) =>
        [`values of ${name}`, `${there.join(', ') || 'none'}; ${seen(others)} other`] as const,
    ),
    ...coverage.defaults.map(
      ({ name, connections }) => [`default of ${name}`, connections > 0 ? 'checked' : 'not checked'] as const,
    ),
    ...coverage.undefinedNames.flatMap(({ name, alone, beside }) => [
      [`fields=${name}`, alone ?? 'not seen'] as const,
      [`fields=${name}&fields=id`, beside ?? 'not seen'] as const,
    ]),
    ['paging', coverage.paged ? 'the list is paged' : 'the list is whole'] as const,
  ]);
}
