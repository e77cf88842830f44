import { pointer } from '../harness/pointer.ts';
import { fullList } from '../harness/probe.ts';
import { isObject, type Reading, wrapper } from '../harness/reading.ts';
import type { Requirement } from '../harness/requirement.ts';
import { type Violation, value } from '../harness/verdict.ts';
import { overElements } from './elements.ts';
import { blockerOfElements } from './envelope.ts';
import { isolation, repeatability } from './repetition.ts';
import { stability } from './stability.ts';
import { type AnswerTally, blockedBy, overLists } from './tally.ts';

/** What the elements of a list owe each other, and what reading owes the inventory: contract clauses 7, 8 and 16. */
export const consistency: readonly Requirement[] = [
  {
    id: 'consistency.unique-id',
    level: 'MUST',
    title: 'no two elements of a list have the same id',
    source: 'Table 2, row 9 (id)',
    probes: () => [fullList('first')],
    judge: (observations) =>
      overLists(
        observations,
        'elements',
        { reason: 'no element has an id to compare', remedy: 'create a connection' },
        judgeUniqueness,
      ),
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
        ({ project_id: project, tenant_id: tenant }) => {
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

function judgeUniqueness(reading: Reading): AnswerTally {
  const blocker = blockerOfElements(reading);
  if (blocker !== undefined) return blockedBy(blocker);
  const seen = new Set<string>();
  const violations: Violation[] = [];
  let judged = 0;
  (reading.elements ?? []).forEach((element, index) => {
    // An id that is no string, or empty, is blamed by parameters.type.id and forms.id.
    const id = isObject(element) ? element.id : undefined;
    if (typeof id !== 'string' || id === '') return;
    judged += 1;
    if (seen.has(id)) {
      const at = pointer([wrapper, index, 'id']);
      const expected = 'an id that no other element has';
      violations.push({ observation: reading.observation, pointer: at, expected, actual: value(id) });
    }
    seen.add(id);
  });
  return { judged, failed: violations.length, violations };
}
