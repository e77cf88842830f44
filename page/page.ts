/** One row of a parameter table. */
export type PageRow = {
  parameter: string;
  type: string;
  /** Null: not said; a text: the condition. */
  mandatory: boolean | string | null;
  values: readonly string[];
  default: string | null;
  deprecated: boolean;
  /** The parameter whose member it is. */
  members_of: string | null;
};

/** A parameter table. */
export type PageTable = {
  table: number;
  caption: string;
  direction: 'request' | 'response';
  columns: readonly string[];
  rows: readonly PageRow[];
};

/** The parameter tables, the example and the notes of one page. */
export type Page = { tables: readonly PageTable[]; example: object | null; notes: readonly string[] };

/** A page as it was read, and what had to be remarked: each with its place. */
export type ReadPage = { page: Page; remarks: readonly string[] };
