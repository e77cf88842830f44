import { createApi } from '../reference/api.ts';
import { type Api, header } from '../reference/http.ts';
import { type Served, serve } from '../reference/server.ts';
import { createWorld } from '../reference/world.ts';
import { account, endpoint, type FakeKeystone, startKeystone } from './fake-keystone.ts';

/** A cloud: a target, and the Keystone that issues its tokens. */
export type Cloud = {
  keystone: FakeKeystone;
  target: Served;
  environment: Record<string, string>;
  close(): Promise<void>;
};

/**
 * Starts a cloud whose tokens expire.
 * @param lives after how many requests the first project's tokens expire, one after the other; others never do
 * @param wrap what the target does besides
 */
export async function startCloud(lives: readonly number[], wrap: (api: Api) => Api = (api) => api): Promise<Cloud> {
  const world = createWorld({ seed: 1, items: 12, tokens: { first: 'unused' } });
  const projects = new Map<string, string>();
  world.projects = projects;
  const left = new Map<string, number>();
  const api = wrap(createApi(world));
  const target = await serve((request) => {
    const token = header(request, 'x-auth-token') ?? '';
    const requests = left.get(token) ?? Number.POSITIVE_INFINITY;
    left.set(token, requests - 1);
    // All tokens of a cloud expire together: they were issued together.
    if (requests <= 0) projects.clear();
    return api(request);
  });
  let issued = 0;
  const keystone = await startKeystone({
    catalogue: [endpoint(target.url)],
    onIssue: (token, project) => {
      const isFirst = project === account.project.id;
      projects.set(token, isFirst ? world.firstProject : world.secondProject);
      if (isFirst) left.set(token, lives[issued++] ?? Number.POSITIVE_INFINITY);
    },
  });
  const environment = {
    OS_AUTH_URL: keystone.authUrl,
    OS_USERNAME: account.user.name,
    OS_PASSWORD: account.password,
    OS_PROJECT_NAME: account.project.name,
  };
  const close = async () => {
    await target.close();
    await keystone.close();
  };
  return { keystone, target, environment, close };
}
