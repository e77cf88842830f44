import type { Respond } from '../server.ts';
import type { Wrap } from '../variants/wrap.ts';

/** An unusual target that conforms: it must fail nothing, whatever the level. */
export type Control = {
  /** Readable path, for ever the same. */
  name: string;
  /** The unusual part, in one sentence. */
  describes: string;
  wrap: Wrap;
  /** The path before `/v2.0` in the target's URL; such a target answers without it too. */
  basePath?: string;
};

/** An unusual way, which conforms, for an answer to reach the wire; it needs a socket. */
export type WireControl = { name: string; describes: string; respond: Respond };

/**
 * A control.
 *
 * @param name stable name
 * @param describes what is unusual about it
 * @param wrap makes it so
 * @returns the control
 */
export function control(name: string, describes: string, wrap: Wrap): Control {
  return { name, describes, wrap };
}
