import type { Observation } from '../answers/observation.ts';
import type { Contract } from '../contract/contract.ts';
import type { AnswerTally } from '../judging/answer-tally.ts';
import type { Observations } from '../judging/observations.ts';
import { saysNothing, whyNothing } from '../judging/observations.ts';
import { blockedBy, conforms, departs, type Nothing, silent, verdictOf } from '../judging/tally.ts';
import type { Verdict } from '../judging/verdict.ts';
import { other, type Probe, type QueryPair } from '../probes/probe.ts';
import { judgeProbes, probesToAskAgain } from './against-lists.ts';
import { treatmentOf } from './list-or-refusal.ts';
import { sentNames } from './list-rows.ts';

/** Names that `fields` is not defined for (clause `undefined-names`): what each is called, and the value as sent. */
const undefinedFields = [
  { kind: 'project_id', name: 'project_id', what: 'project_id, which the note excludes' },
  { kind: 'peer_id', name: 'peer_id', what: 'peer_id, which the note excludes' },
  { kind: 'dpd', name: 'dpd', what: 'dpd, which the note excludes' },
  { kind: 'local_id', name: 'local_id', what: 'local_id, which the note excludes' },
  { kind: 'interval', name: 'interval', what: 'interval, a member of dpd' },
  { kind: 'timeout', name: 'timeout', what: 'timeout, a member of dpd' },
  { kind: 'action', name: 'action', what: 'action, a member of dpd' },
  { kind: 'unknown', name: 'no_such_parameter', what: 'an unknown name' },
  { kind: 'empty', name: '', what: 'an empty name' },
  { kind: 'comma', name: 'id,name', what: 'two names with a comma' },
  { kind: 'dotted', name: 'dpd.action', what: 'a dotted name' },
  { kind: 'upper-case', name: 'ID', what: 'a defined name in upper case' },
  { kind: 'bare', name: null, what: 'no name, and no equals sign either' },
] as const satisfies readonly UndefinedField[];

/** Those that an edition does not define `fields` for. */
export function undefinedFieldsOf({ projectableNames, edition }: Contract): readonly UndefinedField[] {
  return undefinedFields
    .filter(({ name }) => name === null || !projectableNames.includes(name))
    .map((field): UndefinedField => {
      const isNoted = field.what.endsWith(noted) && !edition.excluded.includes(field.name ?? '');
      return isNoted ? { ...field, what: `${field.name}, which has no row` } : field;
    });
}

/** How a name is told that a note excludes; an edition without that note has no row for it. */
const noted = ', which the note excludes';

/** One of them; `name` is null for `fields` without an equals sign. */
export type UndefinedField = { kind: string; name: string | null; what: string };

function pairOf({ name }: UndefinedField): QueryPair {
  return ['fields', name === null ? null : encodeURIComponent(name)];
}

/** The request for an undefined name alone. */
export function aloneProbe(field: UndefinedField): Probe {
  return other(`projection.undefined.${field.kind}`, 'undefined', { query: [pairOf(field)] });
}

/**
 * The requests for an undefined name beside `id`, in both orders: a target may honour the first name alone, or the
 * last.
 */
export function besideProbes(field: UndefinedField): readonly [Probe, Probe] {
  const undefinedName = pairOf(field);
  const id: QueryPair = ['fields', 'id'];
  return [
    other(`projection.beside.${field.kind}`, 'undefined', { query: [undefinedName, id] }),
    other(`projection.beside.${field.kind}.after`, 'undefined', { query: [id, undefinedName] }),
  ];
}

/** The probes beside `id` to ask again: those that got a list. */
export function besideToAskAgain(observations: Observations, probes: readonly Probe[]): readonly Probe[] {
  const listed = probes.filter((probe) => isListed(observations, probe));
  return probesToAskAgain(observations, listed, withId);
}

