import { DEFAULTS_CONNECTION } from '../inventory.ts';
import { type Element, isObject, type Json } from '../json.ts';
import type { World } from '../world.ts';
import type { Wrap } from './wrap.ts';

/** Changes an element in place. */
export type Alter = (element: Element, index: number) => void;

/**
 * A change of what is stored, so that every answer agrees with every other.
 *
 * @param choose the elements that are changed, out of all
 * @param alter makes the change
 * @returns the variant
 */
export function stored(choose: (elements: readonly Element[], world: World) => readonly Element[], alter: Alter): Wrap {
  return (api, world) => {
    choose(
      world.connections.map((each) => each.element),
      world,
    ).forEach(alter);
    return api;
  };
}

/** A change of every element. */
export const everywhere = (alter: Alter): Wrap => stored((elements) => elements, alter);

/** A change of every element but the one that is known to have been created with defaults. */
export const exceptDefaults = (alter: Alter): Wrap =>
  stored((elements) => elements.filter((element) => element.name !== DEFAULTS_CONNECTION), alter);

/** A change of the one element that is known to have been created with defaults. */
export const onDefaults = (alter: Alter): Wrap =>
  stored((elements) => elements.filter((element) => element.name === DEFAULTS_CONNECTION), alter);

/** A change of the last element of the list alone. */
export const inLast = (alter: Alter): Wrap => stored((_, world) => ofFirstProject(world).slice(-1), alter);

/**
 * The elements that the first project's list is made of.
 *
 * @param world the world
 * @returns its elements, in order
 */
export function ofFirstProject(world: World): Element[] {
  return world.connections.filter((each) => each.owner === world.firstProject).map((each) => each.element);
}

/**
 * Changes the value at a path in place; where there is none, nothing happens.
 *
 * @param element the element
 * @param path member names from the outside in
 * @param change from the value to the new one; undefined takes the member away
 */
export function change(element: Element, path: readonly string[], change: (value: Json) => Json | undefined): void {
  const holder = path
    .slice(0, -1)
    .reduce<Json | undefined>((at, name) => (isObject(at) ? at[name] : undefined), element);
  const member = path.at(-1);
  if (!isObject(holder) || member === undefined || holder[member] === undefined) return;
  const value = change(holder[member]);
  if (value === undefined) delete holder[member];
  else holder[member] = value;
}

/**
 * Sets a top-level member in place.
 *
 * @param member its name
 * @param value the value, or how to make it
 * @returns the alteration
 */
export function set(member: string, value: Json | ((element: Element, index: number) => Json)): Alter {
  return (element, index) => {
    element[member] = typeof value === 'function' ? value(element, index) : value;
  };
}
