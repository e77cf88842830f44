import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The passphrase of client-encrypted.key. */
export const passphrase = 'passphrase-of-the-proofs';

/** The path of a fixture; proofs/fixtures/make-certificates tells how they came to be. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
}

/** How a TLS server of the proofs shows who it is; `asksForClient`: it wants to know who the client is, too. */
export function serverTls(asksForClient = false) {
  const read = (name: string) => readFileSync(fixture(name), 'utf8');
  const own = { cert: read('server.pem'), key: read('server.key') };
  return asksForClient ? { ...own, ca: read('authority.pem'), requestCert: true, rejectUnauthorized: true } : own;
}
