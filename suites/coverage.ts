import { parameters } from '../harness/contract.ts';
import type { Coverage, EnumCoverage, ParameterCoverage } from '../harness/coverage.ts';
import type { Observations } from '../harness/observations.ts';
import { pointer, valueAt } from '../harness/pointer.ts';
import { isObject } from '../harness/reading.ts';
import { defaultsCheckedOn } from './defaults.ts';
import { undefinedTreatments } from './undefined-names.ts';

/** The coverage of what was observed. */
export function coverageOf(observations: Observations): Coverage {
  const lists = observations.fullLists.flatMap(({ elements }) => (elements ? [elements.filter(isObject)] : []));
  const [first = []] = lists;
  return {
    parameters: parameters.map(({ name, path }) => countPresence(name, first, path)),
    enums: parameters.flatMap(({ name, path, schema }) => {
      const named = [schema.enum, ...(schema.allOf ?? []).map((node) => node.enum)].find((each) => each !== undefined);
      return named ? [countValues(name, named.map(String), lists.flat(), path)] : [];
    }),
    defaults: parameters
      .filter(({ schema }) => schema.default !== undefined)
      .map((parameter) => ({ name: parameter.name, connections: defaultsCheckedOn(observations, parameter) })),
    undefinedNames: undefinedTreatments(observations),
  };
}

type Element = Readonly<Record<string, unknown>>;

function countPresence(name: string, elements: readonly Element[], path: readonly string[]): ParameterCoverage {
  const found = elements.map((element) => valueAt(element, pointer(path)));
  const absent = found.filter((value) => value === undefined).length;
  const nulls = found.filter((value) => value === null).length;
  return { name, seen: found.length - absent - nulls, null: nulls, absent };
}

function countValues(
  name: string,
  named: readonly string[],
  elements: readonly Element[],
  path: readonly string[],
): EnumCoverage {
  const values = new Set(elements.map((element) => valueAt(element, pointer(path))));
  const isSeen = (value: string) => values.has(value);
  const others = [...values].filter((value) => typeof value === 'string' && !named.includes(value)).length;
  return { name, seen: named.filter(isSeen), unseen: named.filter((value) => !isSeen(value)), others };
}
