import { newConnection } from '../editions.ts';
import { withHeader } from '../http.ts';
import { makeFaker } from '../inventory.ts';
import { type Element, isObject, type Json } from '../json.ts';
import { body, eachElement, elements, onAnswers, text } from '../variants/answers.ts';
import { list } from '../variants/requests.ts';
import type { Wrap } from '../variants/wrap.ts';
import type { World } from '../world.ts';
import { type Control, control } from './control.ts';

/** Lists that are unusual in their order, their size or their notation. */
export const listControls: readonly Control[] = [
  control('list.member-order', 'Members are in the reverse order.', onLists(eachElement(reversed))),
  control(
    'list.sorted-members',
    'Members are in alphabetical order, at every depth.',
    onLists(body((parsed) => sorted(parsed) as Element)),
  ),
  control('list.element-order', 'Elements are in another order at each read.', (api, world) => {
    const faker = makeFaker(world.seed);
    return onLists(elements((each) => faker.helpers.shuffle(each)))(api, world);
  }),
  control('list.network-order', 'Networks are in another order at each read.', (api, world) => {
    const faker = makeFaker(world.seed);
    const shuffle = eachElement((element) =>
      Array.isArray(element.peer_cidrs)
        ? { ...element, peer_cidrs: faker.helpers.shuffle(element.peer_cidrs) }
        : element,
    );
    return onLists(shuffle)(api, world);
  }),
  control(
    'list.beside',
    'Other members stand beside the list.',
    onLists(body((parsed) => ({ count: 12, request_id: 'req-1', errors: null, ...parsed }))),
  ),
  control('list.beside.changing', 'A count of the answer and a time stand beside every list.', (api, world) => {
    let turn = 0;
    return onLists(
      body((parsed) => ({ ...parsed, returned: (parsed.ipsec_site_connections as Json[]).length, at: ++turn })),
    )(api, world);
  }),
  control(
    'list.no-more-pages',
    'Links beside the list lead to no next page.',
    onLists(
      body((parsed) => ({
        ...parsed,
        ipsec_site_connections_links: [
          { rel: 'previous', href: 'http://127.0.0.1/v2.0/vpn/ipsec-site-connections?page_reverse=True' },
        ],
      })),
    ),
  ),
  control(
    'list.first-page',
    'The list is a first page, and says so.',
    onLists(
      body((parsed) => ({
        ...parsed,
        ipsec_site_connections: (parsed.ipsec_site_connections as Json[]).slice(0, 5),
        ipsec_site_connections_links: [
          { rel: 'next', href: 'http://127.0.0.1/v2.0/vpn/ipsec-site-connections?limit=5&marker=1' },
        ],
      })),
    ),
  ),
  ...[
    [
      'links',
      'in links beside the list',
      {
        links: [
          { rel: 'self', href: '/' },
          { rel: 'next', href: '/?marker=1' },
        ],
      },
    ],
    ['links-object', 'in an object of links', { links: { next: '/?marker=1' } }],
    ['next', 'as an address', { next: 'http://127.0.0.1/v2.0/vpn/ipsec-site-connections?marker=1' }],
  ].map(([name, words, beside]) =>
    control(
      `list.first-page.${name}`,
      `The list is a first page, and says so ${words}.`,
      onLists(
        body((parsed) => ({
          ...parsed,
          ipsec_site_connections: (parsed.ipsec_site_connections as Json[]).slice(0, 5),
          ...(beside as object),
        })),
      ),
    ),
  ),
  control(
    'list.first-page.header',
    'The list is a first page, and a Link header says so.',
    onLists((response, request) =>
      withHeader(
        elements((each) => each.slice(0, 5))(response, request),
        'Link',
        '</v2.0/vpn/ipsec-site-connections>; rel="self", </v2.0/vpn/ipsec-site-connections?marker=1>; rel="next last"',
      ),
    ),
  ),
  control('list.empty', 'There is no connection.', sized(0)),
  control('list.one', 'There is one connection.', sized(1)),
  control('list.two-thousand', 'There are 2 000 connections.', sized(2000)),
  ...notations([
    ['indented', 'The body is indented.', (json) => JSON.stringify(JSON.parse(json), null, 4)],
    ['line-feed', 'White space surrounds the body.', (json) => `\r\n\t ${json}\n\n`],
    [
      'ascii',
      'Whatever is not ASCII is escaped.',
      (json) => json.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    ],
    ['slashes', 'Slashes are escaped.', (json) => json.replaceAll('/', '\\/')],
    [
      'escaped-names',
      'Member names are escaped.',
      (json) => json.replaceAll('"id":', '"\\u0069d":').replaceAll('"mtu":', '"\\u006Dtu":'),
    ],
    [
      'decimals',
      'Integers are written with a fraction of 0.',
      (json) => json.replace(/"(mtu|interval|timeout)":(\d+)/g, '"$1":$2.0'),
    ],
    [
      'exponents',
      'Integers are written with an exponent.',
      (json) => json.replace(/"(mtu|interval|timeout)":(\d+)/g, '"$1":$2e0'),
    ],
    [
      'tens',
      'Integers are written as tens and an exponent.',
      (json) => json.replace(/"(mtu|interval|timeout)":(\d+)(\d)/g, '"$1":$2.$3E+1'),
    ],
  ]),
];

function onLists(change: Parameters<typeof onAnswers>[1]): Wrap {
  return onAnswers(list, change);
}

function notations(
  table: readonly (readonly [name: string, describes: string, write: (json: string) => string])[],
): Control[] {
  return table.map(([name, describes, write]) => control(`list.${name}`, describes, onLists(text(write))));
}

function reversed(element: Element): Element {
  return Object.fromEntries(Object.entries(element).reverse());
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
}

/** As many connections of the first project; those that are there already come first. */
function sized(items: number): Wrap {
  return (api, world) => {
    resize(world, items);
    return api;
  };
}

function resize(world: World, items: number): void {
  const faker = makeFaker(world.seed);
  const project = world.firstProject;
  const own = world.connections.filter(({ owner }) => owner === project).slice(0, items);
  while (own.length < items) own.push(newConnection(world, faker));
  world.connections = [...own, ...world.connections.filter(({ owner }) => owner !== project)];
}
