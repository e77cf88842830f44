import { makeConnection, makeFaker } from '../inventory.ts';
import type { Element } from '../json.ts';
import { eachElement, elements, onAnswers, onTurns } from '../variants/answers.ts';
import { alone, defined, fieldsOf, full } from '../variants/requests.ts';
import { everywhere, inLast, ofFirstProject, set } from '../variants/stored.ts';
import type { Wrap } from '../variants/wrap.ts';
import type { World } from '../world.ts';
import { apiFault, type Fault } from './fault.ts';

const COLLECTION = '/v2.0/vpn/ipsec-site-connections';

/** More than a run reads full lists. */
const MANY = 60;

const UNIQUE = ['consistency.unique-id'];
const SAME = ['consistency.same-project'];
const SIZE = ['consistency.size'];
const IDS = ['consistency.ids'];
const MEMBERS = ['consistency.members'];

const anotherMtu = eachElement((element) => ({ ...element, mtu: Number(element.mtu) + 1 }));

/**
 * Elements that contradict each other, and reading that changes what is read: clauses `forms`, `same-project` and
 * `every-answer-counts`.
 */
export const consistencyFaults: readonly Fault[] = [
  apiFault('consistency.unique-id.shared', 'The last two elements have the same id.', UNIQUE, (api, world) => {
    const [last, other] = ofFirstProject(world).reverse();
    if (last && other) last.id = other.id ?? null;
    return api;
  }),
  apiFault('consistency.unique-id.all', 'Every element has the id of the first.', UNIQUE, (api, world) => {
    const [first, ...others] = ofFirstProject(world);
    for (const element of others) element.id = first?.id ?? null;
    return api;
  }),
  apiFault('consistency.unique-id.joined', 'The last element is listed twice.', UNIQUE, (api, world) => {
    const last = world.connections.findLastIndex((each) => each.owner === world.firstProject);
    const again = world.connections[last];
    if (again) world.connections.splice(last, 0, again);
    return api;
  }),
  ...(
    [
      ['other', 'is another project than project_id', () => '0123456789abcdef0123456789abcdef'],
      ['hyphens', 'is written with hyphens, project_id without', (id) => id.replace(/^(.{8})(.{4})/, '$1-$2-')],
      ['case', 'is in upper case, project_id in lower case', (id) => id.toUpperCase()],
    ] as readonly (readonly [string, string, (id: string) => string])[]
  ).flatMap(([name, describes, write]) => {
    const alter = set('tenant_id', (element) => write(String(element.tenant_id)));
    return [
      apiFault(`consistency.same-project.${name}`, `tenant_id ${describes}.`, SAME, everywhere(alter)),
      apiFault(
        `consistency.same-project.${name}.last`,
        `In the last element tenant_id ${describes}.`,
        SAME,
        inLast(alter),
      ),
    ];
  }),

  apiFault(
    'consistency.repeatable.poisoned',
    'Once a name was asked for in upper case, it is no longer honoured alone.',
    ['consistency.repeatable', 'consistency.parallel', 'projection.single.id'],
    (api, world) => {
      let isPoisoned = false;
      return onAnswers(
        () => true,
        (response, request) => {
          if (fieldsOf(request).join() === 'ID') isPoisoned = true;
          return isPoisoned && alone('id')(request) ? api({ ...request, target: COLLECTION }) : response;
        },
      )(api, world);
    },
  ),

  apiFault('consistency.size.grows', 'Reading the list creates a connection.', SIZE, (api, world) => {
    const faker = makeFaker(world.seed);
    return beforeFullLists(() => {
      world.connections.unshift({ owner: world.firstProject, element: makeConnection(faker, world.firstProject) });
    })(api, world);
  }),
  apiFault('consistency.size.shrinks', 'Reading the list deletes a connection.', SIZE, (api, world) => {
    const faker = makeFaker(world.seed);
    const extra = Array.from({ length: MANY }, () => makeConnection(faker, world.firstProject));
    world.connections.unshift(...extra.map((element) => ({ owner: world.firstProject, element })));
    return beforeFullLists(() => void world.connections.shift())(api, world);
  }),

  apiFault(
    'consistency.size.empties',
    'Each GET takes a connection away: of twelve none is left before the second full list.',
    SIZE,
    (api, world) => (request) => {
      const response = api(request);
      if (request.method === 'GET' && response.status === 200 && defined(request)) {
        const at = world.connections.findLastIndex((each) => each.owner === world.firstProject);
        if (at >= 0) world.connections.splice(at, 1);
      }
      return response;
    },
  ),

  // Requests that differ only in Accept find other ids than the lists around them.
  apiFault(
    'consistency.ids.renewed',
    'Ids are made anew whenever the full list is read.',
    [...IDS, 'robustness.accept.*'],
    (api, world) => {
      const faker = makeFaker(world.seed);
      return beforeFullLists(() => {
        for (const element of ofFirstProject(world)) element.id = faker.string.uuid();
      })(api, world);
    },
  ),
  apiFault(
    'consistency.ids.flicker',
    'The last connection is missing once: a replica lags behind.',
    IDS,
    onTurns(
      (turn) => turn === 2,
      full,
      elements((list) => list.slice(0, -1)),
    ),
  ),
  apiFault(
    'consistency.ids.renamed',
    'The last connection has another id once.',
    IDS,
    onTurns(
      (turn) => turn === 2,
      full,
      eachElement((element, index, list) =>
        index === list.length - 1 ? { ...element, id: '00000000-0000-4000-8000-000000000000' } : element,
      ),
    ),
  ),

  ...members('counter', 'description counts how often the list was read', (element, turn) => {
    element.description = `read ${turn} times`;
  }),
  ...members('psk', 'psk is made anew whenever the list is read', (element, turn) => {
    element.psk = `${element.id}-${turn}`;
  }),
  ...members('mtu', 'mtu grows whenever the list is read', (element) => {
    element.mtu = Number(element.mtu) + 1;
  }),
  apiFault(
    'consistency.members.flicker',
    'Once, every connection has another name.',
    MEMBERS,
    onTurns(
      (turn) => turn === 2,
      full,
      eachElement((element) => ({ ...element, name: `${element.name}-old` })),
    ),
  ),
  apiFault(
    'consistency.members.flicker.last',
    'Once, the last connection is down.',
    MEMBERS,
    onTurns(
      (turn) => turn === 2,
      full,
      eachElement((element, index, list) =>
        index === list.length - 1 ? { ...element, admin_state_up: !element.admin_state_up } : element,
      ),
    ),
  ),

  apiFault(
    'consistency.repeatable.third',
    'The third time, mtu is another value where it is projected.',
    ['consistency.repeatable'],
    onTurns((turn) => turn === 3, alone('mtu'), anotherMtu),
  ),
  apiFault(
    'consistency.repeatable.every-third',
    'Every third time, mtu is another value where it is projected.',
    ['consistency.repeatable', 'consistency.parallel'],
    onTurns((turn) => turn % 3 === 0, alone('mtu'), anotherMtu),
  ),
  apiFault(
    'consistency.repeatable.every-other',
    'Every other time, psk is returned with mtu.',
    ['consistency.repeatable', 'consistency.parallel', 'projection.single.mtu'],
    onTurns(
      (turn) => turn % 2 === 0,
      alone('mtu'),
      eachElement((element) => ({ ...element, psk: 'changeme-changeme' })),
    ),
  ),
  apiFault(
    'consistency.repeatable.ignored',
    'Every other time, an id that is projected is empty.',
    ['consistency.repeatable', 'consistency.parallel', 'projection.single.id'],
    onTurns(
      (turn) => turn % 2 === 0,
      alone('id'),
      eachElement(() => ({})),
    ),
  ),
];

/** Something happens whenever the full list is asked for, before it is answered. */
function beforeFullLists(happens: (turn: number, world: World) => void): Wrap {
  return (api, world) => {
    let turn = 0;
    return (request) => {
      if (full(request)) happens(++turn, world);
      return api(request);
    };
  };
}

function members(name: string, describes: string, alter: (element: Element, turn: number) => void): Fault[] {
  return [
    apiFault(
      `consistency.members.${name}`,
      `${describes}.`,
      MEMBERS,
      beforeFullLists((turn, world) => {
        for (const element of ofFirstProject(world)) alter(element, turn);
      }),
    ),
  ];
}
