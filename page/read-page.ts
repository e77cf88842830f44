import { isObject } from '../harness/base/is-object.ts';
import { elementsBelow, markedText, type PageElement, plain, readDocument } from './document.ts';
import { type Cell, gridOf, nearestTable } from './grid.ts';
import { defaultIn, valuesIn } from './prose.ts';
import { typeAsMeant } from './types.ts';

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

/**
 * Takes the parameter tables out of a page, its example answer, and the names that it says are not supported.
 * @param file its name, for messages
 */
export function readPage(bytes: Uint8Array, file: string): ReadPage {
  const root = readDocument(bytes, file);
  const remarks: string[] = [];
  const all = [...elementsBelow(root)];
  const found: Found[] = [];
  let heading = '';
  let before = '';
  for (const element of all) {
    if (/^h[1-6]$/.test(element.tagName)) {
      heading = plain(markedText(element));
      before = '';
    } else if (element.tagName === 'table') {
      if (nearestTable(element) === null) found.push({ element, heading, caption: captionOf(element, before) });
      before = '';
    } else if (/^(p|caption|div|li)$/.test(element.tagName) && nearestTable(element) === null) {
      const text = plain(markedText(element, new Set(['table', 'p', 'div', 'ul', 'ol'])));
      if (text !== '') before = text;
    }
  }
  const tables: PageTable[] = [];
  for (const each of found) {
    const read = readTable(each, tables, remarks);
    if (read) tables.push(read);
  }
  return { page: { tables, example: exampleOf(all, remarks), notes: notesOf(all) }, remarks };
}

type Found = { element: PageElement; heading: string; caption: string };

/** A table's own caption, or the line before it where that begins with its number. */
function captionOf(table: PageElement, before: string): string {
  const own = [...elementsBelow(table)].find((each) => each.tagName === 'caption' && nearestTable(each) === table);
  if (own) return plain(markedText(own)).replace(/¶$/, '').trim();
  return /^(table\s*\d+|.{1,80}(parameters?|fields)\b.{0,20}$)/i.test(before) ? before : '';
}

/** The roles of columns, each with the headings that name it. */
const roles = {
  parameter: /^(parameters?( name)?|name|field( name)?|attributes?|item)$/i,
  sub: /^sub-?\s*(parameters?|fields?|attributes?|items?)( name)?$/i,
  type: /^((parameter |data |value )?types?)$/i,
  mandatory: /^(mandatory|required|optional|is mandatory|m\/o|mandatory \(y\/n\)|mandatory or not)\??$/i,
  place: /^in$/i,
  description: /^(descriptions?|remarks?|meaning|explanation|notes?)$/i,
  default: /^default( value)?$/i,
  values: /^((valid |allowed |possible )?values?|value range|range|options)$/i,
} as const;
type Role = keyof typeof roles;

function readTable(
  { element, heading, caption }: Found,
  tables: readonly PageTable[],
  remarks: string[],
): PageTable | undefined {
  const { head, rows } = gridOf(element);
  const columns = head.map(plain);
  const at = (role: Role) => columns.findIndex((column) => roles[role].test(column));
  // A table of status codes has no parameters.
  if (at('parameter') < 0 || (at('type') < 0 && at('description') < 0)) return undefined;
  const [, number, title] = /^table\s*(\d+)\s*[.:：-]?\s*(.*)$/i.exec(caption) ?? [];
  const table = number === undefined ? tables.length + 1 : Number(number);
  const name = (title ?? caption).trim() || heading;
  const place = `table ${table}`;
  const owner = ownerOf(name, tables);
  const read: PageRow[] = [];
  const hasPlace = at('place') >= 0;
  for (const row of rows) {
    const cell = (role: Role): Cell => row[at(role)] ?? { text: '', nested: [] };
    const own = parameterOf(cell('parameter').text);
    const sub = parameterOf(cell('sub').text);
    const isSub = at('sub') >= 0 && sub.name !== '' && sub.name !== '-';
    const { name: parameter, isOptional, isDeprecated } = isSub ? sub : own;
    if (parameter === '' || parameter === '-') continue;
    if (!/^[\w.:-]+$/.test(parameter)) {
      remarks.push(`${place}: a row is not read, for “${parameter.slice(0, 60)}” is no name`);
      continue;
    }
    const description = cell('description').text;
    const made: PageRow = {
      parameter,
      type: typeOf(plain(cell('type').text), `${place}, ${parameter}`, remarks),
      mandatory: mandatoryOf(plain(cell('mandatory').text), { isOptional, hasPlace, column: columns[at('mandatory')] }),
      values: valuesOf(cell('values').text, description),
      default: plain(cell('default').text).replace(/^(-|–|n\/a|none)$/i, '') || defaultIn(description),
      deprecated: isDeprecated || /\bdeprecated\b/i.test(description),
      members_of: isSub ? own.name : owner,
    };
    read.push(made);
    for (const inner of [...new Set(row.flatMap(({ nested }) => nested))]) {
      const nested = readTable({ element: inner, heading, caption: `Table ${table}` }, tables, remarks);
      for (const member of nested?.rows ?? []) read.push({ ...member, members_of: member.members_of ?? parameter });
    }
  }
  if (read.length === 0) return undefined;
  return { table, caption: name, direction: directionOf(name, heading, owner, tables), columns, rows: read };
}

