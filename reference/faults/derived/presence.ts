import { ROWS } from '../../variants/rows.ts';
import { type Alter, change, everywhere, inLast } from '../../variants/stored.ts';
import { apiFault, type Fault } from '../fault.ts';

/** Each row of Table 2 left out: clause `presence`. */
export const presenceFaults: readonly Fault[] = ROWS.flatMap(({ name, path }) => {
  const drop: Alter = (element) => change(element, path, () => undefined);
  const fails = [`parameters.presence.${name}`];
  return [
    apiFault(`derived.presence.${name}`, `No element has ${name}.`, fails, everywhere(drop)),
    apiFault(`derived.presence.${name}.last`, `Only the last element lacks ${name}.`, fails, inLast(drop)),
  ];
});
