import type { Element } from './json.ts';
import type { World } from './world.ts';

/** The changes of each edition to the connections of the reference target, which follow April 2020. */
const changes: Readonly<Record<string, (element: Element) => void>> = {
  '2020-04': () => {},
  'otc-2025-08'(element) {
    delete element.project_id;
    asTelekom(element);
  },
  'swiss-2025-07'(element) {
    asTelekom(element);
    Object.assign(element, { order_id: 'CS2511010800ABCDE', product_id: '00301-110083-0--0' });
  },
  openstack: () => {},
};

/**
 * Makes a world follow an edition.
 *
 * @param world changed in place
 * @param edition its name
 * @returns the world
 */
export function inEdition(world: World, edition: string): World {
  const change = changes[edition];
  if (!change) throw new Error(`the reference target knows no edition ${edition}`);
  for (const { element } of world.connections) change(element);
  return world;
}

/** The later revisions of the page's own family: a key of few characters, when it was made, and tags. */
function asTelekom(element: Element): void {
  const key = String(element.psk).replace(/[^0-9A-Za-z~`!@#$%^()\-_+=[\]{}|\\,./:;]/g, '-');
  Object.assign(element, { psk: key.slice(0, 128).padEnd(6, '0'), created_at: '2025-08-01 09:30:00.000000', tags: [] });
}
