import { citedRows, citeRows } from '../harness/contract/citations.ts';
import type { Contract } from '../harness/contract/contract.ts';
import type { Parameter } from '../harness/contract/schema-node.ts';

/** Suites whose ids end in the parameter that a requirement is about. */
const rowSuites: ReadonlySet<string> = new Set(['parameters', 'enums', 'forms', 'defaults', 'known', 'projection']);

/** The part of a requirement that tells where it stands. */
type Sourced = { id: string; source: string };

/**
 * The rows of an edition that a requirement is about: those that its source names, or else the one whose parameter its
 * id names.
 */
export function rowsOf({ id, source }: Sourced, contract: Contract): readonly Parameter[] {
  const named = citedRows(contract, source);
  // The note is about names that no row stands for where `fields` is concerned.
  if (named.length > 0 || source.startsWith('Note')) return named;
  const [suite = '', ...rest] = id.split('.');
  if (!rowSuites.has(suite)) return [];
  const path = `.${rest.join('.')}.`;
  const about = contract.parameters.filter(({ name }) => path.includes(`.${name}.`));
  return about.filter(({ name }) => !about.some((other) => other.name.startsWith(`${name}.`)));
}

/** Where a requirement stands on the page, or in the text that the page builds on: `Table 2, row 2: mtu`. */
export function storyOf(requirement: Sourced, contract: Contract): string {
  const rows = rowsOf(requirement, contract);
  if (rows.length > 0) return citeRows(contract, rows).replace(/ \((.*)\)$/, ': $1');
  const [clause = ''] = requirement.source.split(';');
  if (clause === 'Table 1 (fields)') return 'Table 1, row 1: fields';
  return clause.replace(/ \((.*)\)$/, ': $1');
}
