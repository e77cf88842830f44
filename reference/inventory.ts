import type { Faker, LocaleDefinition } from '@faker-js/faker';
import { faker as english } from '@faker-js/faker/locale/en';

/** Dead peer detection as upstream nests it. */
export type Dpd = { action: string; interval: number; timeout: number };

/** One connection: Table 2's 21 top-level rows and upstream's `local_id`, in upstream's order. */
export type Connection = {
  id: string;
  tenant_id: string;
  name: string;
  description: string;
  peer_address: string;
  peer_id: string;
  local_id: string;
  route_mode: string;
  mtu: number;
  auth_mode: string;
  psk: string;
  initiator: string;
  dpd: Dpd;
  admin_state_up: boolean;
  status: string;
  vpnservice_id: string;
  ikepolicy_id: string;
  ipsecpolicy_id: string;
  peer_cidrs: string[];
  local_ep_group_id: string;
  peer_ep_group_id: string;
  project_id: string;
};

/** The name of the one connection that is known to have been created without any optional value. */
export const DEFAULTS_CONNECTION = 'defaults-only';

/** Connections of two projects; every id occurs once. */
export type Inventory = { first: string; second: string; connections: Connection[] };

const OTHER_PROJECT_ITEMS = 3;

type Network = 'groups' | 'cidrs4' | 'cidrs6';
type Peer = 'ipv4' | 'ipv6' | 'host';
type Profile = Partial<Pick<Connection, 'description' | 'mtu' | 'initiator' | 'psk'>> & {
  name: string;
  status: string;
  dpd?: Dpd;
  peer: Peer;
  networks: Network;
  up?: false;
};

/**
 * The members of the first connections; the rest is upstream's default. Together: every status and DPD action, every
 * kind of peer and of network, both initiators and both administrative states.
 */
const PROFILES: readonly Profile[] = [
  { name: DEFAULTS_CONNECTION, status: 'ACTIVE', peer: 'ipv4', networks: 'groups' },
  {
    name: 'uniçødé 日本語 עב 🔐',
    description: '<b>&amp; "quotes" \\ tab\tnewline\n€</b>',
    status: 'DOWN',
    dpd: { action: 'restart', interval: 15, timeout: 60 },
    peer: 'ipv6',
    networks: 'groups',
    mtu: 1400,
    initiator: 'response-only',
  },
  {
    name: '',
    description: 'legacy networks, no name',
    status: 'BUILD',
    dpd: { action: 'clear', interval: 20, timeout: 90 },
    peer: 'host',
    networks: 'cidrs4',
    mtu: 1360,
    psk: 'p"s\'k\\ ключ 鍵 & <9f3b2c71>',
    up: false,
  },
  { name: 'branch-north', status: 'PENDING_CREATE', peer: 'ipv4', networks: 'groups' },
  {
    name: 'branch-east',
    status: 'ERROR',
    dpd: { action: 'disabled', interval: 10, timeout: 45 },
    peer: 'ipv6',
    networks: 'cidrs6',
    mtu: 9000,
  },
  {
    name: 'partner',
    description: 'Änderungen nur nach Rücksprache',
    status: 'PENDING_UPDATE',
    dpd: { action: 'restart-by-peer', interval: 25, timeout: 100 },
    peer: 'host',
    networks: 'groups',
    initiator: 'response-only',
    up: false,
  },
  {
    name: 'warehouse',
    status: 'PENDING_DELETE',
    dpd: { action: 'hold', interval: 40, timeout: 160 },
    peer: 'ipv4',
    networks: 'cidrs6',
    mtu: 1280,
  },
  { name: 'branch-south', description: 'created with defaults', status: 'ACTIVE', peer: 'ipv6', networks: 'groups' },
  {
    name: 'backup',
    status: 'DOWN',
    dpd: { action: 'clear', interval: 5, timeout: 30 },
    peer: 'ipv4',
    networks: 'cidrs4',
    mtu: 576,
    initiator: 'response-only',
  },
  {
    name: 'lab',
    status: 'ACTIVE',
    dpd: { action: 'restart', interval: 60, timeout: 300 },
    peer: 'host',
    networks: 'cidrs4',
    up: false,
  },
  { name: 'branch-west', status: 'ACTIVE', peer: 'host', networks: 'groups' },
  {
    name: 'transit',
    description: 'zwischen zwei Standorten',
    status: 'ERROR',
    dpd: { action: 'restart-by-peer', interval: 12, timeout: 48 },
    peer: 'ipv6',
    networks: 'groups',
    mtu: 1420,
  },
];

/**
 * Makes connections of two projects, the same for the same seed.
 *
 * @param options.seed seed of everything that is not fixed by a profile
 * @param options.items number of connections in the first project; the first twelve cover what Table 2 allows
 * @returns both project ids and the connections of both, the first project's first
 */
