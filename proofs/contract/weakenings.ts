import { pointer } from '../../harness/base/pointer.ts';

/** JSON Schema, as this walk sees it. */
type Node = { readonly [keyword: string]: unknown };

/** A schema in which one keyword says less, or something else. */
export type Weakening = {
  /** Where the keyword stands: a JSON pointer into the schema. */
  at: string;
  /** The path to it, the keyword last. */
  path: readonly string[];
  /** The change that was made, for the line of a failing proof. */
  what: string;
  weakened: Node;
};

/** Keywords that speak to a reader, and state nothing. */
const prose: ReadonlySet<string> = new Set(['$schema', 'title', 'description']);

/** Keywords whose value holds schemas, by how it holds them. */
const nesting: Readonly<Record<string, (value: unknown) => readonly (readonly string[])[]>> = {
  properties: (value) => Object.keys(value as object).map((name) => [name]),
  items: () => [[]],
  allOf: (value) => (value as unknown[]).map((_, index) => [String(index)]),
};

/** Other values of a keyword, each with what it is: weaker, or another statement. */
const others: Readonly<Record<string, (value: unknown) => readonly (readonly [what: string, value: unknown])[]>> = {
  type: (value) => [
    ['also takes null', [value, 'null']],
    ...(value === 'integer' ? [['is number', 'number'] as const] : []),
  ],
  enum: (value) => [
    ...(value as unknown[]).map((each, index) => [`lacks ${JSON.stringify(each)}`, dropAt(value, index)] as const),
    ['also has an empty string', [...(value as unknown[]), '']],
  ],
  required: (value) => (value as unknown[]).map((each, index) => [`lacks ${each}`, dropAt(value, index)] as const),
  pattern: (value) =>
    [
      ['has no beginning', String(value).replace(/^\^/, '')],
      ['has no end', String(value).replace(/\$$/, '')],
      ['takes nothing too', String(value).replaceAll('+', '*')],
    ].filter(([, pattern]) => pattern !== value) as [string, string][],
  minimum: nextTo,
  minLength: nextTo,
  minItems: nextTo,
  default: () => [['is another', 'another']],
  projectable: (value) => [['is the opposite', !value]],
  requirement: (value) => {
    const { level } = value as { level?: string };
    return level === undefined ? [] : [['has another level', { ...(value as object), level: swapped(level) }]];
  },
};

/** Every way in which one keyword of a schema is left out or says something else. */
export function weakenings(schema: Node): readonly Weakening[] {
  return nodesOf(schema, []).flatMap(({ node, path }) =>
    Object.entries(node)
      .filter(([keyword]) => !prose.has(keyword))
      .flatMap(([keyword, value]) => {
        const here = [...path, keyword];
        const one = (what: string, weakened: Node): Weakening => ({ at: pointer(here), path: here, what, weakened });
        return [
          one('is left out', without(schema, here)),
          ...membersOf(keyword, value).map((name) => one(`lacks ${name}`, without(schema, [...here, name]))),
          ...(others[keyword]?.(value) ?? []).map(([what, other]) => one(what, replaced(schema, here, other))),
        ];
      }),
  );
}

/** The entries that can be taken out of a keyword which holds several by name or place. */
function membersOf(keyword: string, value: unknown): readonly string[] {
  return ['properties', 'allOf', 'row', 'requirement'].includes(keyword) ? Object.keys(value as object) : [];
}

function nodesOf(node: Node, path: readonly string[]): { node: Node; path: readonly string[] }[] {
  const below = Object.entries(nesting).flatMap(([keyword, places]) =>
    node[keyword] === undefined
      ? []
      : places(node[keyword]).flatMap((steps) => {
          const child = steps.reduce((at, step) => (at as Node)[step], node[keyword]);
          return nodesOf(child as Node, [...path, keyword, ...steps]);
        }),
  );
  return [{ node, path }, ...below];
}

function without(schema: Node, path: readonly string[]): Node {
  return replaced(schema, path, undefined);
}

/** A copy of a schema with another value at a path, and nothing at all there where the value is undefined. */
function replaced<T>(schema: T, [step, ...rest]: readonly string[], value: unknown): T {
  if (step === undefined) return value as T;
  if (Array.isArray(schema)) {
    const index = Number(step);
    const item = replaced(schema[index], rest, value);
    return (item === undefined ? dropAt(schema, index) : schema.with(index, item)) as T;
  }
  const child = replaced((schema as Node)[step], rest, value);
  const entries = Object.entries(schema as Node).map(([name, each]) => [name, name === step ? child : each] as const);
  return Object.fromEntries(entries.filter(([, each]) => each !== undefined)) as T;
}

function dropAt(list: unknown, index: number): unknown[] {
  return (list as unknown[]).toSpliced(index, 1);
}

function nextTo(value: unknown): readonly (readonly [what: string, value: unknown])[] {
  return [
    ['is one less', Number(value) - 1],
    ['is one more', Number(value) + 1],
  ];
}

function swapped(level: string): string {
  return level === 'SHOULD' ? 'MAY' : 'SHOULD';
}
