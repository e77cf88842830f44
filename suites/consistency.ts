import { cell, type ListFacts } from '../harness/answers/list-facts.ts';
import type { Observation } from '../harness/answers/observation.ts';
import { wrapper } from '../harness/answers/wrapper.ts';
import { pointer } from '../harness/base/pointer.ts';
import { fullList } from '../harness/http/probe.ts';
import { collect, emptyCollection } from '../harness/judging/departure-groups.ts';
import { overElements } from '../harness/judging/elements.ts';
import { blockerOfElements } from '../harness/judging/frame.ts';
import type { Observations } from '../harness/judging/observations.ts';
import type { Requirement } from '../harness/judging/requirement.ts';
import { type AnswerTally, blockedBy, overLists } from '../harness/judging/tally.ts';
import { type Verdict, value } from '../harness/judging/verdict.ts';
import { isolation, repeatability } from './repetition.ts';
import { stability } from './stability.ts';

/** What the elements of a list owe each other, and what reading owes the inventory: contract clauses 7, 8 and 16. */
export const consistency: readonly Requirement[] = [
  {
    id: 'consistency.unique-id',
    level: 'MUST',
    title: 'no two elements of a list have the same id',
    source: 'Table 2, row 9 (id)',
    probes: () => [fullList('first')],
    judge: judgeUniqueness,
  },
  {
    id: 'consistency.same-project',
    level: 'MUST',
    title: 'project_id and tenant_id of an element are equal',
    source: 'Table 2, rows 11 and 22 (project_id, tenant_id: both the project ID)',
    probes: () => [fullList('first')],
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
  ...stability,
  repeatability,
  isolation,
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
    const number = cell(ids, index);
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
