import type { Fault } from './fault.ts';
import { executedNameFaults } from './projection/executed-names.ts';
import { readingFaults } from './projection/readings.ts';
import { undefinedNameFaults } from './projection/undefined-names.ts';
import { valueFaults } from './projection/values.ts';

/** Faults of `fields` beyond a single name: clauses `defined-names`, `undefined-names` and `projection-hides`. */
export const projectionFaults: readonly Fault[] = [
  ...readingFaults,
  ...valueFaults,
  ...undefinedNameFaults,
  ...executedNameFaults,
];
