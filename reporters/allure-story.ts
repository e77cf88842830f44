import type { Parameter } from '../harness/contract/contract.ts';
import { contract } from '../harness/contract/editions.ts';

/** Suites whose ids end in the parameter that a requirement is about. */
const rowSuites: ReadonlySet<string> = new Set(['parameters', 'enums', 'forms', 'defaults', 'known', 'projection']);

/**
 * The rows of Table 2 that a requirement is about: those that its source names, or else the one whose parameter its
 * id names.
 */
export function rowsOf({ id, source }: { id: string; source: string }): readonly Parameter[] {
  const [, first, second] = /Table 2, rows? (\d+)(?: and (\d+))?/.exec(source) ?? [];
  const named = contract.parameters.filter(({ row }) => String(row.row) === first || String(row.row) === second);
  // The note is about names that no row stands for where `fields` is concerned.
  if (named.length > 0 || source.startsWith('Note')) return named;
  const [suite = '', ...rest] = id.split('.');
  if (!rowSuites.has(suite)) return [];
  const path = `.${rest.join('.')}.`;
  const about = contract.parameters.filter(({ name }) => path.includes(`.${name}.`));
  return about.filter(({ name }) => !about.some((other) => other.name.startsWith(`${name}.`)));
}

/** Where a requirement stands on the page, or in the text that the page builds on: `Table 2, row 2: mtu`. */
export function storyOf(requirement: { id: string; source: string }): string {
  const rows = rowsOf(requirement);
  if (rows.length > 0) {
    const numbers = rows.map(({ row }) => row.row).join(' and ');
    return `Table 2, row${rows.length > 1 ? 's' : ''} ${numbers}: ${rows.map(({ row }) => row.parameter).join(', ')}`;
  }
  const [clause = ''] = requirement.source.split(';');
  if (clause === 'Table 1 (fields)') return 'Table 1, row 1: fields';
  return clause.replace(/ \((.*)\)$/, ': $1');
}
