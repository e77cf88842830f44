import { type JsonType, type Parameter, parameters, type Row, resolve, type SchemaNode } from './contract.ts';
import type { Level } from './verdict.ts';

/** Which suite a rule belongs to: it begins the rule's id. */
export type RuleSuite = 'parameters' | 'enums' | 'forms';

/** One statement of the schema about one member: the walk of the schema makes these, suites turn them into requirements. */
export type Rule = {
  id: string;
  suite: RuleSuite;
  level: Level;
  title: string;
  source: string;
  row: Row;
  /** The member within an element; `*` stands for each item of an array. */
  path: readonly string[];
  /** The type that a value has when the rule can judge it; null for presence and type, which judge any. */
  judges: JsonType | null;
  /** An empty string is no value to judge. */
  nonEmpty: boolean;
  /** In words, for a failure. */
  expected: string;
};

/** The property's own keywords are MUST rules; the keyword decides the suite. */
const ownKeywords = {
  type: 'parameters',
  enum: 'enums',
  pattern: 'forms',
  minLength: 'forms',
} as const satisfies Record<string, RuleSuite>;

const byNode = new Map<SchemaNode, Map<string, Rule>>();
const presenceByPath = new Map<string, Rule>();

/** Every rule that the schemas state, row by row. */
export const rules: readonly Rule[] = parameters.flatMap((parameter) => [presence(parameter), ...walk(parameter)]);

/**
 * The rule that an Ajv error breaks.
 * @param node the schema node that holds the keyword
 * @param missing for `required`: the path of the missing member
 */
export function ruleOf(node: SchemaNode, keyword: string, missing?: readonly string[]): Rule {
  const rule = missing ? presenceByPath.get(missing.join('.')) : byNode.get(node)?.get(keyword);
  if (!rule) throw new Error(`no rule stands for the keyword ${keyword} (${missing?.join('.') ?? 'in the contract'})`);
  return rule;
}

function presence(parameter: Parameter): Rule {
  const rule: Rule = {
    id: `parameters.presence.${parameter.name}`,
    suite: 'parameters',
    level: 'MUST',
    title: `${parameter.name} is in every element of the unprojected list`,
    source: `Table 1 (fields: without it all are returned); ${rowSource(parameter.row)}`,
    row: parameter.row,
    path: parameter.path,
    judges: null,
    nonEmpty: false,
    expected: `a member ${parameter.path.at(-1)}`,
  };
  presenceByPath.set(parameter.name, rule);
  return rule;
}

function walk(parameter: Parameter): Rule[] {
  const { schema, path } = parameter;
  const type = ownRule(parameter, schema, path, 'type');
  const made = [type, ...ruleNodes(parameter, schema, path, schema.type ?? null)];
  if (schema.items) {
    // A wrong type within the array is the array's: List<String> is one type of the table.
    register(schema.items, 'type', type);
    made.push(...ruleNodes(parameter, schema.items, [...path, '*'], schema.items.type ?? null));
  }
  const target = resolve(schema);
  if (target !== schema) register(target, 'type', type);
  return made;
}

function ruleNodes(parameter: Parameter, node: SchemaNode, path: readonly string[], judges: JsonType | null): Rule[] {
  const own = (['enum', 'pattern', 'minLength'] as const)
    .filter((keyword) => node[keyword] !== undefined)
    .map((keyword) => ownRule(parameter, node, path, keyword));
  const weaker = (node.allOf ?? []).map((weak): Rule => {
    const { requirement, ...keywords } = weak;
    if (!requirement) throw new Error(`a node of allOf under ${parameter.name} states no requirement`);
    const rule: Rule = {
      id: requirement.id,
      suite: requirement.id.startsWith('enums.') ? 'enums' : 'forms',
      level: requirement.level,
      title: requirement.title,
      source: requirement.source,
      row: parameter.row,
      path,
      judges,
      nonEmpty: requirement.judges === 'non-empty',
      expected: requirement.title,
    };
    for (const keyword of Object.keys(keywords)) register(weak, keyword, rule);
    return rule;
  });
  return [...own, ...weaker];
}

function ownRule(
  parameter: Parameter,
  node: SchemaNode,
  path: readonly string[],
  keyword: keyof typeof ownKeywords,
): Rule {
  const suite = ownKeywords[keyword];
  const { title, expected } = describeKeyword(parameter, node, keyword);
  const rule: Rule = {
    id: `${suite}.${keyword === 'type' ? 'type.' : ''}${parameter.name}`,
    suite,
    level: 'MUST',
    title,
    source: rowSource(parameter.row),
    row: parameter.row,
    path,
    judges: keyword === 'type' ? null : (node.type ?? null),
    nonEmpty: false,
    expected,
  };
  register(node, keyword, rule);
  return rule;
}

function describeKeyword(parameter: Parameter, node: SchemaNode, keyword: string): { title: string; expected: string } {
  const { name } = parameter;
  if (keyword === 'type') {
    const type = node.items ? `${node.type} of ${node.items.type}s` : String(node.type);
    return { title: `${name} is ${article(type)} ${type}`, expected: `${article(type)} ${type}` };
  }
  if (keyword === 'enum') {
    const values = (node.enum ?? []).map(String).join(', ');
    return { title: `${name} is one of its documented values`, expected: `one of ${values}, exactly so spelt` };
  }
  if (keyword === 'minLength') return { title: `${name} is not empty`, expected: 'a string that is not empty' };
  return { title: `each element of ${name} has the form <address>/<prefix>`, expected: '<address>/<prefix>' };
}

function register(node: SchemaNode, keyword: string, rule: Rule): void {
  const keywords = byNode.get(node) ?? new Map<string, Rule>();
  byNode.set(node, keywords.set(keyword, rule));
}

function rowSource(row: Row): string {
  return `Table ${row.table}, row ${row.row} (${row.parameter})`;
}

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? 'an' : 'a';
}
