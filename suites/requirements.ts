import type { Requirement } from '../harness/requirement.ts';
import { consistency } from './consistency.ts';
import { enums } from './enums.ts';
import { envelope } from './envelope.ts';
import { forms } from './forms.ts';
import { parametersSuite } from './parameters.ts';

/** Every requirement, suite by suite in the order of a run's report. */
export const requirements: readonly Requirement[] = [
  ...envelope,
  ...parametersSuite,
  ...enums,
  ...forms,
  ...consistency,
];

const ids = new Set<string>();
for (const { id } of requirements) {
  if (ids.has(id)) throw new Error(`two requirements have the id ${id}`);
  ids.add(id);
}
