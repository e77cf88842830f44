import { json } from '../api.ts';
import { type ApiRequest, type ApiResponse, header, withBody, withHeader } from '../http.ts';
import { without } from '../variants/answers.ts';
import { page, toLogin, upstreamError } from '../variants/refusals.ts';
import { fieldsOf, full, list } from '../variants/requests.ts';
import { ofFirstProject } from '../variants/stored.ts';
import type { Wrap } from '../variants/wrap.ts';
import type { World } from '../world.ts';
import { apiFault, type Fault } from './fault.ts';

/** How a wrong token is wrong, as requirement ids name it. */
const WRONG = ['missing', 'empty', 'garbage', 'truncated', 'extended', 'case-swapped'] as const;
type Wrong = (typeof WRONG)[number];

/** Of wrong tokens these three owe a 401, the others any 4xx. */
const OWE_401 = ids(['missing', 'empty', 'garbage']);
const EVERY = ids(WRONG);
const NO_DATA = 'authentication.no-data';
const ISOLATION = ['authentication.isolation'];

const nothingFound = () => json(200, { ipsec_site_connections: [] });

/** Faults of access: clause `authentication`. */
export const authenticationFaults: readonly Fault[] = [
  ...granted([
    ['open', 'Nobody is asked for a token.', WRONG],
    ['presence', 'Any token will do.', ['garbage', 'truncated', 'extended', 'case-swapped']],
    ['missing', 'Who sends no token may read.', ['missing']],
    ['empty', 'An empty token is a valid one.', ['empty']],
    ['no-token', 'Who has no token is taken for an internal service.', ['missing', 'empty']],
    ['truncated', 'The beginning of a token is enough.', ['truncated']],
    ['extended', 'What follows a token is not looked at.', ['extended']],
    ['prefixes', 'Tokens are compared as far as the shorter one goes.', ['truncated', 'extended']],
    ['case', 'Tokens are compared without regard to letter case.', ['case-swapped']],
  ]),
  apiFault(
    'authentication.granted.fields',
    'Projections are answered before the token is looked at.',
    [...EVERY, NO_DATA],
    (api, world) => (request) =>
      api(fieldsOf(request).length > 0 && isWrong(world, request) ? asFirst(world, request) : request),
  ),
  apiFault(
    'authentication.granted.fields.prefixes',
    'Where fields is given, tokens are compared as far as the shorter one goes.',
    [...ids(['truncated', 'extended']), NO_DATA],
    (api, world) => (request) => {
      const isNear = ['truncated', 'extended'].includes(wrongness(world, request) ?? '');
      return api(isNear && fieldsOf(request).length > 0 ? asFirst(world, request) : request);
    },
  ),
  apiFault(
    'authentication.granted.head',
    'HEAD is answered to everyone.',
    OWE_401,
    (api) => (request) =>
      request.method === 'HEAD' && list({ ...request, method: 'GET' }) ? withBody(json(200, null), '') : api(request),
  ),
  ...WRONG.flatMap((wrong) => [
    refused(`empty-list.${wrong}`, `A token that is ${wrong} gets an empty list.`, ids([wrong]), nothingFound, [wrong]),
    refused(`500.${wrong}`, `A token that is ${wrong} fails with 500.`, ids([wrong]), () => upstreamError(500), [
      wrong,
    ]),
  ]),
  ...(['missing', 'empty', 'garbage'] as const).map((wrong) =>
    refused(`403.${wrong}`, `A token that is ${wrong} is forbidden.`, ids([wrong]), () => upstreamError(403), [wrong]),
  ),
  ...[400, 403, 404, 407].map((status) =>
    refused(`${status}`, `Wrong tokens are refused with ${status}.`, OWE_401, () => upstreamError(status)),
  ),
  ...[500, 502].map((status) =>
    refused(`${status}`, `Wrong tokens fail with ${status}.`, EVERY, () => upstreamError(status)),
  ),
  refused('redirect', 'Wrong tokens lead to a login page.', EVERY, toLogin),
  refused('200', 'Wrong tokens are refused in a body with status 200.', EVERY, () =>
    json(200, { error: { code: 401, message: 'Unauthorized' } }),
  ),
  refused('login-page', 'Wrong tokens get a login page with status 200.', EVERY, () => page(200)),
  refused('204', 'Wrong tokens get nothing, with status 204.', EVERY, () => ({
    status: 204,
    headers: [],
    body: new Uint8Array(),
  })),
  refused('html', 'Wrong tokens are refused with a page.', ['errors.json-body'], (response) =>
    withHeader(page(401), 'WWW-Authenticate', header(response, 'WWW-Authenticate')),
  ),
  refused('text', 'Wrong tokens are refused in plain text.', ['errors.json-body'], (response) =>
    withBody(withHeader(response, 'Content-Type', 'text/plain'), 'Authentication required'),
  ),
  refused('no-challenge', 'A 401 does not say how to authenticate.', ['authentication.challenge'], (response) =>
    withHeader(response, 'WWW-Authenticate', undefined),
  ),
  refused('data.ids', 'A 401 lists the ids that are hidden.', [NO_DATA], (response, world) =>
    withBody(
      response,
      JSON.stringify({ error: { code: 401 }, hidden: ofFirstProject(world).map((each) => each.id ?? null) }),
    ),
  ),
  refused('data.header', 'A header of a 401 lists the ids that are hidden.', [NO_DATA], (response, world) =>
    withHeader(
      response,
      'X-Denied',
      ofFirstProject(world)
        .map((each) => String(each.id))
        .join(' '),
    ),
  ),
  refused('data.element', 'A 401 shows a connection, but for its id and key.', [NO_DATA], (response, world) =>
    withBody(
      response,
      JSON.stringify({ error: { code: 401 }, nearest: ofFirstProject(world).map(without('id', 'psk'))[1] ?? null }),
    ),
  ),
  refused('data.names', 'A 401 names the connections that are hidden.', [NO_DATA], (response, world) =>
    withBody(
      response,
      JSON.stringify({ error: { code: 401 }, hidden: ofFirstProject(world).map((each) => each.name ?? null) }),
    ),
  ),
  refused('data.peers', 'A 401 shows the addresses of the peers.', [NO_DATA], (response, world) =>
    withBody(
      response,
      JSON.stringify({ error: { code: 401 }, peers: ofFirstProject(world).map((each) => each.peer_address ?? null) }),
    ),
  ),
  refused('data.list', 'A 401 comes with the whole list.', [NO_DATA, 'errors.secrets'], (response, world) =>
    withBody(response, JSON.stringify({ ipsec_site_connections: ofFirstProject(world) })),
  ),
  apiFault(
    'authentication.isolation.none',
    'Every project sees the first one’s connections.',
    ISOLATION,
    (api, world) => (request) => api(ownerOf(world, request) === undefined ? request : asFirst(world, request)),
  ),
  apiFault(
    'authentication.isolation.all',
    'The second project sees the connections of all.',
    ISOLATION,
    (api, world) => (request) => {
      const response = api(request);
      const foreign =
        ownerOf(world, request) === world.secondProject && response.status === 200 && fieldsOf(request).length === 0;
      return foreign
        ? withBody(response, JSON.stringify({ ipsec_site_connections: world.connections.map((each) => each.element) }))
        : response;
    },
  ),
  apiFault(
    'authentication.isolation.one',
    'One connection of the first project is shared with the second.',
    ISOLATION,
    (api, world) => {
      const [shared] = ofFirstProject(world);
      if (shared) world.connections.push({ owner: world.secondProject, element: shared });
      return api;
    },
  ),
  apiFault(
    'authentication.isolation.fields',
    'Projections are not restricted to the project.',
    ISOLATION,
    (api, world) => (request) => {
      const isForeign = ownerOf(world, request) === world.secondProject && fieldsOf(request).length > 0;
      return api(isForeign ? asFirst(world, request) : request);
    },
  ),
  apiFault(
    'authentication.isolation.several',
    'Projections to several names are not restricted to the project.',
    ISOLATION,
    (api, world) => (request) => {
      const isForeign = ownerOf(world, request) === world.secondProject && fieldsOf(request).length > 1;
      return api(isForeign ? asFirst(world, request) : request);
    },
  ),
  apiFault(
    'authentication.isolation.repeated',
    'Who asks for the list a second time gets it from a cache that knows no projects.',
    ISOLATION,
    (api, world) => {
      const seen = new Set<string>();
      return (request) => {
        const owner = ownerOf(world, request);
        const isRepeated = owner === world.secondProject && full(request) && seen.has(owner);
        if (owner !== undefined && full(request)) seen.add(owner);
        return api(isRepeated ? asFirst(world, request) : request);
      };
    },
  ),
  apiFault(
    'authentication.isolation.cache',
    'A cache gives everyone who may read the first answer.',
    ISOLATION,
    (api, world) => {
      const firstOf = new Map<string, ApiResponse>();
      return (request) => {
        const response = api(request);
        if (response.status !== 200 || ownerOf(world, request) === undefined || !list(request)) return response;
        const first = firstOf.get(request.target) ?? response;
        firstOf.set(request.target, first);
        return first;
      };
    },
  ),
];

