import { undefinedTreatments } from '../comparing/undefined-names.ts';
import type { Texts } from '../json/texts.ts';
import type { Observations } from '../judging/observations.ts';
import type { ListFacts } from '../lists/list-facts.ts';
import { defaultsCheckedOn } from '../searching/created-without.ts';

/** How often a parameter was there, null, or absent, over the elements of the first full list. */
export type ParameterCoverage = { name: string; seen: number; null: number; absent: number };

/** Which of its named values a parameter had in any full list; how many values it had beside these. */
export type EnumCoverage = { name: string; seen: readonly string[]; unseen: readonly string[]; others: number };

/** The coverage of a run: the part of the contract of which it saw anything. */
export type Coverage = {
  parameters: readonly ParameterCoverage[];
  enums: readonly EnumCoverage[];
  /** For each parameter with a default, how many connections it was checked on. */
  defaults: readonly { name: string; connections: number }[];
  /** How each name that `fields` is not defined for was treated, alone and beside id; null where it was not seen. */
  undefinedNames: readonly { name: string; alone: string | null; beside: string | null }[];
};

/** The coverage of what was observed. */
export function coverageOf(observations: Observations): Coverage {
  const { texts, fullLists, contract } = observations;
  const { parameters } = contract;
  const lists = fullLists.flatMap(({ facts }) => facts.list ?? []);
  return {
    parameters: parameters.map(({ name }) => countPresence(texts, name, lists[0])),
    enums: parameters.flatMap(({ name, schema }) => {
      const named = [schema.enum, ...(schema.allOf ?? []).map((node) => node.enum)].find((each) => each !== undefined);
      return named ? [countValues(texts, name, named.map(String), lists)] : [];
    }),
    defaults: parameters
      .filter(({ schema }) => schema.default !== undefined)
      .map((parameter) => ({ name: parameter.name, connections: defaultsCheckedOn(observations, parameter) })),
    undefinedNames: undefinedTreatments(observations),
  };
}

function countPresence(texts: Texts, name: string, list: ListFacts | undefined): ParameterCoverage {
  const objects = (list?.length ?? 0) - (list?.notObjects.count ?? 0);
  const column = list?.values.get(name) ?? new Int32Array();
  const nothing = texts.idOf(null);
  let there = 0;
  let nulls = 0;
  for (const id of column) {
    if (id !== 0) there += 1;
    if (id === nothing) nulls += 1;
  }
  return { name, seen: there - nulls, null: nulls, absent: objects - there };
}

function countValues(texts: Texts, name: string, named: readonly string[], lists: readonly ListFacts[]): EnumCoverage {
  const columns = new Set(lists.flatMap(({ values }) => values.get(name) ?? []));
  const ids = new Set([...columns].flatMap((column) => [...new Set(column)]));
  const values = new Set([...ids].map((id) => texts.value(id)));
  const isSeen = (value: string) => values.has(value);
  const others = [...values].filter((value) => typeof value === 'string' && !named.includes(value)).length;
  return { name, seen: named.filter(isSeen), unseen: named.filter((value) => !isSeen(value)), others };
}
