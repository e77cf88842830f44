import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { createSecureContext } from 'node:tls';
import { ConfigurationError } from '../base/configuration-error.ts';
import { shellQuoted } from '../base/shell.ts';
import type { PemFile, Tls } from './network.ts';

/** A path as the user gave it: in a variable, or in a member of clouds.yaml. */
export type PathSource = { kind: 'variable' | 'member'; name: string; path: string };

/** Where TLS settings come from. */
export type TlsSources = {
  ca: PathSource | null;
  certificate: PathSource | null;
  /** Null: the key is in the certificate's file. */
  key: PathSource | null;
  passphrase: string | null;
  unverified: string | null;
};

/**
 * Reads the files of TLS settings, and makes sure that they can be used.
 * @throws ConfigurationError one line that names the variable or member
 */
export function readTls({ ca, certificate, key, passphrase, unverified }: TlsSources): Tls {
  const authority = ca === null ? null : readPem(ca);
  if (authority !== null) checkCertificate(ca as PathSource, authority.pem);
  if (certificate === null) {
    if (key !== null) throw new ConfigurationError(`${key.name} is set without a certificate`);
    return { ca: authority, client: null, unverified };
  }
  const client = {
    certificate: readPem(certificate),
    key: readPem(key ?? certificate),
    passphrase,
  };
  checkCertificate(certificate, client.certificate.pem);
  checkPair((key ?? certificate).name, client);
  return { ca: authority, client, unverified };
}

function readPem({ kind, name, path }: PathSource): PemFile {
  const expanded = path.replace(/^~(?=\/|$)/, homedir());
  const shell = kind === 'variable' ? `"$${name}"` : shellQuoted(expanded);
  try {
    return { pem: readFileSync(expanded, 'utf8'), shell };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigurationError(`${name} cannot be read: ${expanded} (${code})`);
  }
}

function checkCertificate({ name, path }: PathSource, pem: string): void {
  const [begin] = /-----BEGIN (TRUSTED )?CERTIFICATE-----/.exec(pem) ?? [];
  try {
    if (begin !== undefined) new X509Certificate(pem.slice(pem.indexOf(begin)));
    else throw new Error();
  } catch {
    throw new ConfigurationError(`${name} holds no certificate in PEM form: ${path}`);
  }
}

function checkPair(name: string, { certificate, key, passphrase }: Tls['client'] & object): void {
  try {
    createSecureContext({ cert: certificate.pem, key: key.pem, ...(passphrase === null ? {} : { passphrase }) });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new ConfigurationError(`${name} ${keyTrouble.find(([pattern]) => pattern.test(code))?.[1]} (${code})`);
  }
}

/** OpenSSL's error codes in words for a user. */
const keyTrouble: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/MISMATCH/, 'is not the key of the certificate'],
  [/INTERRUPTED|BAD_DECRYPT|BAD_PASSWORD|MISSING_PASSPHRASE|CIPHER/, 'needs a passphrase, or another one'],
  [/NO_START_LINE|DECODER|UNSUPPORTED/, 'holds no key in PEM form that can be read'],
  [/(?:)/, 'cannot be used with the certificate'],
];
