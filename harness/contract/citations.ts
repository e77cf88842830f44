import type { Contract } from './contract.ts';
import type { Parameter } from './schema-node.ts';

/** A citation of rows: the table, and in brackets the parameters, with a remark behind a colon. */
const rowCitation = /Table (\d+), rows? \d+(?: and \d+)?(?: \(([^)]*)\))?/g;

/**
 * How an edition cites rows: by table and number, or, where its page has no numbered tables, by its section.
 * @param remark text behind the names, in the brackets
 */
export function citeRows({ edition }: Contract, rows: readonly Parameter[], remark = ''): string {
  const names = `(${rows.map(({ row }) => row.parameter).join(', ')}${remark})`;
  if (edition.sections) return `${edition.sections.response} ${names}`;
  const numbers = rows.map(({ row }) => row.row).join(' and ');
  return `Table ${rows[0]?.row.table}, row${rows.length > 1 ? 's' : ''} ${numbers} ${names}`;
}

/** The rows of an edition that a source cites by their parameters. */
export function citedRows(contract: Contract, source: string): readonly Parameter[] {
  const { sections } = contract.edition;
  const start = sections ? `${sections.response} (` : undefined;
  const bySection =
    start !== undefined && source.startsWith(start) ? source.slice(start.length).split(')')[0] : undefined;
  const [, , byTable] = new RegExp(rowCitation.source).exec(source) ?? [];
  return rowsNamed(contract, bySection ?? byTable ?? '');
}

/**
 * A source that is written for the default edition, as another one has it: rows have other numbers there, or none, and
 * the note under Table 1 is gone where no name is excluded.
 */
export function citedBy(contract: Contract, source: string): string {
  const { sections, excluded } = contract.edition;
  const noted = excluded.length > 0 ? source : source.replace(/^Note under Table 1 \([^)]*\); /, '');
  const rows = noted.replace(rowCitation, (written: string, _table: string, inner: string | undefined) => {
    const named = rowsNamed(contract, inner ?? '');
    if (inner === undefined || named.length === 0) return written;
    return citeRows(contract, named, inner.slice(inner.split(':')[0]?.length ?? 0));
  });
  if (!sections) return rows;
  return rows.replace(/Table 1\b/g, sections.request).replace(/Table 2\b/g, sections.response);
}

function rowsNamed({ parameters }: Contract, inner: string): readonly Parameter[] {
  const [names = ''] = inner.split(':');
  return names.split(', ').flatMap((name) => parameters.find(({ row }) => row.parameter === name) ?? []);
}
