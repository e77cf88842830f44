import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createApi } from '../reference/api.ts';
import { DEFAULTS_CONNECTION } from '../reference/inventory.ts';
import type { Element } from '../reference/json.ts';
import type { World } from '../reference/world.ts';
import { connection, wrongType } from './arbitraries.ts';
import { failureSummary } from './failure-summary.ts';
import { freshWorld, idsWith, judgeAll, observeApi } from './observe-fault.ts';

/** A world with the connection made with defaults, and others beside it. */
function worldOf(elements: readonly Element[]): World {
  const world = freshWorld();
  const kept = world.connections.filter(
    ({ owner, element }) => owner !== world.firstProject || element.name === DEFAULTS_CONNECTION,
  );
  const project = (element: Element) => ({ ...element, project_id: world.firstProject, tenant_id: world.firstProject });
  world.connections = [
    ...kept,
    ...elements.map((element) => ({ owner: world.firstProject, element: project(element) })),
  ];
  return world;
}

const inventory = fc.uniqueArray(connection, { maxLength: 6, selector: ({ id }) => id });

test('an inventory that conforms fails nothing', async () => {
  await fc.assert(
    fc.asyncProperty(inventory, async (elements) => {
      expect(failureSummary(judgeAll(await observeApi(createApi(worldOf(elements)))))).toBe('');
    }),
    { numRuns: 40 },
  );
}, 60_000);

test('one value of a wrong type in one element fails its type, and nothing but types and defaults', async () => {
  await fc.assert(
    fc.asyncProperty(inventory, wrongType, fc.nat(), async (elements, { parameter, value }, which) => {
      const world = worldOf(elements);
      const own = world.connections.filter(({ owner }) => owner === world.firstProject);
      const broken = own[which % own.length]?.element as Record<string, unknown>;
      const holder = (parameter.path.length === 1 ? broken : broken.dpd) as Record<string, unknown>;
      holder[parameter.path.at(-1) as string] = value;
      const failed = idsWith('fail', judgeAll(await observeApi(createApi(world))));
      expect(failed).toEqual([`parameters.type.${parameter.name}`]);
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('one member missing from one element fails its presence, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(inventory, wrongType, fc.nat(), async (elements, { parameter }, which) => {
      const world = worldOf(elements);
      const own = world.connections.filter(({ owner }) => owner === world.firstProject);
      const broken = own[which % own.length]?.element as Record<string, unknown>;
      const holder = (parameter.path.length === 1 ? broken : broken.dpd) as Record<string, unknown>;
      delete holder[parameter.path.at(-1) as string];
      const failed = idsWith('fail', judgeAll(await observeApi(createApi(world))));
      expect(failed).toEqual([`parameters.presence.${parameter.name}`]);
    }),
    { numRuns: 60 },
  );
}, 60_000);

/** A change that another client makes just before a request is answered. */
const event = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ kind: 'nothing' as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('created' as const), element: connection }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('deleted' as const), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('moved' as const), which: fc.nat() }) },
);

test('an inventory that changes between requests, in any order, fails nothing', async () => {
  await fc.assert(
    fc.asyncProperty(inventory, fc.array(event, { minLength: 5, maxLength: 60 }), async (elements, events) => {
      const world = worldOf(elements);
      const api = createApi(world);
      const statuses = ['BUILD', 'ACTIVE', 'DOWN', 'ERROR', 'PENDING_UPDATE', 'PENDING_DELETE'];
      let turn = 0;
      const living = (request: Parameters<typeof api>[0]) => {
        // Once: what is created and deleted again and again between the same requests cannot be told from a defect.
        const happening = events[turn];
        turn += 1;
        const own = world.connections.filter(
          ({ owner, element }) => owner === world.firstProject && element.name !== DEFAULTS_CONNECTION,
        );
        const one = happening && 'which' in happening ? own[happening.which % Math.max(1, own.length)] : undefined;
        if (happening?.kind === 'created' && !own.some(({ element }) => element.id === happening.element.id)) {
          const element = { ...happening.element, project_id: world.firstProject, tenant_id: world.firstProject };
          world.connections.push({ owner: world.firstProject, element });
        }
        if (happening?.kind === 'deleted' && one) world.connections = world.connections.filter((each) => each !== one);
        if (happening?.kind === 'moved' && one) one.element.status = statuses[turn % statuses.length] as string;
        return api(request);
      };
      expect(failureSummary(judgeAll(await observeApi(living)))).toBe('');
    }),
    { numRuns: 60 },
  );
}, 60_000);
