import { attribute, elementsBelow, isElement, markedText, type PageElement } from './document.ts';

/** A cell: its text, and the tables that stand in it. */
export type Cell = { text: string; nested: readonly PageElement[] };

/** A table as rows of cells; a cell that spans several stands in each of them. */
export type Grid = { head: readonly string[]; rows: readonly (readonly Cell[])[] };

const none: ReadonlySet<string> = new Set(['table']);

/** The grid of a table, with its spans undone. */
export function gridOf(table: PageElement): Grid {
  const rows = ownRows(table);
  const cells: Cell[][] = rows.map(() => []);
  for (const [at, row] of rows.entries()) {
    let column = 0;
    for (const cell of row.childNodes.filter(isElement).filter(({ tagName }) => tagName === 'td' || tagName === 'th')) {
      while (cells[at]?.[column] !== undefined) column += 1;
      const nested = [...elementsBelow(cell)].filter(
        (each) => each.tagName === 'table' && nearestTable(each) === table,
      );
      const read: Cell = { text: markedText(cell, none), nested };
      const [down, right] = [span(cell, 'rowspan', rows.length - at), span(cell, 'colspan', 100)];
      for (let y = at; y < Math.min(rows.length, at + down); y += 1) {
        for (let x = column; x < column + right; x += 1) (cells[y] as Cell[])[x] = read;
      }
      column += right;
    }
  }
  const headRows = rows.findIndex((row) => !isHead(row));
  const last = Math.max(1, headRows < 0 ? 1 : headRows);
  const head = (cells[last - 1] ?? []).map((cell) => cell?.text ?? '');
  return { head, rows: cells.slice(last).map((row) => Array.from(row, (cell) => cell ?? { text: '', nested: [] })) };
}

function span(cell: PageElement, name: string, rest: number): number {
  const value = attribute(cell, name);
  // Zero spans what is left: HTML, the table model.
  if (value === '0') return rest;
  return Math.max(1, Math.min(1000, Number.parseInt(value ?? '1', 10) || 1));
}

function isHead(row: PageElement): boolean {
  const parent = row.parentNode;
  if (parent && 'tagName' in parent && parent.tagName === 'thead') return true;
  const cells = row.childNodes.filter(isElement);
  return cells.length > 0 && cells.every(({ tagName }) => tagName === 'th');
}

function ownRows(table: PageElement): PageElement[] {
  return [...elementsBelow(table)].filter((each) => each.tagName === 'tr' && nearestTable(each) === table);
}

/** The table that an element stands in. */
export function nearestTable(element: PageElement): PageElement | null {
  for (let parent = element.parentNode; parent && 'tagName' in parent; parent = parent.parentNode) {
    if (parent.tagName === 'table') return parent;
  }
  return null;
}
