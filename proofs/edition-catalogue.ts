import type { Contract } from '../harness/contract/contract.ts';
import { editions, contract as usual } from '../harness/contract/editions.ts';
import type { Parameter } from '../harness/contract/schema-node.ts';
import type { Requirement } from '../harness/judging/requirement.ts';
import { probesOfOthers } from '../harness/run/other-editions.ts';
import { requirementsOf } from '../suites/requirements.ts';
import { settings } from './observe-fault.ts';

/** How many requests a run of the default edition makes for the others. */
function moreRequests(): number {
  const others = editions.filter((each) => each !== usual);
  const wanted = others.map((contract) => ({ contract, requirements: requirementsOf(contract) }));
  return probesOfOthers(requirementsOf(usual), wanted, settings).length;
}

/** docs/editions.md: what each edition of the page has that the default has not, row by row. */
export function editionCatalogue(): string {
  const others = editions.filter((each) => each !== usual);
  return `${[
    '# Editions',
    '',
    '<!-- Written by `npm run catalogue`; `npm run check` fails when it is out of date. -->',
    '',
    'The page has several published editions. `EDITION` names the one that a target is held to; a run also says how the',
    'target stands with each other one, by its MUSTs, and which one it is nearest to. For that, the requests are made too that',
    `these MUSTs rest on, each once: ${moreRequests()} more under the default edition. Where the different lists of a run are more`,
    'than 128 MiB in all, only the edition of the run is judged.',
    '',
    '| edition | page | revision | published | `fields` | names for it | requirements |',
    '|---|---|---|---|---|---|---|',
    ...editions.map((contract) => {
      const { name, page, revision, origin, fields } = contract.edition;
      const names = String(contract.projectableNames.length);
      return row([`\`${name}\``, page, revision, origin, fields, names, String(requirementsOf(contract).length)]);
    }),
    ...others.flatMap(section),
  ].join('\n')}\n`;
}

function section(contract: Contract): string[] {
  const [before, after] = [requirementsOf(usual), requirementsOf(contract)];
  const known = new Map(before.map((each) => [each.id, each]));
  const own = new Set(after.map(({ id }) => id));
  const added = after.filter(({ id }) => !known.has(id));
  const gone = before.filter(({ id }) => !own.has(id));
  const other = after.filter((each) => {
    const was = known.get(each.id);
    return was !== undefined && (was.level !== each.level || was.title !== each.title);
  });
  return [
    '',
    `## ${contract.edition.name}`,
    '',
    '### Rows',
    '',
    ...table(['parameter', 'here', `in ${usual.edition.name}`], rowDifferences(contract)),
    '',
    '### Requirements',
    '',
    ...table(
      ['id', 'here', `in ${usual.edition.name}`],
      [
        ...added.map((each) => [`\`${each.id}\``, told(each), 'none']),
        ...other.map((each) => [`\`${each.id}\``, told(each), told(known.get(each.id) as Requirement)]),
        ...gone.map((each) => [`\`${each.id}\``, 'none', told(each)]),
      ],
    ),
    '',
    '### What its silences are read as',
    '',
    ...contract.errata
      .filter(({ id }) => !usual.errata.some((each) => each.id === id))
      .map(({ id, finding, decision }) => `- *${id}*: ${finding} ${decision}`),
  ];
}

function told({ level, title }: Requirement): string {
  return `${level}: ${title}`;
}

function rowDifferences(contract: Contract): string[][] {
  const names = [...new Set([...usual.parameters, ...contract.parameters].map(({ name }) => name))];
  return names.flatMap((name) => {
    const [was, is] = [usual, contract].map(({ parameters }) => parameters.find((each) => each.name === name));
    const [before, after] = [was, is].map((each) => (each ? describe(each) : 'no row'));
    return before === after ? [] : [[`\`${name}\``, after ?? '', before ?? '']];
  });
}

function describe({ schema, isRequired }: Parameter): string {
  const type = schema.items ? `${schema.type} of ${schema.items.type}s` : String(schema.type);
  return [
    type,
    ...(isRequired ? [] : ['optional']),
    ...(schema.enum ? [`one of ${schema.enum.join(', ')}`] : []),
    ...(schema.default === undefined ? [] : [`default ${JSON.stringify(schema.default)}`]),
    ...(schema.deprecated ? ['deprecated'] : []),
    ...(schema.projectable ? ['a name for fields'] : []),
  ].join('; ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? ['None.'] : [row(head), row(head.map(() => '---')), ...rows.map(row)];
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
