import type { Fault } from './fault.ts';
import { addressFaults } from './forms/addresses.ts';
import { identifierFaults } from './forms/identifiers.ts';
import { numberFaults } from './forms/numbers.ts';
import { textFaults } from './forms/texts.ts';

/** Values of the right type that are malformed: clause `forms`. */
export const formFaults: readonly Fault[] = [...addressFaults, ...numberFaults, ...identifierFaults, ...textFaults];
