import { faults } from '../reference/faults/all.ts';
import { derivedFaults } from '../reference/faults/derived.ts';
import { proveFaults } from './prove-faults.ts';

const derived = new Set(derivedFaults);

proveFaults(faults.filter((fault) => fault.kind === 'api' && !derived.has(fault)));
