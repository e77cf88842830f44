import type { Respond } from '../server.ts';
import type { Wrap } from '../variants/wrap.ts';

/** A deliberate defect of the target, and what it must cost. */
export type Fault = {
  /** Readable path, for ever the same: subject, member, defect. */
  name: string;
  /** The behaviour of such a vendor's product, in one sentence. */
  describes: string;
  /** The requirements that fail, exactly: ids, in which `*` stands for any run of characters. */
  fails: readonly string[];
} & (ApiFault | WireFault);

/**
 * A defect of what is answered; it shows in-process. State between answers is kept in the closure that `wrap` makes.
 */
export type ApiFault = {
  kind: 'api';
  wrap: Wrap;
  /** Where such a target stands, if not on loopback: no packet is sent there. */
  origin?: string;
  /** Shows only where it is known what connections were created with. */
  known?: true;
};

/** A defect of how an answer reaches the wire; it needs a socket. */
export type WireFault = { kind: 'wire'; respond: Respond };

/**
 * A fault of what is answered.
 *
 * @param name stable name
 * @param describes what such a vendor ships
 * @param fails the requirements that fail, exactly
 * @param wrap makes the defect
 * @returns the fault
 */
export function apiFault(name: string, describes: string, fails: readonly string[], wrap: Wrap): Fault {
  return { name, describes, fails, kind: 'api', wrap };
}

/**
 * A fault of how an answer reaches the wire.
 *
 * @param name stable name
 * @param describes what such a vendor ships
 * @param fails the requirements that fail, exactly
 * @param respond makes the defect
 * @returns the fault
 */
export function wireFault(name: string, describes: string, fails: readonly string[], respond: Respond): Fault {
  return { name, describes, fails, kind: 'wire', respond };
}
