import { DEFAULTS_CONNECTION } from './inventory.ts';
import type { Json } from './json.ts';
import { ofFirstProject } from './variants/stored.ts';
import type { World } from './world.ts';

/** Members that no client gives at creation: the target makes them. */
const MADE_BY_TARGET = ['id', 'status', 'project_id', 'tenant_id', 'local_id'];

/**
 * The values that the first project's connections were created with, by id: every value of each, but for the one that
 * was created with defaults.
 *
 * @param world the world, as it was made
 * @returns the values given, as a file of known connections says them
 */
export function knownConnections(world: World): { by: { member: 'id'; value: string }; given: Record<string, Json> }[] {
  return ofFirstProject(world).map((element) => ({
    by: { member: 'id', value: String(element.id) },
    given:
      element.name === DEFAULTS_CONNECTION
        ? { name: DEFAULTS_CONNECTION }
        : Object.fromEntries(
            Object.entries(structuredClone(element)).filter(([name]) => !MADE_BY_TARGET.includes(name)),
          ),
  }));
}
