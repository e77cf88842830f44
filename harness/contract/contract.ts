import { createHash } from 'node:crypto';
import type { Ajv2020, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { createContractAjv } from '../base/ajv.ts';
import { expressionOf } from '../base/matches-id.ts';
import { type Rule, rulesOf } from './rules.ts';
import type { Parameter, SchemaNode } from './schema-node.ts';

/** A contradiction or a silence of the page, with its decision: an entry of an edition's errata.json. */
export type Erratum = {
  id: string;
  kind: string;
  /** The clause of docs/contract.md that says what the decision comes to. */
  clause: string;
  finding: string;
  decision: string;
  touches: readonly string[];
  /** The values that it explains a departure by; left out: it explains any. */
  explains?: readonly unknown[];
};

/** The facts of an edition beside its schemas: schemas/<name>/edition.json. */
export type Edition = {
  name: string;
  page: string;
  operation: string;
  revision: string;
  /** When it was published, as far as that is known: `2020-04`. */
  date: string;
  /** Where it is published. */
  origin: string;
  /** The meaning of `fields` in it, in words. */
  fields: string;
  /** Names that a note excludes from `fields`. */
  excluded: readonly string[];
  /** The sections that are cited where the page's tables have no numbers. */
  sections?: { request: string; response: string };
  /** Statements that are a MUST in it: requirement ids, with an asterisk for any run of characters, and the source. */
  must: readonly { requirements: readonly string[]; source: string }[];
};

/** The files of one edition, read. */
export type ContractSource = {
  edition: Edition;
  connection: object;
  dpd: object;
  list: object;
  errata: readonly Erratum[];
};

/** One edition of the contract, as a value: requirements are made from it, and answers are read by it. */
export type Contract = {
  edition: Edition;
  /** Which contract this is: the page, its revision, and what the schemas made of it. */
  identity: { edition?: string; page: string; operation: string; revision: string; schemas: string };
  /** Each with what it refers to before it. */
  schemas: readonly SchemaNode[];
  /** The rows of Table 2 as members of an element, in the order of the table. */
  parameters: readonly Parameter[];
  /** The names that `fields` is defined for: clause `defined-names`. */
  projectableNames: readonly string[];
  /** The names of the top-level rows. */
  topLevelNames: ReadonlySet<string>;
  /** The names of the rows that are members of dpd. */
  dpdMembers: readonly string[];
  /** Every rule that the schemas state, row by row. */
  rules: readonly Rule[];
  /** The page's contradictions and silences, each with its decision. */
  errata: readonly Erratum[];
  /** The errata that touch a requirement. */
  errataOf(id: string): readonly Erratum[];
  /**
   * Holds the value of a top-level member to its schema.
   * @returns Ajv's errors, each with the schema node it comes from; none where the value conforms
   */
  validate(name: string, value: unknown): readonly ErrorObject[];
  /**
   * The rule that an Ajv error breaks.
   * @param node the schema node that holds the keyword
   * @param missing for `required`: the path of the missing member, like `dpd.action`
   */
  ruleOf(node: SchemaNode, keyword: string, missing?: string): Rule;
};

/** Makes the contract of one edition. Its schemas are compiled when the first value is held to them. */
export function createContract(source: ContractSource): Contract {
  const { edition, errata } = source;
  const { page, operation, revision } = edition;
  const [dpd, connection, list] = [source.dpd, source.connection, source.list] as readonly SchemaNode[];
  const schemas = [dpd, connection, list] as readonly SchemaNode[];
  const byId = new Map(schemas.map((schema) => [schema.$id as string, schema]));
  const resolve = (node: SchemaNode) => (node.$ref === undefined ? node : (byId.get(node.$ref) ?? node));
  const parameters = parametersIn(connection as SchemaNode, [], resolve).sort(
    (a, b) => a.row.table - b.row.table || a.row.row - b.row.row,
  );
  const { rules, ruleOf } = rulesOf(parameters, resolve);
  const hash = createHash('sha256')
    .update(JSON.stringify([connection, dpd, list, errata]))
    .digest('hex');
  const touched = errata.map((erratum) => ({ erratum, patterns: erratum.touches.map(expressionOf) }));
  let ajv: Ajv2020 | undefined;
  const validators = new Map<string, ValidateFunction>();
  return {
    edition,
    identity: { edition: edition.name, page, operation, revision, schemas: `sha256:${hash}` },
    schemas,
    parameters,
    projectableNames: parameters.filter(({ schema }) => schema.projectable).map(({ name }) => name),
    topLevelNames: new Set(parameters.filter(({ path }) => path.length === 1).map(({ name }) => name)),
    dpdMembers: parameters.flatMap(({ path: [top, member] }) =>
      top === 'dpd' && member !== undefined ? [member] : [],
    ),
    rules,
    ruleOf,
    errata,
    errataOf: (id) =>
      touched.filter(({ patterns }) => patterns.some((pattern) => pattern.test(id))).map(({ erratum }) => erratum),
    validate(name, value) {
      ajv ??= createContractAjv().addSchema(dpd as object);
      const validate = validators.get(name) ?? ajv.compile(connection?.properties?.[name] as object);
      validators.set(name, validate);
      return validate(value) ? [] : (validate.errors ?? []);
    },
  };
}

function parametersIn(
  node: SchemaNode,
  path: readonly string[],
  resolve: (node: SchemaNode) => SchemaNode,
): Parameter[] {
  const { properties = {}, required = [] } = resolve(node);
  return Object.entries(properties).flatMap(([member, schema]) => {
    const at = [...path, member];
    if (!schema.row) throw new Error(`the contract's ${at.join('.')} names no table row`);
    const isRequired = required.includes(member);
    return [
      { path: at, name: at.join('.'), row: schema.row, schema, isRequired },
      ...parametersIn(schema, at, resolve),
    ];
  });
}
