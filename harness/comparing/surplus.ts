import type { Observation } from '../answers/observation.ts';
import { createNeedles } from '../base/needles.ts';
import { pointer } from '../base/pointer.ts';
import { wrapper } from '../contract/wrapper.ts';
import { type Collection, collect, emptyCollection } from '../judging/departure-groups.ts';
import type { Observations } from '../judging/observations.ts';
import { value } from '../judging/verdict.ts';
import { secretValues, tellingLength } from '../searching/connection-data.ts';

const secretHint = 'psk, a secret, is sent although nobody asked for it.';

/**
 * Members of a projected answer that nobody asked for, in its elements and beside the list (clauses `drift`,
 * `defined-names` and `projection-hides`). What stands beside the full list too, a count or the id of a request,
 * belongs to the wrapper: `fields` chooses members of connections, and never was asked about it. A psk there is a
 * secret sent unasked all the same.
 * @param names what was asked for
 * @param usual the names of what stands beside the full lists
 */
export function surplusMembers(
  observations: Observations,
  observation: Observation,
  names: readonly string[],
  usual: ReadonlySet<string>,
): Collection {
  const found = emptyCollection();
  collectInElements(found, observation, names);
  collectBeside(found, observations, observation, names, usual);
  return found;
}

function collectInElements(found: Collection, observation: Observation, names: readonly string[]): void {
  const { list } = observation.facts;
  if (!list) return;
  const wanted = new Set(names);
  const expected = `the members ${names.join(', ')} and no other`;
  // Elements have few shapes: what is surplus in one is found once.
  const surplusOf = new Map<number, readonly string[]>();
  for (const [index, shape] of list.shapes.entries()) {
    const surplus = surplusOf.get(shape) ?? (list.shapeNames[shape]?.names ?? []).filter((name) => !wanted.has(name));
    surplusOf.set(shape, surplus);
    if (surplus.length === 0) continue;
    const isSecret = surplus.some((name) => list.holdersOfPsk.has(name));
    const hint = isSecret ? { hint: secretHint } : {};
    collect(found, { observation, pointer: pointer([wrapper, index]), expected, actual: value({ surplus }), ...hint });
  }
}

function collectBeside(
  found: Collection,
  observations: Observations,
  observation: Observation,
  names: readonly string[],
  usual: ReadonlySet<string>,
): void {
  const { json } = observation.facts;
  const all = json?.ok ? json.root.beside : [];
  if (all.length === 0) return;
  const isTold = all.some(({ text }) => text.length >= tellingLength) ? keyFinder(observations) : () => false;
  const isSecret = ({ name, text }: { name: string; text: string }) =>
    !names.includes('psk') && (name === 'psk' || text.includes('"psk":') || isTold(text));
  const beside = all.filter((each) => !usual.has(each.name) || isSecret(each));
  if (beside.length === 0) return;
  collect(found, {
    observation,
    pointer: '',
    expected: 'nothing beside the list but what the full list has there',
    actual: value({ surplus: beside.map(({ name }) => name) }),
    ...(beside.some(isSecret) ? { hint: secretHint } : {}),
  });
}

/** Whether a JSON text shows the psk of a connection, under whatever name. */
function keyFinder(observations: Observations): (text: string) => boolean {
  const keys = [...secretValues(observations)].map((key) => JSON.stringify(key).slice(1, -1));
  return createNeedles(
    keys.map((text) => ({ text, found: text })),
    tellingLength,
  ).isIn;
}
