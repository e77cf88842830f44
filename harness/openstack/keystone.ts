import type { Dispatcher } from 'undici';
import schema from '../../schemas/keystone.schema.json' with { type: 'json' };
import { createValidator, type Validator } from '../base/ajv.ts';
import { ConfigurationError } from '../base/configuration-error.ts';
import { encodingsOf } from '../base/encodings.ts';
import { headerValues } from '../http/answer.ts';
import { networkCause } from '../http/client.ts';
import { createDispatcher } from '../http/dispatcher.ts';
import { proxyRemedy } from '../http/network.ts';
import { tlsRemedy } from '../http/tls-remedy.ts';
import { type DomainReference, type Identity, type Login, loginSecrets } from './login.ts';
import { type Catalogue, readCatalogue } from './service-catalogue.ts';

/** A token, and what Keystone says of it. */
export type Ticket = {
  token: string;
  user: string;
  /** Null: the token is for a domain. */
  project: { id: string; name: string } | null;
  catalogue: Catalogue;
};

type Named = { id: string; name?: string | null };
type Issued = { token: { user?: Named; project?: Named; domain?: Named; catalog?: readonly unknown[] } };

const isIssued: Validator<Issued> = createValidator(schema, { allowUnionTypes: true });

/** In bytes: catalogues of large clouds have some hundred KiB. */
const longestAnswer = 16 * 1024 * 1024;

/**
 * Asks Keystone for a token: POST to its token URL, and nothing else; no redirect is followed.
 * @param timeoutMilliseconds for one answer, from the connection to its last byte
 * @throws ConfigurationError one line: what Keystone answered and what to look at, never a secret
 */
export async function issueToken(login: Login, timeoutMilliseconds: number): Promise<Ticket> {
  const { origin } = new URL(login.authUrl);
  const dispatcher = createDispatcher({ origin, network: login.network, timeoutMilliseconds });
  try {
    const ask = (scope: RequestedScope) => post(dispatcher, login, scope, timeoutMilliseconds);
    const answer = await ask(scopeOf(login));
    if (answer.status >= 200 && answer.status < 300) return ticketOf(answer, login);
    throw new ConfigurationError((await explain(answer, login, ask)) + login.place);
  } finally {
    await dispatcher.destroy();
  }
}

/** A scope in the words of the Identity API v3; undefined leaves it to Keystone. */
type RequestedScope = object | 'unscoped' | undefined;
type KeystoneAnswer = { status: number; rawHeaders: readonly string[]; json: unknown };

