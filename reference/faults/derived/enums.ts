import { ROWS, type Row } from '../../variants/rows.ts';
import { type Alter, change, everywhere, exceptDefaults, inLast } from '../../variants/stored.ts';
import { apiFault, type Fault } from '../fault.ts';

type Spelling = { name: string; sentence: string; spell: (value: string) => string };

const SPELLINGS: readonly Spelling[] = [
  { name: 'case', sentence: 'in the other letter case', spell: otherCase },
  { name: 'capitalised', sentence: 'with a capital letter', spell: capitalised },
  { name: 'space', sentence: 'with a space between words', spell: (value) => value.replaceAll(/[_-]/g, ' ') },
  { name: 'hyphen', sentence: 'with a hyphen instead of an underscore', spell: (value) => value.replaceAll('_', '-') },
  {
    name: 'underscore',
    sentence: 'with an underscore instead of a hyphen',
    spell: (value) => value.replaceAll('-', '_'),
  },
  { name: 'joined', sentence: 'without what separates its words', spell: (value) => value.replaceAll(/[_-]/g, '') },
  { name: 'padded-before', sentence: 'after a blank', spell: (value) => ` ${value}` },
  { name: 'padded-after', sentence: 'before a blank', spell: (value) => `${value} ` },
  { name: 'line', sentence: 'before a line feed', spell: (value) => `${value}\n` },
];

/** Values that real products show and no table names. */
const UNDOCUMENTED: Readonly<Record<string, string>> = {
  status: 'UP',
  'dpd.action': 'none',
  route_mode: 'dynamic',
  auth_mode: 'certificate',
  initiator: 'initiate-only',
};

/**
 * Documented values misspelt, replaced or empty: clause `enums`. Where a value has a default, the connection made
 * with defaults keeps it, so that the default is not blamed too.
 */
export const enumFaults: readonly Fault[] = ROWS.flatMap((row) => (row.values ? faultsOf(row, row.values) : []));

function faultsOf(row: Row, { documented, requirement }: NonNullable<Row['values']>): Fault[] {
  const where = row.default === undefined ? everywhere : exceptDefaults;
  const undocumented = UNDOCUMENTED[row.name] ?? 'undocumented';
  const alter = (spell: (value: string) => string): Alter => {
    return (element) => change(element, row.path, (value) => spell(String(value)));
  };
  const misspelt = SPELLINGS.filter(({ spell }) => documented.some((value) => spell(value) !== value));
  return [
    ...misspelt.map(({ name, sentence, spell }) =>
      apiFault(
        `derived.enum.${row.name}.${name}`,
        `${row.name} is written ${sentence}.`,
        [requirement],
        where(alter(spell)),
      ),
    ),
    apiFault(
      `derived.enum.${row.name}.undocumented`,
      `${row.name} is '${undocumented}', which no table names.`,
      [requirement],
      where(alter(() => undocumented)),
    ),
    apiFault(
      `derived.enum.${row.name}.undocumented.last`,
      `${row.name} of the last element is '${undocumented}', which no table names.`,
      [requirement],
      inLast(alter(() => undocumented)),
    ),
    apiFault(
      `derived.enum.${row.name}.empty`,
      `${row.name} is an empty string.`,
      [row.nonEmpty ?? requirement],
      where(alter(() => '')),
    ),
  ];
}

function otherCase(value: string): string {
  return value === value.toUpperCase() ? value.toLowerCase() : value.toUpperCase();
}

function capitalised(value: string): string {
  return value.charAt(0).toUpperCase() + value.slice(1).toLowerCase();
}
