import { type Level, strength } from './level.ts';
import type { Parameter, Row, SchemaNode, SchemaType } from './schema-node.ts';

/** Which suite a rule belongs to: it begins the rule's id. */
export type RuleSuite = 'parameters' | 'enums' | 'forms';

/**
 * One statement of the schema about one member: the walk of the schema makes these, suites turn them into requirements.
 */
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
  judges: SchemaType | null;
  /** An empty string is no value to judge. */
  nonEmpty: boolean;
  /** It speaks of the items of an array too: List<String> is one type of the table. */
  ofItems: boolean;
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

/** The rules of some parameters, and the way from an Ajv error to the rule that it breaks. */
export type Rules = {
  rules: readonly Rule[];
  ruleOf(node: SchemaNode, keyword: string, missing?: string): Rule;
};

/**
 * Walks the schemas of parameters.
 * @param resolve follows a reference from one schema to another
 */
export function rulesOf(parameters: readonly Parameter[], resolve: (node: SchemaNode) => SchemaNode): Rules {
  const byNode = new Map<SchemaNode, Map<string, Rule>>();
  const byMissing = new Map<string, Rule>();
  const register: Register = (node, keyword, rule) => {
    byNode.set(node, (byNode.get(node) ?? new Map<string, Rule>()).set(keyword, rule));
  };
  const rules = parameters.flatMap((parameter) => {
    const there = parameter.isRequired ? [presence(parameter)] : [];
    for (const rule of there) byMissing.set(parameter.name, rule);
    return [...there, ...walk(parameter, resolve, register)];
  });
  return {
    rules,
    ruleOf(node, keyword, missing) {
      const rule = missing ? byMissing.get(missing) : byNode.get(node)?.get(keyword);
      if (!rule) {
        throw new Error(`no rule stands for the keyword ${keyword} (${missing ?? 'in the contract'})`);
      }
      return rule;
    },
  };
}

/** Notes which rule a keyword of a schema node stands for. */
type Register = (node: SchemaNode, keyword: string, rule: Rule) => void;

function presence(parameter: Parameter): Rule {
  return {
    id: `parameters.presence.${parameter.name}`,
    suite: 'parameters',
    level: 'MUST',
    title: `${parameter.name} is in every element of the unprojected list`,
    source: `Table 1 (fields: without it all are returned); ${rowSource(parameter.row)}`,
    row: parameter.row,
    path: parameter.path,
    judges: null,
    nonEmpty: false,
    ofItems: false,
    expected: `a member ${parameter.path.at(-1)}`,
  };
}

function walk(parameter: Parameter, resolve: (node: SchemaNode) => SchemaNode, register: Register): Rule[] {
  const { schema, path } = parameter;
  const type = ownRule(parameter, schema, path, 'type', register);
  const made = [type, ...ruleNodes(parameter, schema, path, schema.type ?? null, register)];
  if (schema.items) {
    // A wrong type within the array is the array's: List<String> is one type of the table.
    register(schema.items, 'type', type);
    made.push(...ruleNodes(parameter, schema.items, [...path, '*'], schema.items.type ?? null, register));
  }
  const target = resolve(schema);
  if (target !== schema) register(target, 'type', type);
  return made;
}

function ruleNodes(
  parameter: Parameter,
  node: SchemaNode,
  path: readonly string[],
  judges: SchemaType | null,
  register: Register,
): Rule[] {
  const own = (['enum', 'pattern', 'minLength'] as const)
    .filter((keyword) => node[keyword] !== undefined)
    .map((keyword) => ownRule(parameter, node, path, keyword, register));
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
      ofItems: false,
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
  register: Register,
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
    ofItems: keyword === 'type' && node.items !== undefined,
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

function rowSource(row: Row): string {
  return `Table ${row.table}, row ${row.row} (${row.parameter})`;
}

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? 'an' : 'a';
}

/** Of the rules that are broken in one place, those that are blamed: its type, or else those of the strongest level. */
export function strongest(broken: readonly Rule[]): readonly Rule[] {
  const types = broken.filter(isType);
  if (types.length > 0) return types;
  const most = Math.max(...broken.map((rule) => strength[rule.level]));
  return broken.filter((rule) => strength[rule.level] === most);
}

export function isPresence(rule: Rule): boolean {
  return rule.id.startsWith('parameters.presence.');
}

export function isType(rule: Rule): boolean {
  return rule.id.startsWith('parameters.type.');
}