async function post(
  dispatcher: Dispatcher,
  login: Login,
  scope: RequestedScope,
  timeoutMilliseconds: number,
): Promise<KeystoneAnswer> {
  const url = new URL(`${login.authUrl}/auth/tokens`);
  try {
    const { statusCode, headers, body } = await dispatcher.request({
      origin: url.origin,
      path: url.pathname,
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({
        auth: { identity: identityOf(login.identity), ...(scope === undefined ? {} : { scope }) },
      }),
      responseHeaders: 'raw',
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    return { status: statusCode, rawHeaders: headers as object as readonly string[], json: asJson(await textOf(body)) };
  } catch (error) {
    const { kind, message, code } = networkCause(error);
    const { authUrl, written, place } = login;
    const { origin } = url;
    const remedy =
      kind === 'tls'
        ? tlsRemedy(code, `${written.ca} names its certificate authority`)
        : `is ${written.authUrl} right?${proxyRemedy(origin, login.network.proxies)}`;
    throw new ConfigurationError(`Keystone cannot be asked at ${authUrl}: ${message}: ${remedy}${place}`);
  }
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > longestAnswer) return '';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function ticketOf({ rawHeaders, json }: KeystoneAnswer, login: Login): Ticket {
  const { authUrl, written, place } = login;
  const [token] = headerValues(rawHeaders, 'x-subject-token');
  if (!isIssued(json) || token === undefined || !/^[!-~]+$/.test(token)) {
    throw new ConfigurationError(`${authUrl} does not answer as Keystone v3: is ${written.authUrl} right?${place}`);
  }
  const { user, project, domain, catalog = [] } = json.token;
  if (!project && !domain) {
    // With such a token the list is empty, and nothing could be judged.
    throw new ConfigurationError(`Keystone's token is for no project: set ${written.scope}${place}`);
  }
  return {
    token,
    user: nameOf(user),
    project: project ? { id: project.id, name: nameOf(project) } : null,
    catalogue: readCatalogue(catalog),
  };
}

function nameOf(named: Named | undefined): string {
  return onOneLine(named?.name ?? named?.id ?? '(unnamed)');
}

/** The reason of a refusal, as far as the answer tells. */
async function explain(
  answer: KeystoneAnswer,
  login: Login,
  ask: (scope: RequestedScope) => Promise<KeystoneAnswer>,
): Promise<string> {
  const { authUrl, written, scope } = login;
  const { status } = answer;
  const said = messageOf(answer, login);
  const answers = `Keystone at ${authUrl} answers ${status}${said === null ? '' : ` (${said})`}`;
  if (status >= 300 && status < 400) {
    const [location = ''] = headerValues(answer.rawHeaders, 'location');
    return `${answers}, a redirect${location === '' ? '' : ` to ${originOf(location)}`}: is ${written.authUrl} right?`;
  }
  if (status === 401 && headerValues(answer.rawHeaders, 'openstack-auth-receipt').length > 0) {
    return `${answers}: it asks for a second factor, which the suite has not: use an application credential`;
  }
  if (status === 404) return `${answers}: is ${written.authUrl} right?`;
  if (status < 400 || status > 403) return answers;
  if (scope.kind === 'own') return `${answers}: check ${written.identity}`;
  // Keystone answers alike to a wrong password and to a wrong project: without a project it tells them apart.
  const unscoped = await ask('unscoped');
  return unscoped.status < 300
    ? `${answers}: ${written.identity} are accepted, but not for ${scopeWords(scope)}: check ${written.scope}`
    : `${answers}: check ${written.identity}`;
}

function scopeWords(scope: Login['scope'] & { kind: 'project' | 'domain' }): string {
  if (scope.kind === 'domain') return `the domain ${idOrName(scope.domain)}`;
  const { project } = scope;
  const inDomain = 'domain' in project ? ` in the domain ${idOrName(project.domain)}` : '';
  return `the project ${idOrName(project)}${inDomain}`;
}

function idOrName(reference: DomainReference): string {
  return 'id' in reference ? reference.id : reference.name;
}

const longestMessage = 200;

/** Keystone's own words, where they are one short line without a secret. */
function messageOf({ json }: KeystoneAnswer, login: Login): string | null {
  const message = (json as { error?: { message?: unknown } } | null | undefined)?.error?.message;
  if (typeof message !== 'string' || message === '' || message.length > longestMessage) return null;
  const forms = loginSecrets(login).flatMap((secret) => [...encodingsOf(secret)]);
  return forms.some((form) => message.includes(form)) ? null : onOneLine(message).replace(/[\s.]+$/, '');
}

/** Without what could leave its line. */
function onOneLine(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, longestMessage);
}

function originOf(location: string): string {
  return URL.canParse(location) ? new URL(location).origin : 'elsewhere';
}

function scopeOf({ scope }: Login): RequestedScope {
  switch (scope.kind) {
    case 'project':
      return { project: scope.project };
    case 'domain':
      return { domain: scope.domain };
    case 'own':
      return undefined;
  }
}

/** An identity in the words of the Identity API v3. */
function identityOf(identity: Identity): object {
  switch (identity.kind) {
    case 'password':
      return {
        methods: ['password'],
        password: { user: { ...identity.user, password: identity.password } },
      };
    case 'application-credential':
      return {
        methods: ['application_credential'],
        application_credential: { ...identity.credential, secret: identity.secret },
      };
    case 'token':
      return { methods: ['token'], token: { id: identity.token } };
  }
}
