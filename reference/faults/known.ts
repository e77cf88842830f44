import type { Json } from '../json.ts';
import { ROWS } from '../variants/rows.ts';
import { change, inLast, ofFirstProject } from '../variants/stored.ts';
import { apiFault, type Fault } from './fault.ts';

const FLIPPED: Readonly<Record<string, Json>> = { clear: 'hold', 'bi-directional': 'response-only' };

/** Another value of the same type and form than the one given at creation, and what else that fails. */
const OTHER: Readonly<Record<string, { other: (value: Json) => Json; fails?: readonly string[] }>> = {
  peer_cidrs: { other: () => ['10.99.0.0/16'] },
  mtu: { other: (value) => Number(value) + 1 },
  route_mode: { other: () => 'dynamic', fails: ['enums.route_mode'] },
  peer_address: { other: () => 'gateway.example.org' },
  peer_id: { other: (value) => String(value).toUpperCase().concat('.') },
  description: { other: (value) => `${value} `.replaceAll('"', "'") },
  'dpd.interval': { other: (value) => Number(value) - 1 },
  'dpd.timeout': { other: (value) => Number(value) + 1 },
  'dpd.action': { other: (value) => FLIPPED[String(value)] ?? 'clear' },
  psk: { other: (value) => String(value).slice(0, 8) },
  initiator: { other: (value) => FLIPPED[String(value)] ?? 'bi-directional' },
  name: { other: (value) => `${value}-1` },
  admin_state_up: { other: (value) => !value },
  auth_mode: { other: () => 'certificate', fails: ['enums.auth_mode'] },
};

const anotherId = () => '00000000-1111-4222-8333-444444444444';

/** Targets that do not keep what a connection was created with. */
export const knownFaults: readonly Fault[] = [
  {
    ...known('known.listed', 'A connection that was created is not listed.', ['known.listed']),
    wrap: (api, world) => {
      const last = ofFirstProject(world).at(-1);
      world.connections = world.connections.filter(({ element }) => element !== last);
      return api;
    },
  },
  ...ROWS.filter(({ name }) => !['id', 'status', 'project_id', 'tenant_id', 'dpd'].includes(name)).map(
    ({ name, path }) => {
      const { other, fails = [] } = OTHER[name] ?? { other: anotherId };
      const wrap = inLast((element) => change(element, path, other));
      return {
        ...known(`known.${name}`, `${name} is not kept as it was given.`, [`known.given.${name}`, ...fails]),
        wrap,
      };
    },
  ),
];

function known(name: string, describes: string, fails: readonly string[]): Fault & { kind: 'api' } {
  const fault = apiFault(name, describes, fails, (api) => api);
  if (fault.kind !== 'api') throw new Error('a fault of what is answered shows in-process');
  return { ...fault, known: true };
}
