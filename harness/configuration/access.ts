import { isLoopback } from '../http/loopback.ts';
import { isProxied, type Network } from '../http/network.ts';
import type { TargetHeaders } from '../http/target-headers.ts';
import type { KeystoneLogins } from '../openstack/keystone-options.ts';
import { type SecretVariables, secretVariables } from './shell-settings.ts';

/** How requests reach the target, for the command that repeats one in another program. No secret is in it. */
export type Access = {
  /** Whether Keystone issues a token, or a variable holds it. */
  isIssued: { first: boolean; second: boolean };
  /** The names of TARGET_HEADERS. */
  headerNames: readonly string[];
  /** The variables of the shell that hold tokens, headers and the passphrase. */
  variables: SecretVariables;
  /** Shell words for files, as in PemFile. */
  ca: string | null;
  client: { certificate: string; key: string; hasPassphrase: boolean } | null;
  isVerified: boolean;
  /** Whether a proxy stands in between, unless NO_PROXY names the host. */
  isProxied?: boolean;
  /** Which proxy other programs would not choose by themselves. */
  proxy: 'usual' | 'none' | 'upper-case';
};

/** Without credentials of Keystone's, headers, files or proxies. */
export const directAccess: Access = {
  isIssued: { first: false, second: false },
  headerNames: [],
  variables: secretVariables,
  ca: null,
  client: null,
  isVerified: true,
  proxy: 'usual',
};

/** The part of a configuration that says how a target is reached. */
type Reaching = { keystone: KeystoneLogins; headers: TargetHeaders; heldBy: SecretVariables; network: Network };

/** The access to an origin. */
export function accessOf({ keystone, headers, heldBy, network }: Reaching, { origin }: { origin: string }): Access {
  const { ca, client, unverified } = network.tls;
  const isTls = origin.startsWith('https:');
  return {
    isIssued: { first: keystone.first !== null, second: keystone.second !== null },
    headerNames: Object.keys(headers),
    variables: heldBy,
    ca: isTls ? (ca?.shell ?? null) : null,
    client:
      isTls && client
        ? {
            certificate: client.certificate.shell,
            key: client.key.shell,
            hasPassphrase: client.passphrase !== null,
          }
        : null,
    isVerified: !isTls || unverified === null,
    isProxied:
      !origin.startsWith('file:') &&
      (network.proxies.http !== null || network.proxies.https !== null) &&
      isProxied(origin, network.proxies),
    proxy: proxyOf(origin, network),
  };
}

function proxyOf(origin: string, { proxies }: Network): Access['proxy'] {
  const isAny = proxies.http !== null || proxies.https !== null;
  if (isAny && isLoopback(origin)) return 'none';
  // Others read HTTP_PROXY in lower case only: in upper case a CGI program's client could set it.
  const isUpper = origin.startsWith('http:') && proxies.http?.variable === 'HTTP_PROXY';
  return isUpper ? 'upper-case' : 'usual';
}
