import type { Network, Proxies } from '../http/network.ts';
import { type PathSource, readTls } from '../http/tls-files.ts';

/** Environment variables on TLS with the target. */
export type NetworkVariables = {
  TARGET_CA?: string;
  TARGET_CERT?: string;
  TARGET_KEY?: string;
  TARGET_KEY_PASSPHRASE?: string;
  TARGET_INSECURE?: '0' | '1';
};

/**
 * Reads how the target is reached. What is said of it wins; for the rest, what is said of Keystone holds.
 * @param fallback how Keystone is reached over TLS
 * @throws ConfigurationError where a file cannot be read or used
 */
export function readTargetNetwork(variables: NetworkVariables, fallback: Network['tls'], proxies: Proxies): Network {
  const { TARGET_CA, TARGET_CERT, TARGET_KEY, TARGET_KEY_PASSPHRASE, TARGET_INSECURE } = variables;
  const own = readTls({
    ca: pathSource('TARGET_CA', TARGET_CA),
    certificate: pathSource('TARGET_CERT', TARGET_CERT),
    key: pathSource('TARGET_KEY', TARGET_KEY),
    passphrase: TARGET_KEY_PASSPHRASE ?? null,
    unverified: TARGET_INSECURE === '1' ? 'TARGET_INSECURE' : null,
  });
  // Whoever names an authority, or says 0, wants the target verified, whatever holds for Keystone.
  const isVerified = own.ca !== null || TARGET_INSECURE === '0';
  const tls = {
    ca: own.ca ?? fallback.ca,
    client: own.client ?? fallback.client,
    unverified: own.unverified ?? (isVerified ? null : fallback.unverified),
  };
  return { tls, proxies };
}

/** A warning for each origin whose certificate nobody verifies. */
export function unverifiedWarning(origin: string, { unverified }: Network['tls']): readonly string[] {
  if (unverified === null || !origin.startsWith('https:')) return [];
  return [
    `WARNING: the certificate of ${origin} is not verified (${unverified}): anybody on the way may answer in its place, ` +
      'and read the credentials',
  ];
}

function pathSource(name: string, path: string | undefined): PathSource | null {
  return path === undefined ? null : { kind: 'variable', name, path };
}
