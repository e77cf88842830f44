import { ConfigurationError } from '../base/configuration-error.ts';
import { isObject } from '../base/is-object.ts';

/** Keystone's catalogue, as far as it is read. */
export type Catalogue = readonly {
  type: string;
  endpoints: readonly { interface: string; url: string; region?: string | null; region_id?: string | null }[];
}[];

/** The entries of a catalogue that can be read: what another service's lacks is not the network service's. */
export function readCatalogue(entries: readonly unknown[]): Catalogue {
  return entries.flatMap((entry) => {
    if (!isObject(entry) || typeof entry.type !== 'string') return [];
    const endpoints = Array.isArray(entry.endpoints) ? entry.endpoints.filter(isEndpoint) : [];
    return [{ type: entry.type, endpoints }];
  });
}

function isEndpoint(entry: unknown): entry is Catalogue[number]['endpoints'][number] {
  return isObject(entry) && typeof entry.interface === 'string' && typeof entry.url === 'string';
}

/** The endpoint to look for; `written` and `place` are the user's words for it, for messages. */
export type Wanted = {
  region: string | null;
  interface: string;
  written: { region: string; interface: string };
  place: string;
};

/** The type of the service that the operation belongs to. */
const serviceType = 'network';

/**
 * The URL of the network service in a catalogue.
 * @throws ConfigurationError one line that says what the catalogue has instead
 */
export function networkEndpoint(catalogue: Catalogue, { region, interface: wanted, written, place }: Wanted): string {
  const services = catalogue.filter(({ type }) => type === serviceType);
  const endpoints = services.flatMap((service) => service.endpoints);
  const say = (why: string): never => {
    throw new ConfigurationError(why + place);
  };
  if (endpoints.length === 0) {
    const types = list(catalogue.map(({ type }) => type));
    return say(`Keystone's catalogue has no ${serviceType} service; it has ${types}: set TARGET_URL`);
  }
  const offered = endpoints.filter((endpoint) => endpoint.interface === wanted);
  if (offered.length === 0) {
    const interfaces = list(endpoints.map((endpoint) => endpoint.interface));
    return say(`the ${serviceType} service has no ${wanted} endpoint; ${written.interface} may be ${interfaces}`);
  }
  const regions = [...new Set(offered.map(regionOf))];
  if (region === null && regions.length > 1) {
    return say(`${written.region} is missing: the ${serviceType} service is in several regions, ${list(regions)}`);
  }
  const found = offered.find((endpoint) => region === null || regionOf(endpoint) === region);
  return (
    found?.url ??
    say(
      `${written.region} is ${region}, where the ${serviceType} service has no ${wanted} endpoint; ` +
        `regions known are ${list(regions)}`,
    )
  );
}

function regionOf(endpoint: Catalogue[number]['endpoints'][number]): string {
  return endpoint.region ?? endpoint.region_id ?? '(none)';
}

const longestList = 10;

/** A few of the catalogue's words, each once, none of them long or able to leave its line. */
function list(texts: readonly string[]): string {
  const unique = [...new Set(texts)].map((text) => text.replace(/[^ -~]/g, '?').slice(0, 60));
  const more = unique.length > longestList ? `, and ${unique.length - longestList} more` : '';
  return unique.length === 0 ? 'none' : unique.slice(0, longestList).join(', ') + more;
}
