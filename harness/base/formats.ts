import { isIPv4, isIPv6 } from 'node:net';

/** String formats that ajv-formats lacks or takes too broadly: a name to a predicate. */
export const formats: Readonly<Record<string, (value: string) => boolean>> = {
  cidr: isCidr,
  'ip-or-host-name': (value) => isIPv4(value) || isPlainIPv6(value) || isHostName(value),
  // ajv-formats' `uuid` also takes the prefix urn:uuid:, which no id of the API has.
  'resource-uuid': (value) => /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(value),
};

/**
 * An address and a prefix length in the decimal form of RFC 6991 section 4 (ip-prefix); host bits are not looked at.
 */
export function isCidr(value: string): boolean {
  const [, address = '', length = ''] = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(value) ?? [];
  return (isIPv4(address) && Number(length) <= 32) || (isPlainIPv6(address) && Number(length) <= 128);
}

/** An IPv6 address without the zone that `node:net` accepts: a zone means something only on the host that wrote it. */
function isPlainIPv6(value: string): boolean {
  return isIPv6(value) && !value.includes('%');
}

const label = /^[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?$/i;

/**
 * A host name (RFC 1123 section 2.1): one label, a trailing dot and underscores pass. Labels that are all numeric
 * are a malformed IPv4 address, not a name (999.1.1.1).
 */
function isHostName(value: string): boolean {
  const name = value.endsWith('.') ? value.slice(0, -1) : value;
  const labels = name.split('.');
  const numeric = labels.length > 1 && labels.every((part) => /^\d+$/.test(part));
  return name.length <= 253 && !numeric && labels.every((part) => label.test(part));
}
