import { makeInventory } from './inventory.ts';
import type { Element } from './json.ts';

/** A connection as stored: who owns it is kept beside it, so that no change of its members changes its owner. */
export type Stored = { owner: string; element: Element };

/** The data of a target. Faults change it in place; each target gets its own. */
export type World = {
  /** Connections of all projects, those of the first project first. */
  connections: Stored[];
  /** The project of the first token, and the only one seen where no token is asked for. */
  firstProject: string;
  secondProject: string;
  /** Project of each valid token; undefined where no token is asked for. */
  projects: ReadonlyMap<string, string> | undefined;
  /** Seed of the inventory, for whatever else is made up later. */
  seed: number;
  /** The name of the edition that the connections follow. */
  edition: string;
};

/**
 * Makes a world of April 2020, the same for the same options.
 *
 * @param options.seed seed of the inventory
 * @param options.items connections of the first project
 * @param options.tokens tokens of the two projects; without them nobody is asked for one
 * @returns a fresh world
 */
export function createWorld(options: {
  seed: number;
  items: number;
  tokens?: { first: string; second?: string };
}): World {
  const { first, second, connections } = makeInventory(options);
  return {
    connections: connections.map((element) => ({ owner: element.project_id, element })),
    firstProject: first,
    secondProject: second,
    projects: options.tokens && projectsOf(options.tokens, first, second),
    seed: options.seed,
    edition: '2020-04',
  };
}

function projectsOf(tokens: { first: string; second?: string }, first: string, second: string): Map<string, string> {
  const projects = new Map([[tokens.first, first]]);
  if (tokens.second !== undefined) projects.set(tokens.second, second);
  return projects;
}
