import { matchesId } from '../../harness/base/matches-id.ts';
import { judge } from '../../harness/judging/judge.ts';
import type { Observations } from '../../harness/judging/observations.ts';
import type { Requirement } from '../../harness/judging/requirement.ts';
import type { Verdict } from '../../harness/judging/verdict.ts';
import { createApi } from '../../reference/api.ts';
import { controls } from '../../reference/controls/controls.ts';
import { faults } from '../../reference/faults/all.ts';
import { knownConnections } from '../../reference/known.ts';
import { requirements } from '../../suites/requirements.ts';
import { freshWorld, observeApi, observeFault, settings } from '../observe-fault.ts';

/** One target of the proofs, as it was observed; `exact`: an inconclusive verdict is no pass. */
type Subject = { name: string; observations: Observations; exact: boolean; isFault: boolean };

/** The proofs of one requirement, over every target: which of them says otherwise than it did at first. */
export type Proof = { id: string; departing(): string | undefined };

/** The most targets that a requirement is proven by beside those that fail it, the controls and the conforming one. */
const mostNeighbours = 40;

/**
 * Observes the faults, the controls and the conforming target once.
 * @param suites which suites' requirements are proven, by the faults that fail one of them; all where none is named
 * @returns for each requirement what proves it, to be asked as often as code is mutated
 */
export async function prepareProofs(suites: readonly string[]): Promise<readonly Proof[]> {
  const proven = requirements.filter(
    ({ id }) => suites.length === 0 || suites.some((suite) => id.startsWith(`${suite}.`)),
  );
  const subjects = await observeAll(proven);
  return proven.map((requirement) => {
    const before = new Map(subjects.map((subject) => [subject, outcome(requirement, subject)]));
    const own = subjects.filter((subject) => before.get(subject) === 'fail');
    const others = subjects.filter((subject) => before.get(subject) !== 'fail');
    const neighbours = others.filter(({ isFault }) => isFault);
    const every = Math.ceil(neighbours.length / mostNeighbours);
    // What fails it comes first: there a mutant is found soonest.
    const asked = [
      ...own,
      ...others.filter(({ isFault }) => !isFault),
      ...neighbours.filter((_, index) => index % every === 0),
    ];
    return {
      id: requirement.id,
      departing() {
        const found = asked.find((subject) => outcome(requirement, subject) !== before.get(subject));
        return found && `${requirement.id} is otherwise for ${found.name}`;
      },
    };
  });
}

async function observeAll(proven: readonly Requirement[]): Promise<readonly Subject[]> {
  const subject = (name: string, observations: Observations, rest: Pick<Subject, 'exact' | 'isFault'>): Subject => ({
    name,
    observations,
    ...rest,
  });
  const world = freshWorld();
  const own = { ...settings, knownConnections: knownConnections(world) };
  const conforming = await observeApi(createApi(world), requirements, own);
  const subjects = [subject('the conforming target', conforming, { exact: true, isFault: false })];
  const ids = proven.map(({ id }) => id);
  for (const fault of faults) {
    if (!fault.fails.some((pattern) => ids.some((id) => matchesId(pattern, id)))) continue;
    subjects.push(subject(fault.name, await observeFault(fault), { exact: false, isFault: true }));
  }
  for (const { name, wrap } of controls) {
    const unusual = freshWorld();
    const observations = await observeApi(wrap(createApi(unusual), unusual));
    subjects.push(subject(name, observations, { exact: false, isFault: false }));
  }
  return subjects;
}

/** The verdict on a requirement, as far as a proof looks at it. */
function outcome(requirement: Requirement, { observations, exact }: Subject): Verdict['kind'] | 'no failure' {
  const { kind } = judge(requirement, observations);
  return exact || kind === 'fail' || kind === 'broken' ? kind : 'no failure';
}
