import { ConfigurationError } from '../base/configuration-error.ts';
import { type Client, type ClientOptions, createClient } from '../http/client.ts';
import type { Credentials } from '../http/credentials.ts';
import { issueToken } from './keystone.ts';
import type { KeystoneLogins } from './keystone-options.ts';
import type { Login } from './login.ts';

/**
 * Fetches new tokens in place of those that expired.
 * @returns the new tokens, for they are secrets; null where none is to be had
 */
export type Renew = () => Promise<readonly string[] | null>;

/** A client whose tokens can be renewed: requests after that carry the new ones. */
export type RenewableClient = Client & { renew: Renew };

/** Makes a client for a target whose tokens Keystone issued, as far as it did. */
export function createRenewableClient(options: ClientOptions, keystone: KeystoneLogins): RenewableClient {
  const clients = [createClient(options)];
  const current = () => clients.at(-1) as Client;
  return {
    transport: (probe) => current().transport(probe),
    async renew() {
      const fresh = await renewTokens(options, keystone);
      if (fresh === null) return null;
      clients.push(createClient({ ...options, credentials: fresh }));
      return [fresh.first, fresh.second].filter((token) => token !== null);
    },
    async close() {
      for (const client of clients) await client.close();
    },
  };
}

async function renewTokens(
  { credentials, timeoutMilliseconds }: ClientOptions,
  { first, second }: KeystoneLogins,
): Promise<Credentials | null> {
  if (first === null) return null;
  const renewed = async (login: Login | null, token: string | null) =>
    login === null ? token : (await issueToken(login, timeoutMilliseconds)).token;
  try {
    return { first: await renewed(first, credentials.first), second: await renewed(second, credentials.second) };
  } catch (error) {
    if (error instanceof ConfigurationError) return null;
    throw error;
  }
}