export function makeInventory(options: { seed: number; items: number }): Inventory {
  const faker = makeFaker(options.seed);
  const first = projectId(faker);
  const second = projectId(faker);
  const connections = [
    ...Array.from({ length: options.items }, (_, index) => makeConnection(faker, first, PROFILES[index])),
    ...Array.from({ length: OTHER_PROJECT_ITEMS }, () => makeConnection(faker, second)),
  ];
  return { first, second, connections };
}

/** faker's class, by way of one locale: the package's own entry loads all of them, which takes longer than a run. */
const EnglishFaker = english.constructor as new (options: { locale: LocaleDefinition }) => Faker;

/**
 * A generator of its own, without global state and without today's date.
 *
 * @param seed its seed
 * @returns a seeded faker
 */
export function makeFaker(seed: number): Faker {
  const faker = new EnglishFaker({ locale: english.rawDefinitions });
  faker.seed(seed);
  faker.setDefaultRefDate('2020-04-01T00:00:00.000Z');
  return faker;
}

/**
 * One connection.
 *
 * @param faker source of all that the profile does not say
 * @param project the project that owns it
 * @param profile what it has; a random one if left out
 * @returns the connection, with a new id
 */
export function makeConnection(faker: Faker, project: string, profile: Profile = randomProfile(faker)): Connection {
  const address = PEERS[profile.peer](faker);
  const grouped = profile.networks === 'groups';
  return {
    id: faker.string.uuid(),
    tenant_id: project,
    name: profile.name,
    description: profile.description ?? '',
    peer_address: address,
    peer_id: faker.datatype.boolean() ? address : `@${faker.internet.domainWord()}-${faker.string.alpha(6)}`,
    local_id: '',
    route_mode: 'static',
    mtu: profile.mtu ?? 1500,
    auth_mode: 'psk',
    psk: profile.psk ?? faker.string.alphanumeric(32),
    initiator: profile.initiator ?? 'bi-directional',
    dpd: { ...(profile.dpd ?? { action: 'hold', interval: 30, timeout: 120 }) },
    admin_state_up: profile.up ?? true,
    status: profile.status,
    vpnservice_id: faker.string.uuid(),
    ikepolicy_id: faker.string.uuid(),
    ipsecpolicy_id: faker.string.uuid(),
    peer_cidrs: NETWORKS[profile.networks](faker),
    // A connection with legacy networks has no endpoint groups: the contract knows no null, so the ids are empty.
    local_ep_group_id: grouped ? faker.string.uuid() : '',
    peer_ep_group_id: grouped ? faker.string.uuid() : '',
    project_id: project,
  };
}

const PEERS: Record<Peer, (faker: Faker) => string> = {
  ipv4: (faker) =>
    `${faker.helpers.arrayElement(['192.0.2', '198.51.100', '203.0.113'])}.${faker.number.int({ min: 1, max: 254 })}`,
  ipv6: (faker) => `2001:db8:${hextet(faker)}::${hextet(faker)}`,
  host: (faker) => `${faker.internet.domainWord()}-${faker.number.int(9999)}.example.net`,
};

const NETWORKS: Record<Network, (faker: Faker) => string[]> = {
  groups: () => [],
  cidrs4: (faker) => [cidr4(faker), cidr4(faker)],
  cidrs6: (faker) => [cidr6(faker), cidr6(faker)],
};

function cidr4(faker: Faker): string {
  return `10.${faker.number.int(255)}.${faker.number.int(255)}.0/24`;
}

function cidr6(faker: Faker): string {
  return `2001:db8:${hextet(faker)}::/48`;
}

function hextet(faker: Faker): string {
  return faker.number.int({ min: 1, max: 0xffff }).toString(16);
}

function projectId(faker: Faker): string {
  return faker.string.hexadecimal({ length: 32, casing: 'lower', prefix: '' });
}

function randomProfile(faker: Faker): Profile {
  const pick = faker.helpers.arrayElement(PROFILES);
  const interval = faker.number.int({ min: 5, max: 60 });
  return {
    name: `${faker.word.adjective()}-${faker.word.noun()}-${faker.string.alphanumeric(4)}`,
    description: faker.datatype.boolean() ? faker.lorem.sentence() : '',
    status: faker.helpers.arrayElement(PROFILES).status,
    dpd: {
      action: faker.helpers.arrayElement(['clear', 'hold', 'restart', 'disabled', 'restart-by-peer']),
      interval,
      timeout: interval * faker.number.int({ min: 2, max: 5 }),
    },
    peer: pick.peer,
    networks: pick.networks,
    mtu: faker.number.int({ min: 1280, max: 9000 }),
    initiator: faker.helpers.arrayElement(['bi-directional', 'response-only']),
  };
}