/** The object that a table of members is named for: `dpd parameters`, `Data structure of the dpd field`. */
function ownerOf(name: string, tables: readonly PageTable[]): string | null {
  const objects = tables.flatMap(({ rows }) => rows.filter(({ type }) => /object|dict|map|^list$|^array$/i.test(type)));
  const words = name.split(/[^\w]+/);
  return objects.find(({ parameter }) => words.includes(parameter))?.parameter ?? null;
}

function directionOf(
  name: string,
  heading: string,
  owner: string | null,
  tables: readonly PageTable[],
): PageTable['direction'] {
  if (owner !== null) {
    const holder = tables.findLast(({ rows }) => rows.some(({ parameter }) => parameter === owner));
    if (holder) return holder.direction;
  }
  for (const text of [name, heading]) {
    if (/response|returned?|result/i.test(text)) return 'response';
    if (/request|query|path|uri|input|header/i.test(text)) return 'request';
  }
  return tables.length === 0 ? 'request' : 'response';
}

function parameterOf(text: string): { name: string; isOptional: boolean; isDeprecated: boolean } {
  const written = plain(text).replace(/[*†]+$/, '');
  const isOptional = /\(optional\)/i.test(written);
  const isDeprecated = /\(?deprecated\)?/i.test(written);
  const name = written
    .replace(/\((optional|deprecated|required|mandatory)[^)]*\)/gi, '')
    .replace(/^[-–—>»\s.]+/, '')
    .replace(/\s*[,;]?\s*deprecated$/i, '')
    .trim();
  return { name, isOptional, isDeprecated };
}

function typeOf(written: string, place: string, remarks: string[]): string {
  if (written === '') {
    remarks.push(`${place}: no type is said`);
    return '';
  }
  const meant = typeAsMeant(written);
  if (meant === null) remarks.push(`${place}: the type “${written}” is none that is known`);
  else if (meant !== written) remarks.push(`${place}: the type “${written}” is read as ${meant}`);
  return meant ?? written;
}

function mandatoryOf(
  text: string,
  { isOptional, hasPlace, column = '' }: { isOptional: boolean; hasPlace: boolean; column: string | undefined },
): PageRow['mandatory'] {
  if (isOptional) return false;
  if (/^(yes|y|m|mandatory|required|true|是|√)\.?$/i.test(text))
    return !/^optional/i.test(column) || /^(m|mandatory|required)/i.test(text);
  if (/^(no|n|o|optional|false|否|×)\.?$/i.test(text)) return /^optional/i.test(column) && /^(no|n|false)/i.test(text);
  if (/^[-–—/]?$|^n\/a$/i.test(text)) return hasPlace ? true : null;
  return text;
}

function valuesOf(column: string, description: string): readonly string[] {
  const own = column === '' || /^[-–]$/.test(plain(column)) ? [] : valuesIn(`Values: ${column}`);
  return own.length > 0 ? own : valuesIn(description);
}

/** The answer that the page shows: the first block of JSON under a heading that speaks of a response. */
function exampleOf(all: readonly PageElement[], remarks: string[]): object | null {
  let heading = '';
  const blocks: { heading: string; text: string }[] = [];
  for (const element of all) {
    if (/^h[1-6]$/.test(element.tagName)) heading = plain(markedText(element));
    else if (element.tagName === 'p' && /example|response|request/i.test(plain(markedText(element)))) {
      const text = plain(markedText(element));
      if (text.length < 120) heading = `${heading} ${text}`;
    } else if (element.tagName === 'pre') blocks.push({ heading, text: rawText(element) });
  }
  const last = (text: string) => /.*(response|request)/i.exec(text)?.[1]?.toLowerCase();
  const json = blocks.filter(({ text }) => /[{[]/.test(text) && !/^\s*(GET|POST|PUT|curl)\b[^{]*$/.test(text));
  const chosen =
    json.find(({ heading: of }) => last(of) === 'response') ??
    json.find(({ text }) => /ipsec_site_connection/.test(text));
  if (!chosen) return null;
  const begin = chosen.text.search(/[{[]/);
  try {
    const found: unknown = JSON.parse(chosen.text.slice(begin));
    if (isObject(found)) return found;
  } catch (error) {
    remarks.push(`the example under “${chosen.heading}” is no JSON: ${(error as Error).message.slice(0, 100)}`);
    return null;
  }
  return null;
}

function rawText(element: PageElement): string {
  const walk = (node: PageElement['childNodes'][number]): string => {
    if ('value' in node) return node.value;
    return 'childNodes' in node ? node.childNodes.map(walk).join('') : '';
  };
  return element.childNodes
    .map(walk)
    .join('')
    .replace(/\u00a0/g, ' ');
}

/** The names of which the page says outside its tables that they are not supported. */
function notesOf(all: readonly PageElement[]): readonly string[] {
  const names = new Set<string>();
  for (const element of all) {
    if (!/^(p|li|div|td|dd)$/.test(element.tagName)) continue;
    const text = markedText(element, new Set(['p', 'div', 'ul', 'ol', 'table', 'li']));
    for (const sentence of text.split(/(?<=[.。])\s+/)) {
      if (!/\b(not|no longer|never) supported\b|\bunsupported\b|\bnot support\b/i.test(sentence)) continue;
      const marked = [...sentence.matchAll(/\u0001([^\u0002]+)\u0002/g)].map(([, word = '']) => plain(word));
      const found = marked.length > 0 ? marked : (sentence.match(/\b[a-z]+(?:_[a-z]+)+\b/g) ?? []);
      for (const name of found.flatMap((each) => each.split(/\s*,\s*/)))
        if (/^[a-z][\w.]*$/.test(name)) names.add(name);
    }
  }
  return [...names];
}
