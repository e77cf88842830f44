import type { Json } from '../../json.ts';
import { ROWS, type RowType } from '../../variants/rows.ts';
import { type Alter, change, everywhere, inLast } from '../../variants/stored.ts';
import { apiFault, type Fault } from '../fault.ts';

type Shape = 'string' | 'number' | 'fraction' | 'boolean' | 'null' | 'object' | 'array';

/** A value of another JSON type that a careless serialiser might make of it. */
const SHAPES: Readonly<Record<Shape, (value: Json, index: number) => Json>> = {
  string: (value) => (typeof value === 'object' ? JSON.stringify(value) : String(value)),
  number: (value, index) => (typeof value === 'boolean' ? Number(value) : index + 1),
  fraction: (value) => Number(value) + 0.5,
  boolean: (value) => value !== '',
  null: () => null,
  object: (value) => (Array.isArray(value) ? { ...value } : { value }) as Json,
  array: (value) => [value],
};

/** The shapes that do not conform to a type of the tables; 1500.0 is an integer, 30.5 and "30" are not. */
const WRONG: Readonly<Record<RowType, readonly Shape[]>> = {
  string: ['number', 'boolean', 'null', 'object', 'array'],
  integer: ['string', 'fraction', 'boolean', 'null', 'object', 'array'],
  boolean: ['string', 'number', 'null', 'object', 'array'],
  object: ['string', 'number', 'boolean', 'null', 'array'],
  array: ['string', 'number', 'boolean', 'null', 'object'],
};

/** Each row of Table 2 as every other JSON type: clause `types`. */
export const typeFaults: readonly Fault[] = [
  ...ROWS.flatMap(({ name, path, type }) =>
    WRONG[type].flatMap((shape) =>
      faultsOf(name, `.${shape}`, `${name} is of JSON type ${shape}`, (element, index) =>
        change(element, path, (value) => SHAPES[shape](value, index)),
      ),
    ),
  ),
  ...WRONG.string.flatMap((shape) =>
    faultsOf('peer_cidrs', `.items.${shape}`, `An item of peer_cidrs is of JSON type ${shape}`, (element, index) =>
      change(element, ['peer_cidrs'], () => ['10.20.0.0/16', SHAPES[shape]('10.30.0.0/16', index)]),
    ),
  ),
];

function faultsOf(name: string, suffix: string, sentence: string, alter: Alter): Fault[] {
  const fails = [`parameters.type.${name}`];
  return [
    apiFault(`derived.type.${name}${suffix}`, `${sentence}, in every element.`, fails, everywhere(alter)),
    apiFault(`derived.type.${name}${suffix}.last`, `${sentence}, in the last element only.`, fails, inLast(alter)),
  ];
}
