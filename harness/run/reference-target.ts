import { randomBytes } from 'node:crypto';
import { createApi } from '../../reference/api.ts';
import { inEdition } from '../../reference/editions.ts';
import { DEFAULTS_CONNECTION } from '../../reference/inventory.ts';
import { knownConnections } from '../../reference/known.ts';
import { serve } from '../../reference/server.ts';
import { createWorld } from '../../reference/world.ts';
import { type Configuration, readTarget } from '../configuration/configuration.ts';

const elementCount = 12;

/** Starts the embedded target on loopback, with tokens of its own, and configures the run for it. */
export async function startReference(
  given: Configuration,
): Promise<{ configuration: Configuration; close: () => Promise<void> }> {
  const credentials = { first: makeToken(), second: makeToken() };
  const world = inEdition(createWorld({ seed: given.seed, items: elementCount, tokens: credentials }), given.edition);
  const known = knownConnections(world);
  const { url, close } = await serve(createApi(world));
  const defaultsConnections = [DEFAULTS_CONNECTION];
  const configuration = {
    ...given,
    target: readTarget(url),
    credentials,
    defaultsConnections,
    knownConnections: known,
  };
  return { configuration, close };
}

/** Shaped like a Fernet token: letters of both cases, so that swapping them makes another. */
function makeToken(): string {
  return `gAAAAA${randomBytes(48).toString('base64url')}`;
}
