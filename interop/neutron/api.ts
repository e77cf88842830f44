import { Ajv2020 } from 'ajv/dist/2020.js';

/** One request to the API of an OpenStack service in the run's own instance. */
export type Call = {
  method: 'GET' | 'POST' | 'PUT';
  url: string;
  /** Sent as X-Auth-Token. */
  token?: string;
  body?: object;
};

/** A service's answer: its headers, and the body, not yet looked at; undefined where there is none. */
export type Reply = { headers: Headers; body: unknown };

/**
 * Calls a service.
 * @throws Error with method, URL and status where it is no 2xx; never with a body: psks and passwords stand there
 */
export async function call({ method, url, token, body }: Call): Promise<Reply> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { 'x-auth-token': token }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}`);
  return { headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
}

/** A resource in an answer: the id is all that is needed of it. */
type Resource = { id: string };

const validate = new Ajv2020({ strictTypes: false }).compile<Record<string, Resource>>({
  type: 'object',
  minProperties: 1,
  additionalProperties: {
    type: 'object',
    properties: { id: { type: 'string', pattern: '^[\\da-f-]{32,36}$' } },
    required: ['id'],
  },
});

/**
 * Creates a resource.
 * @param url of its collection
 * @param kind the key that wraps it
 * @returns its id
 */
export async function create(url: string, kind: string, attributes: object, token?: string): Promise<string> {
  const { body } = await call({ method: 'POST', url, body: { [kind]: attributes }, ...(token ? { token } : {}) });
  if (!validate(body)) throw new Error(`POST ${url} answered without a usable id`);
  return (body[kind] as Resource).id;
}
