import type { Api } from '../http.ts';
import type { World } from '../world.ts';

/** From the conforming target to another one. It may change the world first: each target has a world of its own. */
export type Wrap = (api: Api, world: World) => Api;
