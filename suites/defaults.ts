import type { Observation } from '../harness/answers/observation.ts';
import { isObject } from '../harness/base/is-object.ts';
import { pointer } from '../harness/base/pointer.ts';
import { isPaged } from '../harness/comparing/living-inventory.ts';
import type { Contract } from '../harness/contract/contract.ts';
import type { Parameter, SchemaType } from '../harness/contract/schema-node.ts';
import { wrapper } from '../harness/contract/wrapper.ts';
import type { AnswerTally } from '../harness/judging/answer-tally.ts';
import { blockerOfElements } from '../harness/judging/frame.ts';
import type { Observations } from '../harness/judging/observations.ts';
import type { Requirement } from '../harness/judging/requirement.ts';
import { blockedBy, conforms, departs, silent, verdictOf, withoutAnswers } from '../harness/judging/tally.ts';
import { type Verdict, value } from '../harness/judging/verdict.ts';
import { valueNumberAt } from '../harness/lists/list-facts.ts';
import { theList } from '../harness/probes/probe.ts';
import { createdWithout, matching } from '../harness/searching/created-without.ts';

/** Defaults of a connection that the user says was created without these values. */
export const defaultsOf = ({ parameters }: Contract): readonly Requirement[] =>
  parameters
    .filter(({ schema }) => schema.default !== undefined)
    .map(
      (parameter): Requirement => ({
        id: `defaults.${parameter.name}`,
        level: 'MUST',
        title: `${parameter.name} of a connection created without it is ${JSON.stringify(parameter.schema.default)}`,
        clause: 'defaults',
        source: `Table ${parameter.row.table}, row ${parameter.row.row} (${parameter.row.parameter}: default)`,
        needs: 'a connection',
        probes: theList,
        judge: (observations) => judgeDefault(observations, parameter),
      }),
    );

function judgeDefault(observations: Observations, parameter: Parameter): Verdict {
  const defaultsConnections = createdWithout(observations, parameter);
  if (defaultsConnections.length === 0) {
    const remedy =
      'set DEFAULTS_CONNECTION to the id or name of a connection created without the values that have defaults';
    return { kind: 'inconclusive', reason: 'a list does not show which values were given at creation', remedy };
  }
  const found = defaultsConnections.map((wanted) => ({ wanted, problem: problemOf(observations, wanted) }));
  const tallies = observations.fullLists.flatMap((observation) =>
    found
      .filter(({ problem }) => !problem)
      .map(({ wanted }) => judgeList(observations, observation, wanted, parameter)),
  );
  const nothing = { reason: 'no full list came' };
  const verdict = verdictOf(tallies, 'connections', withoutAnswers(observations, nothing));
  const problem = found.find((each) => each.problem)?.problem;
  // A named connection that was not judged is a gap that the user believes closed.
  return problem && verdict.kind !== 'fail' ? { kind: 'inconclusive', ...problem } : verdict;
}

/** Why a named connection cannot be judged; undefined where it can. */
function problemOf(observations: Observations, wanted: string): { reason: string; remedy: string } | undefined {
  const readable = observations.fullLists.filter(({ facts }) => facts.list);
  const counts = readable.map((observation) => matching(observations, observation, wanted).length);
  if (readable.length === 0) return undefined;
  const name = 'a connection said to be created without it';
  if (counts.some((count) => count > 1))
    return { reason: `${name} fits several`, remedy: 'give its id instead of its name' };
  if (counts.some((count) => count === 1)) return undefined;
  const paged = readable.some(isPaged);
  return {
    reason: `${name} is not listed${paged ? ': the list is paged' : ''}`,
    remedy: 'name one that the list shows',
  };
}

function judgeList(
  observations: Observations,
  observation: Observation,
  wanted: string,
  { path, name, schema }: Parameter,
): AnswerTally {
  const { list } = observation.facts;
  const blocker = blockerOfElements(observation);
  if (blocker !== undefined || !list) return blockedBy(blocker ?? 'envelope.wrapper');
  const [index] = matching(observations, observation, wanted);
  if (index === undefined) return silent;
  const at = (steps: readonly string[]) =>
    observations.texts.value(valueNumberAt(list.values.get(steps.join('.')), index));
  // A missing member, or one of a wrong type, is blamed by its own requirement.
  const [holder = ''] = path;
  if (at([holder]) === undefined) return blockedBy(`parameters.presence.${holder}`);
  const found = at(path);
  if (found === undefined) {
    return blockedBy(isObject(at([holder])) ? `parameters.presence.${name}` : `parameters.type.${holder}`);
  }
  if (found === schema.default) return conforms;
  if (!hasType(found, schema.type)) return blockedBy(`parameters.type.${name}`);
  return departs({
    observation,
    pointer: pointer([wrapper, index, ...path]),
    expected: `the default ${JSON.stringify(schema.default)}, for the connection was created without it`,
    actual: value(found),
    hint: 'DEFAULTS_CONNECTION or KNOWN_CONNECTIONS says that this connection was created without the value.',
  });
}

function hasType(found: unknown, type: SchemaType | undefined): boolean {
  return type === 'integer' ? Number.isInteger(found) : typeof found === type;
}
