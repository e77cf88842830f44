import { randomBytes } from 'node:crypto';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { call, create } from './api.ts';
import type { Instance } from './instance.ts';

/** A project and a token of its only user, a plain member. */
type Project = { id: string; token: string };

/** The projects of a run. */
export type Projects = { alpha: Project; beta: Project };

/**
 * Makes, through Keystone's API, what a cloud has: Neutron's own user, the catalogue, two projects with a member each.
 */
export async function setUpIdentity(instance: Instance): Promise<Projects> {
  const keystone = instance.KEYSTONE_URL;
  const token = await fetchToken(keystone, { user: 'admin', password: instance.ADMIN_PASSWORD, project: 'admin' });
  const roles = await rolesOf(keystone, token);
  const add = (kind: string, attributes: object) => create(`${keystone}/${kind}s`, kind, attributes, token);

  async function addProject(name: string, user: { name: string; password: string; role: string }): Promise<string> {
    const project = await add('project', { name, domain_id: 'default' });
    const member = await add('user', { name: user.name, password: user.password, domain_id: 'default' });
    const url = `${keystone}/projects/${project}/users/${member}/roles/${roles.get(user.role)}`;
    await call({ method: 'PUT', url, token });
    return project;
  }

  async function addMembership(name: string): Promise<Project> {
    const password = randomBytes(16).toString('hex');
    const id = await addProject(name, { name, password, role: 'member' });
    return { id, token: await fetchToken(keystone, { user: name, password, project: name }) };
  }

  await addProject('service', { name: 'neutron', password: instance.SERVICE_PASSWORD, role: 'admin' });
  const service = await add('service', { type: 'network', name: 'neutron' });
  const endpoint = { service_id: service, interface: 'public', region_id: 'RegionOne', url: instance.NEUTRON_URL };
  await add('endpoint', endpoint);
  return { alpha: await addMembership('alpha'), beta: await addMembership('beta') };
}

/** A token of a user in a project, both of the default domain: POST to /auth/tokens. */
async function fetchToken(
  keystone: string,
  { user, password, project }: { user: string; password: string; project: string },
): Promise<string> {
  const domain = { id: 'default' };
  const identity = { methods: ['password'], password: { user: { name: user, password, domain } } };
  const auth = { identity, scope: { project: { name: project, domain } } };
  const { headers } = await call({ method: 'POST', url: `${keystone}/auth/tokens`, body: { auth } });
  const token = headers.get('x-subject-token');
  if (token === null) throw new Error('Keystone answered without X-Subject-Token');
  return token;
}

const validateRoles = new Ajv2020().compile<{ roles: readonly { id: string; name: string }[] }>({
  type: 'object',
  properties: {
    roles: {
      type: 'array',
      items: {
        type: 'object',
        properties: { id: { type: 'string' }, name: { type: 'string' } },
        required: ['id', 'name'],
      },
    },
  },
  required: ['roles'],
});

async function rolesOf(keystone: string, token: string): Promise<ReadonlyMap<string, string>> {
  const { body } = await call({ method: 'GET', url: `${keystone}/roles`, token });
  if (!validateRoles(body)) throw new Error('Keystone listed its roles in an unknown form');
  return new Map(body.roles.map(({ id, name }) => [name, id]));
}
