import type { Faker } from '@faker-js/faker';
import { newConnection } from '../editions.ts';
import { DEFAULTS_CONNECTION, makeFaker } from '../inventory.ts';
import { list } from '../variants/requests.ts';
import { ofFirstProject } from '../variants/stored.ts';
import type { Wrap } from '../variants/wrap.ts';
import type { World } from '../world.ts';
import { type Control, control } from './control.ts';

/** The way of a connection, round and round. */
const STATUSES = ['PENDING_CREATE', 'BUILD', 'ACTIVE', 'PENDING_UPDATE', 'DOWN', 'ERROR', 'PENDING_DELETE'];

/** Never fewer connections of the first project than these, so that there is something to compare. */
const FEWEST = 6;

/** How likely it is that something of a kind happens between two requests, in percent. */
const LIKELIHOOD = { created: 5, deleted: 5, moved: 20, renamed: 2 };

/** Targets in use: clause `living-inventory`. */
export const livingControls: readonly Control[] = [
  control(
    'living.statuses',
    'At each read, one connection goes on to its next status.',
    between((turn, world) => {
      const elements = ofFirstProject(world);
      const element = elements[turn % elements.length];
      if (element) element.status = next(String(element.status));
    }),
  ),
  control('living.created', 'Another client creates a connection every nine requests.', (api, world) => {
    const faker = makeFaker(world.seed);
    return between((turn) => {
      if (turn % 9 === 0) create(world, faker);
    })(api, world);
  }),
  replaced('living.replaced', 'eleven', 11),
  replaced('living.replaced-often', 'nine', 9),
  control(
    'living.deleted',
    'Another client deletes a connection every forty requests.',
    between((turn, world) => {
      if (turn % 40 === 0) remove(world, ofFirstProject(world).length - 1);
    }),
  ),
  control(
    'living.renamed',
    'Another client renames a connection every thirteen requests.',
    between((turn, world) => {
      const elements = ofFirstProject(world).filter(isOrdinary);
      const element = elements[turn % elements.length];
      if (turn % 13 === 0 && element) element.name = `renamed-${turn}`;
    }),
  ),
  control(
    'living.short-lived',
    'Another client creates a connection, renames it ten times, and deletes it.',
    (api, world) => {
      const faker = makeFaker(world.seed);
      return between((turn) => {
        if (turn === 85) create(world, faker);
        const [latest] = ofFirstProject(world);
        if (turn >= 85 && turn < 95 && latest) latest.name = `renamed-${turn}`;
        if (turn === 95) remove(world, 0);
      })(api, world);
    },
  ),
  control(
    'living.emptied',
    'Everything is deleted in the middle of the run.',
    between((turn, world) => {
      if (turn === 60) world.connections = world.connections.filter(({ owner }) => owner !== world.firstProject);
    }),
  ),
];

/**
 * A target whose inventory changes at random between requests: connections are created, deleted and renamed, statuses
 * move. The connection made with defaults is only moved.
 *
 * @param seed what happens when; the same requests in the same order meet the same changes
 * @returns the control
 */
export function living(seed: number): Control {
  return control(
    `living.random.${seed}`,
    `The inventory changes at random between requests (seed ${seed}).`,
    (api, world) => {
      const faker = makeFaker(seed);
      const isHappening = (percent: number) => faker.number.int({ min: 0, max: 99 }) < percent;
      return between(() => {
        if (isHappening(LIKELIHOOD.created)) create(world, faker);
        const elements = ofFirstProject(world);
        if (isHappening(LIKELIHOOD.deleted) && elements.length > FEWEST) {
          remove(world, faker.number.int({ min: 0, max: elements.length - 1 }));
        }
        const one = faker.helpers.arrayElement(ofFirstProject(world));
        if (isHappening(LIKELIHOOD.moved)) one.status = next(String(one.status));
        if (isHappening(LIKELIHOOD.renamed) && isOrdinary(one)) one.name = `renamed-${faker.string.alphanumeric(12)}`;
      })(api, world);
    },
  );
}

function replaced(name: string, inWords: string, every: number): Control {
  const describes = `Another client creates a connection and deletes another one every ${inWords} requests.`;
  return control(name, describes, (api, world) => {
    const faker = makeFaker(world.seed);
    return between((turn) => {
      if (turn % every !== 0) return;
      create(world, faker);
      remove(world, 1);
    })(api, world);
  });
}

/** Something happens before each request for the list is answered. */
function between(happens: (turn: number, world: World) => void): Wrap {
  return (api, world) => {
    let turn = 0;
    return (request) => {
      if (list(request)) happens(++turn, world);
      return api(request);
    };
  };
}

function create(world: World, faker: Faker): void {
  world.connections.unshift(newConnection(world, faker));
}

/** Deletes the n-th connection of the first project, if it is an ordinary one. */
function remove(world: World, n: number): void {
  const element = ofFirstProject(world)[n];
  if (element && isOrdinary(element)) world.connections = world.connections.filter((each) => each.element !== element);
}

function isOrdinary(element: { name?: unknown }): boolean {
  return element.name !== DEFAULTS_CONNECTION;
}

function next(status: string): string {
  return STATUSES[(STATUSES.indexOf(status) + 1) % STATUSES.length] ?? status;
}
