import { headerFaults } from './envelope/headers.ts';
import { statusFaults } from './envelope/status.ts';
import { textFaults } from './envelope/text.ts';
import { wrapperFaults } from './envelope/wrapper.ts';
import type { Fault } from './fault.ts';

/** Faults around the elements: status, headers, text, wrapper. Clause `envelope`. */
export const envelopeFaults: readonly Fault[] = [...statusFaults, ...headerFaults, ...textFaults, ...wrapperFaults];
