import type { Faker } from '@faker-js/faker';
import usual from '../schemas/2020-04/connection.schema.json' with { type: 'json' };
import openstack from '../schemas/openstack/connection.schema.json' with { type: 'json' };
import otc from '../schemas/otc-2025-08/connection.schema.json' with { type: 'json' };
import swiss from '../schemas/swiss-2025-07/connection.schema.json' with { type: 'json' };
import { makeConnection } from './inventory.ts';
import type { Element } from './json.ts';
import { type Node, namesForFields, rowsOf } from './variants/rows.ts';
import type { World } from './world.ts';

/** An edition, as the reference target serves it. */
type Served = {
  /** Makes a connection of April 2020 into one of this edition, in place. */
  change: (element: Element) => void;
  /** The members of a connection, as the edition's schema states them. */
  properties: Readonly<Record<string, Node>>;
};

const served: Readonly<Record<string, Served>> = {
  '2020-04': { change: () => {}, properties: usual.properties },
  'otc-2025-08': {
    change(element) {
      delete element.project_id;
      asTelekom(element);
    },
    properties: otc.properties,
  },
  'swiss-2025-07': {
    change(element) {
      asTelekom(element);
      Object.assign(element, { order_id: 'CS2511010800ABCDE', product_id: '00301-110083-0--0' });
    },
    properties: swiss.properties,
  },
  openstack: { change: () => {}, properties: openstack.properties },
};

/**
 * Makes a world follow an edition.
 *
 * @param world changed in place
 * @param edition its name
 * @returns the world
 */
export function inEdition(world: World, edition: string): World {
  const { change } = servedAs(edition);
  for (const { element } of world.connections) change(element);
  world.edition = edition;
  return world;
}

/**
 * One more connection of the first project, in the edition of the world. It is not yet among the world's connections.
 *
 * @param world the world
 * @param faker source of its values
 * @returns the connection and its owner, with a new id
 */
export function newConnection(world: World, faker: Faker): { owner: string; element: Element } {
  const owner = world.firstProject;
  const element: Element = makeConnection(faker, owner);
  servedAs(world.edition).change(element);
  return { owner, element };
}

/**
 * The names that `fields` is defined for in the edition of a world: clause `defined-names`.
 *
 * @param world the world
 * @returns the names, in the order of the table
 */
export function definedNames(world: World): readonly string[] {
  return namesForFields(rowsOf(servedAs(world.edition).properties, []));
}

function servedAs(edition: string): Served {
  const found = served[edition];
  if (!found) throw new Error(`the reference target knows no edition ${edition}`);
  return found;
}

/** The later revisions of the page's own family: a key of few characters, when it was made, and tags. */
function asTelekom(element: Element): void {
  const key = String(element.psk).replace(/[^0-9A-Za-z~`!@#$%^()\-_+=[\]{}|\\,./:;]/g, '-');
  Object.assign(element, { psk: key.slice(0, 128).padEnd(6, '0'), created_at: '2025-08-01 09:30:00.000000', tags: [] });
}
