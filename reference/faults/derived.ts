import { defaultFaults } from './derived/defaults.ts';
import { enumFaults } from './derived/enums.ts';
import { presenceFaults } from './derived/presence.ts';
import { projectionFaults } from './derived/projection.ts';
import { typeFaults } from './derived/types.ts';
import type { Fault } from './fault.ts';

/** The faults that follow from the contract's schemas, row by row. */
export const derivedFaults: readonly Fault[] = [
  ...presenceFaults,
  ...typeFaults,
  ...enumFaults,
  ...defaultFaults,
  ...projectionFaults,
];
