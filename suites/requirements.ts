import type { Requirement } from '../harness/requirement.ts';
import { advice } from './advice.ts';
import { authentication } from './authentication.ts';
import { consistency } from './consistency.ts';
import { defaults } from './defaults.ts';
import { enums } from './enums.ts';
import { envelope } from './envelope.ts';
import { errors } from './errors.ts';
import { forms } from './forms.ts';
import { known } from './known.ts';
import { parametersSuite } from './parameters.ts';
import { projection } from './projection.ts';
import { robustness } from './robustness.ts';

/** Every requirement, suite by suite in the order of a run's report. */
export const requirements: readonly Requirement[] = [
  ...envelope,
  ...parametersSuite,
  ...enums,
  ...forms,
  ...defaults,
  ...known,
  ...projection,
  ...consistency,
  ...authentication,
  ...errors,
  ...robustness,
  ...advice,
];

const ids = new Set<string>();
for (const { id } of requirements) {
  if (ids.has(id)) throw new Error(`two requirements have the id ${id}`);
  ids.add(id);
}
