import { elementsBelow, markedText, type PageElement, plain, readDocument } from './document.ts';
import { exampleOf, notesOf } from './example.ts';
import { type Cell, gridOf, nearestTable } from './grid.ts';
import { isScalar, ownerOf } from './owner.ts';
import type { PageRow, PageTable, ReadPage } from './page.ts';
import { defaultIn, valuesIn } from './prose.ts';
import { typeAsMeant } from './types.ts';

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
  const references: References = new Map();
  for (const each of found) {
    const read = readTable(each, { tables, references, remarks });
    if (read) tables.push(read);
  }
  return { page: { tables, example: exampleOf(all, remarks), notes: notesOf(all) }, remarks };
}

/** The parameter whose description refers to a table, by the table's number. */
type References = Map<number, string>;

/** The page as far as it was read. */
type PageContext = { tables: readonly PageTable[]; references: References; remarks: string[] };

type Found = { element: PageElement; heading: string; caption: string };

/** A table's own caption, or the line before it where that begins with its number. */
function captionOf(table: PageElement, before: string): string {
  const own = [...elementsBelow(table)].find((each) => each.tagName === 'caption' && nearestTable(each) === table);
  if (own) return plain(markedText(own)).replace(/¶$/, '').trim();
  return /^(table\s*\d+|(?=.{1,100}$)[^.]*\b(parameters?|fields?|attributes|data structure)\b[^.]*$)/i.test(before)
    ? before
    : '';
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

/** Headings of a table of codes. */
const codes =
  /^((http|normal|error|return(ed)?|response|status|abnormal|result)\s*)*(status|return(ed)?|error|response|http)\s*(codes?|values?)$/i;

/** The words for a deprecated parameter: at the beginning of its description, or in a sentence on it. */
const deprecation =
  /^\W*deprecated\b|\b(?:parameter|field|attribute|option|property|it)\b[^.]{0,30}\b(?:is|are|was|has been|have been) (?:now )?deprecated\b/i;

function readTable({ element, heading, caption }: Found, context: PageContext): PageTable | undefined {
  const { tables, references, remarks } = context;
  const { head, rows } = gridOf(element);
  const columns = head.map(plain);
  const at = (role: Role) => columns.findIndex((column) => roles[role].test(column));
  // A table of status codes has no parameters.
  if (columns.some((column) => codes.test(column))) return undefined;
  if (at('parameter') < 0 || (at('type') < 0 && at('description') < 0)) return undefined;
  const [, number, title] = /^table\s*(\d+)\s*[.:：-]?\s*(.*)$/i.exec(caption) ?? [];
  const table = number === undefined ? tables.length + 1 : Number(number);
  const name = (title ?? caption).trim() || heading;
  const place = `table ${table}`;
  const owner = ownerOf(name, number === undefined ? undefined : references.get(table), tables);
  const read: PageRow[] = [];
  if (at('type') < 0) remarks.push(`${place}: no column says types`);
  const hasPlace = at('place') >= 0;
  for (const row of rows) {
    const cell = (role: Role): Cell => row[at(role)] ?? { text: '', nested: [] };
    const own = parameterOf(cell('parameter').text);
    const sub = parameterOf(cell('sub').text);
    const isSub = at('sub') >= 0 && sub.name !== '' && sub.name !== '-';
    const { name: parameter, isOptional, isDeprecated } = isSub ? sub : own;
    if (/^(-|n\/a|none)?$/i.test(parameter)) continue;
    if (!/^\{?[\w.:~*@$-]+(\[\])?\}?$/.test(parameter)) {
      remarks.push(`${place}: a row is not read, for “${parameter.slice(0, 60)}” is no name`);
      continue;
    }
    const description = cell('description').text;
    const written = withoutMandatory(plain(cell('type').text));
    const type = at('type') < 0 ? '' : typeOf(written.type, `${place}, ${parameter}`, remarks);
    const made: PageRow = {
      parameter,
      type,
      mandatory:
        written.mandatory ??
        mandatoryOf(plain(cell('mandatory').text), { isOptional, hasPlace, column: columns[at('mandatory')] }),
      values: valuesFor(type, valuesOf(cell('values').text, description)),
      default: plain(cell('default').text).replace(/^(-|–|n\/a|none)$/i, '') || defaultIn(description),
      deprecated: isDeprecated || deprecation.test(plain(description)),
      members_of: isSub ? own.name : owner,
    };
    read.push(made);
    for (const [, referred] of isScalar(type)
      ? []
      : `${written.type} ${plain(description)}`.matchAll(/\btable\s+(\d+)/gi)) {
      if (!references.has(Number(referred))) references.set(Number(referred), parameter);
    }
    for (const inner of [...new Set(row.flatMap(({ nested }) => nested))]) {
      const nested = readTable({ element: inner, heading, caption: `Table ${table}` }, context);
      for (const member of nested?.rows ?? []) read.push({ ...member, members_of: member.members_of ?? parameter });
    }
  }
  if (read.length === 0) return undefined;
  return { table, caption: name, direction: directionOf(name, heading, owner, tables), columns, rows: read };
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

/** `String (Optional)`: a type that says whether the parameter is mandatory. */
function withoutMandatory(written: string): { type: string; mandatory?: boolean } {
  const [, type, word] = /^(.*?)[\s,]*\(?\b(optional|required|mandatory)\b\)?$/i.exec(written) ?? [];
  return type === undefined || type === '' ? { type: written } : { type, mandatory: !/optional/i.test(word ?? '') };
}

/** The values that a description names, as far as the type has them: an object has members, with rows of their own. */
function valuesFor(type: string, values: readonly string[]): readonly string[] {
  if (/^bool(ean)?$/i.test(type)) return values.filter((value) => /^(true|false)$/i.test(value));
  return typeAsMeant(type) !== null && hasMembers(type) ? [] : values;
}

/** Whether the values of a type have members. */
function hasMembers(type: string): boolean {
  return type !== '' && !isScalar(type) && !/enum|char\b|char\(/i.test(type);
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
