import { createApi } from '../reference/api.ts';
import { faults } from '../reference/faults/all.ts';
import type { ApiFault } from '../reference/faults/fault.ts';
import { type Served, serve } from '../reference/server.ts';
import { createWorld } from '../reference/world.ts';

/**
 * Serves the embedded target, which asks for no credentials, under faults of what is answered, each on top of the last.
 */
export function serveFaulty(names: readonly string[] = [], items = 12): Promise<Served> {
  const world = createWorld({ seed: 1, items });
  return serve(names.reduce((api, name) => apiFaultNamed(name).wrap(api, world), createApi(world)));
}

function apiFaultNamed(name: string): ApiFault {
  const found = faults.find((fault) => fault.name === name);
  if (found?.kind !== 'api') throw new Error(`there is no fault of what is answered with the name ${name}`);
  return found;
}
