import { adviceFaults } from './advice.ts';
import { authenticationFaults } from './authentication.ts';
import { consistencyFaults } from './consistency.ts';
import { derivedFaults } from './derived.ts';
import { envelopeFaults } from './envelope.ts';
import { errorFaults } from './errors.ts';
import { everyAnswerFaults } from './every-answer.ts';
import type { Fault } from './fault.ts';
import { formFaults } from './forms.ts';
import { knownFaults } from './known.ts';
import { projectionFaults } from './projection.ts';
import { robustnessFaults } from './robustness.ts';
import { vendorFaults } from './vendors.ts';
import { wireFaults } from './wire.ts';

/** Every fault. */
export const faults: readonly Fault[] = [
  ...derivedFaults,
  ...envelopeFaults,
  ...formFaults,
  ...knownFaults,
  ...everyAnswerFaults,
  ...projectionFaults,
  ...consistencyFaults,
  ...authenticationFaults,
  ...errorFaults,
  ...robustnessFaults,
  ...adviceFaults,
  ...wireFaults,
  ...vendorFaults,
];

const names = new Set<string>();
for (const { name } of faults) {
  if (names.has(name)) throw new Error(`two faults have the name ${name}`);
  names.add(name);
}
