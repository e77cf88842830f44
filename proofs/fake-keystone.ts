import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { Catalogue } from '../harness/openstack/service-catalogue.ts';
import { listen } from './listening.ts';

/** The account that the fake accepts; secrets have characters that each encoding writes differently. */
export const account = {
  user: { id: 'u-alpha', name: 'alpha' },
  password: 'pass"word/ü & <secret>',
  project: { id: 'p-alpha', name: 'alpha-project' },
  domain: { id: 'default', name: 'Default' },
  credential: { id: 'c-ci', name: 'ci' },
  credentialSecret: 'credential-Secret+of/the=CI',
  token: 'gAAAAABtoken-that-was-issued-before',
} as const;

/** A second user, of another project. */
export const otherAccount = {
  name: 'beta',
  password: 'beta-password',
  project: { id: 'p-beta', name: 'beta-project' },
};

/** A request as the fake saw it. */
export type Asked = { method: string; path: string; headers: readonly string[]; auth: Auth };

type Reference = { id?: string; name?: string; domain?: { id?: string; name?: string } };
type Auth = {
  identity: {
    methods: readonly string[];
    password?: { user: Reference & { password: string } };
    application_credential?: Reference & { user?: Reference; secret: string };
    token?: { id: string };
  };
  scope?: 'unscoped' | { project?: Reference; domain?: Reference };
};

/** How the fake is set up. */
export type FakeOptions = {
  catalogue?: Catalogue;
  /** Whether whoever asks for no project gets a token for the user's own. */
  hasDefaultProject?: boolean;
  /** Answers in Keystone's place. */
  instead?: (response: ServerResponse, asked: Asked) => void;
  /** The message of a refusal. */
  refusal?: (auth: Auth) => string;
  /** Called with each token, and the id of its project, before it is sent. */
  onIssue?: (token: string, project: string) => void;
  /** Left out: without TLS. */
  tls?: ServerOptions;
};

/** A Keystone v3 of one small cloud. */
export type FakeKeystone = {
  authUrl: string;
  asked: Asked[];
  issued: string[];
  /** Answers nothing any more. The port stays taken: another server that gets it would be asked instead. */
  vanish(): void;
  close(): Promise<void>;
};

/** An endpoint of the network service. */
export function endpoint(url: string, region = 'RegionOne', interfaceName = 'public'): Catalogue[number] {
  return { type: 'network', endpoints: [{ interface: interfaceName, url, region, region_id: region }] };
}

/** Starts the fake: it issues tokens as Keystone v3 does, and remembers what it was asked. */
export async function startKeystone(options: FakeOptions = {}): Promise<FakeKeystone> {
  const asked: Asked[] = [];
  const issued: string[] = [];
  let isGone = false;
  const present = answering(options, asked, issued);
  const answer: RequestListener = (request, response) =>
    isGone ? request.socket.destroy() : present(request, response);
  const vanish = () => {
    isGone = true;
  };
  const { port, close } = await listen(options.tls ? createTlsServer(options.tls, answer) : createServer(answer));
  return { authUrl: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}/v3`, asked, issued, vanish, close };
}

function answering(options: FakeOptions, asked: Asked[], issued: string[]): RequestListener {
  return async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { auth } = JSON.parse(body === '' ? '{}' : body) as { auth: Auth };
    const seen = { method: request.method ?? '', path: request.url ?? '', headers: request.rawHeaders, auth };
    asked.push(seen);
    if (options.instead) return options.instead(response, seen);
    const user = userOf(auth.identity);
    const project = user && projectOf(user, auth, options);
    if (!user || project === undefined) {
      const message = options.refusal?.(auth) ?? 'The request you have made requires authentication.';
      response.writeHead(401, { 'content-type': 'application/json' });
      return response.end(JSON.stringify({ error: { code: 401, title: 'Unauthorized', message } }));
    }
    const token = `gAAAAABfake-Token-${issued.length + 1}-${Math.random().toString(36).slice(2)}`;
    issued.push(token);
    if (project) options.onIssue?.(token, project.id);
    const scope = project ? { project: { ...project, domain: account.domain }, catalog: options.catalogue ?? [] } : {};
    response.writeHead(201, { 'content-type': 'application/json', 'x-subject-token': token });
    return response.end(JSON.stringify({ token: { user: { name: user.name, id: `u-${user.name}` }, ...scope } }));
  };
}

type Known = { name: string; project: { id: string; name: string }; isBound: boolean };

function userOf({ password, application_credential: credential, token }: Auth['identity']): Known | undefined {
  const first = { name: account.user.name, project: account.project };
  if (password) {
    const { name, password: own, project } = otherAccount;
    if (password.user.name === name && password.user.password === own) return { name, project, isBound: false };
    const isHere = refersTo(password.user, account.user, true) && password.user.password === account.password;
    return isHere ? { ...first, isBound: false } : undefined;
  }
  if (credential) {
    const isOwned = credential.id !== undefined || refersTo(credential.user ?? {}, account.user, true);
    const isHere = refersTo(credential, account.credential, false) && isOwned;
    return isHere && credential.secret === account.credentialSecret ? { ...first, isBound: true } : undefined;
  }
  return token?.id === account.token ? { ...first, isBound: false } : undefined;
}

/** The project of a token; null for none, undefined where the user may not have one. */
function projectOf(
  user: Known,
  { scope }: Auth,
  { hasDefaultProject }: FakeOptions,
): Known['project'] | null | undefined {
  if (scope === 'unscoped') return null;
  if (scope === undefined) return user.isBound || hasDefaultProject ? user.project : null;
  return scope.project && !user.isBound && refersTo(scope.project, user.project, true) ? user.project : undefined;
}

/** By id alone, or by name: within its domain, where names are unique only there. */
function refersTo(reference: Reference, known: { id: string; name: string }, isInDomain: boolean): boolean {
  if (reference.id !== undefined) return reference.id === known.id;
  const { id, name } = reference.domain ?? {};
  return reference.name === known.name && (!isInDomain || id === account.domain.id || name === account.domain.name);
}
