import type { Observation } from '../harness/answers/observation.ts';
import { pointer } from '../harness/base/pointer.ts';
import { exactly, probesToAskAgain } from '../harness/comparing/against-lists.ts';
import { judgeDifference, parallel, repeated } from '../harness/comparing/repetition.ts';
import { judgeIds, judgeMembers, judgeReadings, judgeSize, readings } from '../harness/comparing/stability.ts';
import { wrapper } from '../harness/contract/wrapper.ts';
import type { AnswerTally } from '../harness/judging/answer-tally.ts';
import { collect, emptyCollection } from '../harness/judging/departure-groups.ts';
import { overElements } from '../harness/judging/elements.ts';
import { blockerOfElements } from '../harness/judging/frame.ts';
import type { Observations } from '../harness/judging/observations.ts';
import type { Requirement } from '../harness/judging/requirement.ts';
import { blockedBy, overLists } from '../harness/judging/tally.ts';
import { type Verdict, value } from '../harness/judging/verdict.ts';
import { type ListFacts, valueNumberAt } from '../harness/lists/list-facts.ts';
import { theList } from '../harness/probes/probe.ts';

const safe = 'RFC 9110 section 9.2.1 (safe methods)';

/** How the elements of a list must agree with each other, and that reading must not change the inventory. */
export const consistency: readonly Requirement[] = [
  {
    id: 'consistency.unique-id',
    level: 'MUST',
    title: 'no two elements of a list have the same id',
    clause: 'forms',
    source: 'Table 2, row 9 (id)',
    needs: 'a list',
    probes: theList,
    judge: judgeUniqueness,
  },
  {
    id: 'consistency.same-project',
    level: 'MUST',
    title: 'project_id and tenant_id of an element are equal',
    clause: 'same-project',
    source: 'Table 2, rows 11 and 22 (project_id, tenant_id: both the project ID)',
    needs: 'a connection',
    probes: theList,
    judge: (observations) =>
      overElements(
        observations,
        { reason: 'no element has both a project_id and a tenant_id', remedy: 'create a connection' },
        ['project_id', 'tenant_id'],
        (project, tenant) => {
          if (typeof project !== 'string' || typeof tenant !== 'string') return 'silent';
          if (project === tenant) return 'conforms';
          const actual = value({ project_id: project, tenant_id: tenant });
          return { at: ['tenant_id'], expected: 'the value of project_id', actual };
        },
      ),
  },
  {
    id: 'consistency.size',
    level: 'SHOULD',
    title: 'the inventory does not grow or shrink at every read',
    clause: 'reading-changes-nothing',
    source: safe,
    needs: 'several readings',
    probes: () => readings,
    judge: (observations) => judgeReadings(observations, judgeSize),
  },
  {
    id: 'consistency.ids',
    level: 'SHOULD',
    title: 'ids are not all new at every read, and none vanishes and comes back',
    clause: 'reading-changes-nothing',
    source: safe,
    needs: 'several readings',
    probes: () => readings,
    judge: (observations) => judgeReadings(observations, judgeIds),
  },
  {
    id: 'consistency.members',
    level: 'SHOULD',
    title: 'no member but status changes at every read, or changes and changes back',
    clause: 'reading-changes-nothing',
    source: safe,
    needs: 'several readings',
    probes: () => readings,
    judge: (observations) => judgeReadings(observations, judgeMembers),
  },
  {
    id: 'consistency.repeatable',
    level: 'SHOULD',
    title: 'the same request gets the same answer each time',
    clause: 'every-answer-counts',
    source: safe,
    needs: 'several readings',
    probes: () => repeated,
    judge: (observations) => judgeDifference(observations, repeated),
    askAgain: (observations) => probesToAskAgain(observations, repeated, exactly),
  },
  {
    id: 'consistency.parallel',
    level: 'SHOULD',
    title: 'requests that are under way at the same time do not disturb each other',
    clause: 'every-answer-counts',
    source: 'RFC 9110 section 3.3 (stateless: each request is understood in isolation)',
    needs: 'several readings',
    probes: () => [...parallel, ...repeated],
    judge: (observations) => judgeDifference(observations, parallel),
    // All of them together: what departs side by side may come right alone, and next time it may be another one.
    askAgain: (observations) => (probesToAskAgain(observations, parallel, exactly).length > 0 ? parallel : []),
  },
];

function judgeUniqueness(observations: Observations): Verdict {
  const nothing = { reason: 'no element has an id to compare', remedy: 'create a connection' };
  const known = new Map<ListFacts, AnswerTally>();
  return overLists(observations, 'elements', nothing, (observation) => {
    const { list } = observation.facts;
    const blocker = blockerOfElements(observation);
    if (blocker !== undefined || !list) return blockedBy(blocker ?? 'envelope.wrapper');
    const tally = known.get(list) ?? uniquenessIn(list, observation, observations);
    known.set(list, tally);
    return tally;
  });
}

function uniquenessIn(list: ListFacts, observation: Observation, { texts }: Observations): AnswerTally {
  const ids = list.values.get('id');
  const seen = new Set<number>();
  const departures = emptyCollection();
  let judged = 0;
  for (let index = 0; index < list.length; index += 1) {
    const number = valueNumberAt(ids, index);
    const id = texts.value(number);
    // An id that is no string, or empty, is blamed by parameters.type.id and forms.id.
    if (typeof id !== 'string' || id === '') continue;
    judged += 1;
    if (seen.has(number)) {
      const at = pointer([wrapper, index, 'id']);
      collect(departures, { observation, pointer: at, expected: 'an id that no other element has', actual: value(id) });
    }
    seen.add(number);
  }
  return { judged, departures };
}
