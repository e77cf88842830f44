import { createHash, randomUUID } from 'node:crypto';
import { type Api, type ApiRequest, type ApiResponse, header, parseTarget, withBody } from './http.ts';
import type { Element, Json } from './json.ts';
import type { World } from './world.ts';

/** The list's path, with upstream's two tolerated endings. */
const LIST_PATH = /^\/v2\.0\/vpn\/ipsec-site-connections(?:\/|\.json)?$/;

/** Upstream's limit of the request line, and so of the request target. */
const TARGET_LIMIT = 8 * 1024;

/** Where upstream sends those who have no valid token. */
const CHALLENGE = 'Keystone uri="http://127.0.0.1:5000"';

/**
 * The conforming target, in upstream's shapes: `fields` as clauses `defined-names` and `undefined-names` allow it and
 * upstream does it, tokens and projects as clause `authentication` asks, errors as clause `errors` asks.
 *
 * @param world what the target knows; read at each request
 * @returns a function from request to answer
 */
export function createApi(world: World): Api {
  return (request) => {
    const response = withRequestId(answer(world, request));
    return request.method === 'HEAD' ? withoutBody(response) : response;
  };
}

/** As in every answer of OpenStack's services. */
function withRequestId(response: ApiResponse): ApiResponse {
  return { ...response, headers: [...response.headers, ['X-Openstack-Request-Id', `req-${randomUUID()}`]] };
}

/**
 * Whether a request is for the list, whatever its method and query.
 *
 * @param request the request
 * @returns true for the list's path and upstream's two spellings of it
 */
export function asksForList(request: ApiRequest): boolean {
  return LIST_PATH.test(request.target.split('?', 1)[0] as string);
}

/**
 * A JSON answer.
 *
 * @param status status code
 * @param value what the body says
 * @returns the answer, labelled `application/json`, with its length
 */
export function json(status: number, value: Json): ApiResponse {
  return withBody(
    { status, headers: [['Content-Type', 'application/json']], body: new Uint8Array() },
    JSON.stringify(value),
  );
}

/**
 * An error in upstream's shape.
 *
 * @param status status code
 * @param type upstream's exception name
 * @param message what went wrong
 * @returns the answer
 */
export function neutronError(status: number, type: string, message: string): ApiResponse {
  return json(status, { NeutronError: { type, message, detail: '' } });
}

/**
 * The project whose connections a request may see.
 *
 * @param world tokens and projects
 * @param request the request, with its `X-Auth-Token`
 * @returns the project, or undefined if the request has no valid token
 */
export function projectOf(world: World, request: ApiRequest): string | undefined {
  if (world.projects === undefined) return world.firstProject;
  return world.projects.get(header(request, 'X-Auth-Token') ?? '');
}

/** Upstream's order: a request target that is too long, then the token, then the path, then the method. */
function answer(world: World, request: ApiRequest): ApiResponse {
  if (Buffer.byteLength(request.target) > TARGET_LIMIT) return empty(414);
  const project = projectOf(world, request);
  if (project === undefined) return unauthorized();
  if (!asksForList(request)) return neutronError(404, 'HTTPNotFound', 'The resource could not be found.');
  if (request.method !== 'GET') return notAllowed();
  return unlessKnown(request, list(world, project, parseTarget(request.target).query));
}

/** `fields=` and a bare `fields` name nothing, so everything is returned; a name without a member adds nothing. */
function list(world: World, project: string, query: URLSearchParams): ApiResponse {
  const names = new Set(query.getAll('fields').filter((name) => name !== ''));
  const elements = world.connections.filter((stored) => stored.owner === project).map((stored) => stored.element);
  const response = json(200, {
    ipsec_site_connections: names.size === 0 ? elements : elements.map((element) => pick(element, names)),
  });
  const tag = `W/"${createHash('sha256').update(response.body).digest('base64url').slice(0, 16)}"`;
  return { ...response, headers: [...response.headers, ['Cache-Control', 'private, no-cache'], ['ETag', tag]] };
}

/** RFC 9110 section 13.1.2: a list that the client has already is not sent again. */
function unlessKnown(request: ApiRequest, response: ApiResponse): ApiResponse {
  const tag = response.headers.find(([name]) => name === 'ETag')?.[1];
  if (tag === undefined || header(request, 'If-None-Match') !== tag) return response;
  const kept = response.headers.filter(([name]) => name !== 'Content-Length' && name !== 'Content-Type');
  return { status: 304, headers: kept, body: new Uint8Array() };
}

function pick(element: Element, names: ReadonlySet<string>): Element {
  const picked: Element = {};
  for (const name of Object.keys(element)) if (names.has(name)) picked[name] = element[name] as Json;
  return picked;
}

function unauthorized(): ApiResponse {
  const refusal = json(401, {
    error: { code: 401, title: 'Unauthorized', message: 'The request you have made requires authentication.' },
  });
  return { ...refusal, headers: [['WWW-Authenticate', CHALLENGE], ...refusal.headers] };
}

function notAllowed(): ApiResponse {
  const refusal = neutronError(405, 'HTTPMethodNotAllowed', 'The method is not allowed for this resource.');
  return { ...refusal, headers: [['Allow', 'GET'], ...refusal.headers] };
}

function empty(status: number): ApiResponse {
  return { status, headers: [['Content-Length', '0']], body: new Uint8Array() };
}

/** RFC 9110 section 9.3.2: the header section of the answer, and no content. */
function withoutBody(response: ApiResponse): ApiResponse {
  return { ...response, body: new Uint8Array() };
}
