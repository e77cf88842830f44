import type { Json } from '../../json.ts';
import { ROWS } from '../../variants/rows.ts';
import { change, onDefaults } from '../../variants/stored.ts';
import { apiFault, type Fault } from '../fault.ts';

/**
 * Another value of the same type and form. Only one value of two of them is documented: any other one fails that too.
 */
const OTHER: Readonly<Record<string, { value: Json; fails: readonly string[] }>> = {
  route_mode: { value: 'dynamic', fails: ['enums.route_mode'] },
  auth_mode: { value: 'certificate', fails: ['enums.auth_mode'] },
  'dpd.action': { value: 'clear', fails: [] },
  'dpd.interval': { value: 31, fails: [] },
  'dpd.timeout': { value: 150, fails: [] },
};

/** Each documented default replaced by another one: clause `defaults`. */
export const defaultFaults: readonly Fault[] = ROWS.filter((row) => row.default !== undefined).map(({ name, path }) => {
  const other = OTHER[name];
  if (other === undefined) throw new Error(`no other value is known for the default of ${name}`);
  return apiFault(
    `derived.default.${name}`,
    `A connection made without ${name} gets ${JSON.stringify(other.value)}.`,
    [`defaults.${name}`, ...other.fails],
    onDefaults((element) => change(element, path, () => other.value)),
  );
});