/** How each undefined name was treated, alone and beside id; null where no answer tells it. */
export function undefinedTreatments(
  observations: Observations,
): readonly { name: string; alone: string | null; beside: string | null }[] {
  const did = ({ key }: Probe, { name }: UndefinedField, rest: readonly string[]) => {
    const observation = observations.of(key);
    const isSeen = observation?.kind === 'answer' && !saysNothing(observation);
    return isSeen ? describeTreatment(observations, observation, name ?? '', rest) : null;
  };
  return undefinedFieldsOf(observations.contract).map((field) => {
    const [before, after] = besideProbes(field).map((probe) => did(probe, field, ['id']));
    const differs = before !== after && before != null && after != null;
    return {
      name: field.name ?? '(no equals sign)',
      alone: did(aloneProbe(field), field, []),
      beside: differs ? `${before}; after id: ${after}` : (before ?? after ?? null),
    };
  });
}

/** The expected projection beside `id`. Members beyond `id` do not matter there: clause `undefined-names`. */
const withId = () => ({ names: ['id'], exact: false });

/** Whether an undefined name alone is honoured, ignored or refused. */
export function judgeAlone(observations: Observations, probe: Probe, name: string): Verdict {
  const observation = observations.of(probe.key);
  if (!observation || saysNothing(observation)) return { kind: 'inconclusive', ...namesUnseen(observations) };
  const treatment = treatmentOf(observations, observation);
  if (treatment.kind === 'blocked') return { kind: 'inconclusive', reason: `blocked by ${treatment.by}` };
  if (treatment.kind === 'violation') return verdictOf([departs(treatment.violation)], 'answers', { reason: '' });
  return verdictOf([conforms], 'answers', { reason: '' }, [describeTreatment(observations, observation, name, [])]);
}

/** Whether an undefined name beside `id` leaves `id` where it is, unless the whole request is refused. */
export function judgeBeside(observations: Observations, probes: readonly Probe[], name: string): Verdict {
  const notes: string[] = [];
  const others = probes.map((probe): AnswerTally => {
    const observation = observations.of(probe.key);
    if (!observation || saysNothing(observation)) return silent;
    const treatment = treatmentOf(observations, observation);
    if (treatment.kind === 'blocked') return blockedBy(treatment.by);
    if (treatment.kind === 'violation') return departs(treatment.violation);
    if (treatment.kind === 'list') return silent;
    notes.push(describeTreatment(observations, observation, name, ['id']));
    return conforms;
  });
  const listed = probes.filter((probe) => isListed(observations, probe));
  if (listed.length > 0) return judgeProbes(observations, listed, withId, others);
  return verdictOf(others, 'answers', namesUnseen(observations), [...new Set(notes)]);
}

function isListed(observations: Observations, { key }: Probe): boolean {
  const observation = observations.of(key);
  return (
    observation !== undefined && !saysNothing(observation) && treatmentOf(observations, observation).kind === 'list'
  );
}

/**
 * Honoured, ignored or refused, in words: evidence, for all of these conform.
 * @param rest the defined names beside the undefined one
 */
function describeTreatment(
  observations: Observations,
  observation: Observation,
  name: string,
  rest: readonly string[],
): string {
  const treatment = treatmentOf(observations, observation);
  if (treatment.kind === 'refused') return `refused with status ${treatment.status}`;
  if (treatment.kind !== 'list') return 'not a list';
  const { list } = treatment;
  if (list.length === 0) return 'not seen: the list is empty';
  const members = sentNames(list);
  const isExactly = (names: readonly string[]) => {
    const wanted = new Set([...names, ...rest]);
    return wanted.size === members.size && [...wanted].every((each) => members.has(each));
  };
  if (members.size === 0) return 'ignored: empty elements';
  if (isExactly([name])) return 'honoured';
  if (isExactly(name.split(','))) return 'honoured: as several names';
  if (isExactly([])) return `ignored: ${rest.join(', ')} alone`;
  if (isExactly([name.toLowerCase()])) return 'honoured: in any letter case';
  return members.size > 10 ? 'ignored: full elements' : `${members.size} other members returned`;
}

function namesUnseen(observations: Observations): Nothing {
  return { reason: whyNothing(observations.all, observations.stopped) };
}
