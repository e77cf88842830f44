import { DEFINED } from '../variants/rows.ts';

/** Names whose values may not differ from one element to the next: one project, one documented mode. */
const CONSTANT: readonly string[] = ['route_mode', 'auth_mode', 'tenant_id'];

/** The names that are asked for percent-encoded. */
const ENCODED: readonly string[] = ['id', 'name', 'peer_address', 'vpnservice_id'];

/** The names that the request of `projection.order` asks for. */
const IN_ORDER: readonly string[] = ['status', 'name', 'mtu', 'id'];

/** The requirements whose requests ask for several names, whatever the names. */
export const SEVERAL: readonly string[] = [
  'projection.with-id.*',
  'projection.combinations',
  'projection.all',
  'projection.order',
  'projection.repeated',
  'projection.percent-encoded',
];

/** The requirements that compare a projected list. */
export const EVERY: readonly string[] = ['projection.single.*', ...SEVERAL];

/** The requirements of which some request does not ask for psk. */
export const NOT_ASKING_PSK: readonly string[] = [
  ...single(DEFINED.filter((name) => name !== 'psk')),
  ...withId(DEFINED.filter((name) => name !== 'psk')),
  'projection.combinations',
  'projection.order',
  'projection.repeated',
  'projection.percent-encoded',
];

/** Names whose values differ from one element to another. */
export const VARYING: readonly string[] = DEFINED.filter((name) => !CONSTANT.includes(name));

/**
 * The requirements that compare a list projected to one name.
 *
 * @param names the names
 * @returns their ids
 */
export function single(names: readonly string[]): string[] {
  return names.map((name) => `projection.single.${name}`);
}

/**
 * The requirements that compare a list projected to `id` and one other name.
 *
 * @param names the names; `id` itself has no such requirement
 * @returns their ids
 */
export function withId(names: readonly string[]): string[] {
  return names.filter((name) => name !== 'id').map((name) => `projection.with-id.${name}`);
}

/**
 * The requirements whose requests ask for a name. Each name is in some of the combinations; `all` has every
 * name, `order` has four, `repeated` and `percent-encoded` have `id` and `name`.
 *
 * @param name the name
 * @returns their ids
 */
export function asking(name: string): string[] {
  return [...single([name]), ...askingSeveral(name)];
}

/**
 * Those of them whose requests ask for other names too.
 *
 * @param name the name
 * @returns their ids
 */
export function askingSeveral(name: string): string[] {
  return [
    ...(name === 'id' ? ['projection.with-id.*'] : withId([name])),
    'projection.combinations',
    'projection.all',
    ...(IN_ORDER.includes(name) ? ['projection.order'] : []),
    ...(name === 'id' || name === 'name' ? ['projection.repeated'] : []),
    ...(ENCODED.includes(name) ? ['projection.percent-encoded'] : []),
  ];
}
