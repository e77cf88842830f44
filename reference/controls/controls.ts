import type { Control, WireControl } from './control.ts';
import { fieldControls } from './fields.ts';
import { httpControls } from './http.ts';
import { listControls } from './lists.ts';
import { livingControls } from './living.ts';
import { refusalControls } from './refusals.ts';
import { valueControls } from './values.ts';
import { wireControls as onTheWire } from './wire.ts';

/** Every unusual target that conforms. */
export const controls: readonly Control[] = [
  ...valueControls,
  ...listControls,
  ...httpControls,
  ...fieldControls,
  ...refusalControls,
  ...livingControls,
];

/** Every unusual way to write an answer that conforms. */
export const wireControls: readonly WireControl[] = onTheWire;

const names = new Set<string>();
for (const { name } of [...controls, ...wireControls]) {
  if (names.has(name)) throw new Error(`two controls have the name ${name}`);
  names.add(name);
}
