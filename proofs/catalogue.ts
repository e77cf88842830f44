import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Contract } from '../harness/contract/contract.ts';
import { contract, editions } from '../harness/contract/editions.ts';
import type { Parameter } from '../harness/contract/schema-node.ts';
import type { Requirement } from '../harness/judging/requirement.ts';
import { suiteOf } from '../harness/results/report.ts';
import { faults } from '../reference/faults/all.ts';
import { requirements, requirementsOf } from '../suites/requirements.ts';
import { editionCatalogue } from './edition-catalogue.ts';
import { identities } from './identities.ts';
import { neverAlone } from './kill-matrix.ts';
import { idsOf } from './prove-faults.ts';
import { requirementPages } from './requirement-pages.ts';

const file = 'docs/requirements.md';
const usualIdentities = 'proofs/identity.snapshot.txt';

/** The most faults that are named for one requirement; the rest are counted. */
const namedFaults = 3;

/** Rows of the page that no requirement judges, each with the reason. None is left out today. */
const excludedRows: Readonly<Record<string, string>> = {};

/**
 * `npm run catalogue` writes the catalogue, and freezes the identity of requirements that are new; with `--check` it
 * fails where the catalogue is out of date.
 */
function main(): void {
  const texts = [
    [file, catalogue()],
    ['docs/editions.md', editionCatalogue()],
    ...requirementPages(),
    ['docs/requirements.json', `${JSON.stringify(data(), null, 1)}\n`],
  ] as const;
  if (!process.argv.includes('--check')) {
    mkdirSync('docs/requirements', { recursive: true });
    for (const [name, text] of texts) writeFileSync(name, text);
    for (const each of editions) freezeNew(each);
    return;
  }
  for (const [name, text] of texts) {
    if (!existsSync(name) || readFileSync(name, 'utf8') !== text) fail(`${name} is out of date: run npm run catalogue`);
  }
}

/** Ids, levels and titles that were published stay as they are; what changes or goes is for a person to write. */
function freezeNew(edition: Contract): void {
  const identityFile = edition === contract ? usualIdentities : `proofs/editions/${edition.edition.name}.snapshot.txt`;
  const frozen = existsSync(identityFile) ? readFileSync(identityFile, 'utf8').split('\n').filter(Boolean) : [];
  const today = identities(requirementsOf(edition));
  const lost = frozen.filter((line) => !today.includes(line));
  for (const line of lost) fail(`${identityFile} has a requirement that is no more, or is another: ${line}`);
  if (lost.length === 0) writeFileSync(identityFile, `${today.join('\n')}\n`);
}

function fail(line: string): void {
  process.stderr.write(`${line}\n`);
  process.exitCode = 1;
}

function catalogue(): string {
  const suites = [...new Set(requirements.map(suiteOf))];
  return `${[
    '# Requirements',
    '',
    '<!-- Written by `npm run catalogue`; `npm run check` fails when it is out of date. -->',
    '',
    `${requirements.length} requirements, proven by ${faults.length} faults of the reference target.`,
    'How the page is read, and what earns a level, stands in [contract.md](contract.md);',
    'how to add a requirement in [adding-a-requirement.md](adding-a-requirement.md).',
    ...suites.flatMap((suite) =>
      suiteSection(
        suite,
        requirements.filter((each) => suiteOf(each) === suite),
      ),
    ),
    ...rowSection(),
    ...errataSection(),
    ...neverAloneSection(),
  ].join('\n')}\n`;
}

/** The catalogue as data: each requirement, and the faults that fail it. */
function data(): object {
  return {
    edition: contract.edition.name,
    requirements: requirements.map(({ id, level, title, clause, source, needs }) => ({
      id,
      level,
      title,
      clause,
      source,
      needs,
      errata: contract.errataOf(id).map((erratum) => erratum.id),
      faults: faultsById.get(id) ?? [],
    })),
  };
}

function suiteSection(suite: string, members: readonly Requirement[]): string[] {
  return [
    '',
    `## ${suite}`,
    '',
    `Stated in [suites/${suite}.ts](../suites/${suite}.ts).`,
    '',
    '| id | level | what holds | clause | source | errata | proven by |',
    '|---|---|---|---|---|---|---|',
    ...members.map(({ id, level, title, clause, source }) =>
      row([
        code(id),
        level,
        title,
        clauseLink(clause),
        source,
        contract.errataOf(id).map(erratumLink).join(', '),
        provenBy(id),
      ]),
    ),
  ];
}

const faultsById = new Map<string, string[]>();
// Those that fail the fewest say the most about a requirement.
const telling = faults.map(({ name, fails }) => ({ name, ids: idsOf(fails) })).sort((a, b) => a.ids.size - b.ids.size);
for (const { name, ids } of telling) {
  for (const id of ids) faultsById.set(id, [...(faultsById.get(id) ?? []), name]);
}

function provenBy(id: string): string {
  const names = faultsById.get(id) ?? [];
  const more = names.length > namedFaults ? ` and ${names.length - namedFaults} more` : '';
  return names.slice(0, namedFaults).map(code).join(', ') + more;
}

function rowSection(): string[] {
  const fields = requirements.filter((each) => suiteOf(each) === 'projection');
  return [
    '',
    '## Rows of the page',
    '',
    '| table | row | parameter | requirements |',
    '|---|---|---|---|',
    row(['1', '1', 'fields', `the ${fields.length} of ${code('projection')}`]),
    ...contract.parameters.map((parameter) =>
      row([String(parameter.row.table), String(parameter.row.row), code(parameter.name), coverageOf(parameter)]),
    ),
  ];
}

function coverageOf({ name, path }: Parameter): string {
  const last = path.at(-1) as string;
  const own = requirements.filter(({ id }) => {
    const rest = `${id.slice(id.indexOf('.'))}.`;
    return rest.includes(`.${name}.`) || rest.endsWith(`.${last}.`);
  });
  const excluded = excludedRows[name];
  if (own.length === 0 && excluded === undefined)
    throw new Error(`no requirement judges ${name}, and no reason is given`);
  return own.length > 0 ? own.map(({ id }) => code(id)).join(', ') : (excluded as string);
}

function errataSection(): string[] {
  return [
    '',
    '## Errata',
    '',
    'Where the page contradicts itself or is silent, and how it is read.',
    ...contract.errata.flatMap(({ id, kind, clause, finding, decision }) => [
      '',
      `### ${id}`,
      '',
      `*${kind}*: ${finding}`,
      '',
      `${decision} (${clauseLink(clause)})`,
    ]),
  ];
}

function neverAloneSection(): string[] {
  return [
    '',
    '## Never failed alone',
    '',
    'Each requirement has a fault that fails it and nothing else, but for these:',
    '',
    ...neverAlone.map(({ pattern, reason }) => `- ${code(pattern)}: ${reason}`),
  ];
}

function clauseLink(name: string): string {
  return `[${name}](contract.md#${name})`;
}

function erratumLink({ id }: { id: string }): string {
  return `[${id}](#${id})`;
}

function code(text: string): string {
  return `\`${text}\``;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('<', '&lt;')).join(' | ')} |`;
}

main();
