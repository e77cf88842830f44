import { derivedFaults } from '../reference/faults/derived.ts';
import { proveFaults } from './prove-faults.ts';

proveFaults(derivedFaults);
