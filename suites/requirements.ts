import { matchesId } from '../harness/base/matches-id.ts';
import { citedBy } from '../harness/contract/citations.ts';
import type { Contract } from '../harness/contract/contract.ts';
import { contract } from '../harness/contract/editions.ts';
import type { Requirement } from '../harness/judging/requirement.ts';
import { advice } from './advice.ts';
import { authenticationOf } from './authentication.ts';
import { consistency } from './consistency.ts';
import { defaultsOf } from './defaults.ts';
import { enumsOf } from './enums.ts';
import { envelope } from './envelope.ts';
import { errors } from './errors.ts';
import { formsOf } from './forms.ts';
import { knownOf } from './known.ts';
import { parametersOf } from './parameters.ts';
import { projectionOf } from './projection.ts';
import { robustness } from './robustness.ts';

/** Every requirement of a contract, suite by suite in the order of a run's report. */
export function requirementsOf(contract: Contract): readonly Requirement[] {
  const requirements = [
    ...envelope,
    ...parametersOf(contract),
    ...enumsOf(contract),
    ...formsOf(contract),
    ...defaultsOf(contract),
    ...knownOf(contract),
    ...projectionOf(contract),
    ...consistency.filter(({ id }) => id !== 'consistency.same-project' || contract.topLevelNames.has('project_id')),
    ...authenticationOf(contract),
    ...errors,
    ...robustness,
    ...advice,
  ];
  const ids = new Set<string>();
  for (const { id } of requirements) {
    if (ids.has(id)) throw new Error(`two requirements have the id ${id}`);
    ids.add(id);
  }
  return requirements.map((requirement) => inEdition(requirement, contract));
}

/**
 * A requirement at the level that its edition gives it, and with its source: what others state weakly, one may state
 * outright.
 */
function inEdition(requirement: Requirement, contract: Contract): Requirement {
  const stated = contract.edition.must.find(({ requirements: ids }) =>
    ids.some((pattern) => matchesId(pattern, requirement.id)),
  );
  if (stated !== undefined) return { ...requirement, level: 'MUST', source: stated.source };
  return { ...requirement, source: citedBy(contract, requirement.source) };
}

/** Those of the contract that a run is held to. */
export const requirements = requirementsOf(contract);