type Grant = readonly [name: string, describes: string, wrong: readonly Wrong[]];

/** Some wrong tokens read what the first project reads. */
function granted(table: readonly Grant[]): Fault[] {
  return table.map(([name, describes, wrong]) =>
    apiFault(
      `authentication.granted.${name}`,
      describes,
      [...ids(wrong), NO_DATA],
      (api, world) => (request) =>
        api(wrong.some((each) => each === wrongness(world, request)) ? asFirst(world, request) : request),
    ),
  );
}

/** Some wrong tokens are refused otherwise. */
function refused(
  name: string,
  describes: string,
  fails: readonly string[],
  refuse: (response: ApiResponse, world: World) => ApiResponse,
  wrong: readonly Wrong[] = WRONG,
): Fault {
  const wrap: Wrap = (api, world) => (request) => {
    const response = api(request);
    const found = wrongness(world, request);
    return response.status === 401 && found && wrong.includes(found) ? refuse(response, world) : response;
  };
  return apiFault(`authentication.refused.${name}`, describes, fails, wrap);
}

function wrongness(world: World, request: ApiRequest): Wrong | undefined {
  if (!isWrong(world, request)) return undefined;
  const token = header(request, 'X-Auth-Token');
  if (token === undefined) return 'missing';
  if (token === '') return 'empty';
  const valid = [...(world.projects?.keys() ?? [])];
  if (valid.some((each) => each.startsWith(token))) return 'truncated';
  if (valid.some((each) => token.startsWith(each))) return 'extended';
  return valid.some((each) => each.toLowerCase() === token.toLowerCase()) ? 'case-swapped' : 'garbage';
}

function isWrong(world: World, request: ApiRequest): boolean {
  return world.projects !== undefined && ownerOf(world, request) === undefined;
}

function ownerOf(world: World, request: ApiRequest): string | undefined {
  return world.projects?.get(header(request, 'X-Auth-Token') ?? '');
}

/** The same request with the first project's token. */
function asFirst(world: World, request: ApiRequest): ApiRequest {
  const [token = ''] = world.projects?.keys() ?? [];
  const others = request.headers.filter(([name]) => name.toLowerCase() !== 'x-auth-token');
  return { ...request, headers: [...others, ['X-Auth-Token', token]] };
}

function ids(wrong: readonly Wrong[]): string[] {
  return wrong.map((each) => `authentication.${each}`);
}
