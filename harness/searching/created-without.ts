import type { Observation } from '../answers/observation.ts';
import { pointer, valueAt } from '../base/pointer.ts';
import type { KnownConnection } from '../configuration/known-connections.ts';
import type { Parameter } from '../contract/schema-node.ts';
import type { Observations } from '../judging/observations.ts';
import { connectionsNamed } from './connection-data.ts';

/** How many connections that were created without a value are listed, and so show its default. */
export function defaultsCheckedOn(observations: Observations, parameter: Parameter): number {
  return createdWithout(observations, parameter).filter((wanted) =>
    observations.fullLists.some((observation) => matching(observations, observation, wanted).length === 1),
  ).length;
}

/**
 * The connections created without a value: those that DEFAULTS_CONNECTION names, and known ones that were not given it.
 */
export function createdWithout({ settings }: Observations, { path }: Parameter): readonly string[] {
  const wasGiven = ({ given }: KnownConnection) => valueAt(given, pointer(path)) !== undefined;
  const known = settings.knownConnections.filter((connection) => !wasGiven(connection)).map(({ by }) => by.value);
  return [...settings.defaultsConnections, ...known];
}

/** Where a connection stands in a list, by id or name; an id wins over a name. */
export function matching(
  observations: Observations,
  { facts: { list } }: Observation,
  wanted: string,
): readonly number[] {
  const byId = connectionsNamed(observations, list, { member: 'id', value: wanted });
  return byId.length > 0 ? byId : connectionsNamed(observations, list, { member: 'name', value: wanted });
}
