import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { contract } from '../../harness/contract/editions.ts';
import { differences } from '../../page/compare.ts';
import type { PageRow } from '../../page/page.ts';
import { readPage } from '../../page/read-page.ts';
import { typeAsMeant } from '../../page/types.ts';
import { writeEdition } from '../../page/write-edition.ts';
import { docutils, html, markdown, rst } from './pages.ts';

const read = (text: string, file = 'page.md') => readPage(Buffer.from(text), file);
const rowsOf = (text: string): Map<string, PageRow> =>
  new Map(read(text).page.tables.flatMap(({ rows }) => rows.map((row) => [row.parameter, row])));

describe('Markdown', () => {
  const { page, remarks } = read(markdown);
  const rows = rowsOf(markdown);

  test('has its tables, with their numbers and captions, and none of status codes', () => {
    expect(page.tables.map(({ table, caption, direction }) => [table, caption, direction])).toEqual([
      [1, 'Request parameters', 'request'],
      [2, 'Response parameters', 'response'],
      [3, 'dpd parameters', 'response'],
    ]);
    expect(page.tables[1]?.columns).toEqual(['Type', 'Parameter', 'Description']);
  });

  test('has rows with types, conditions, values and defaults', () => {
    expect(rows.get('fields')).toMatchObject({ type: 'String', mandatory: false, values: [], default: null });
    expect(rows.get('limit')).toMatchObject({ mandatory: 'Mandatory when marker is given', values: [], default: '10' });
    expect(rows.get('status')).toMatchObject({ values: ['UP', 'DOWN', 'GONE'], mandatory: null, members_of: null });
    expect(rows.get('mtu')).toMatchObject({ type: 'Integer', default: '1500' });
    expect(rows.get('routes')).toMatchObject({ type: 'List<Object>', deprecated: true });
    expect(rows.get('enabled')).toMatchObject({ type: 'Boolean', values: ['true', 'false'] });
    expect(rows.get('action')).toMatchObject({
      values: ['hold', 'clear', 'restart'],
      default: 'hold',
      members_of: 'dpd',
    });
    expect(rows.get('interval')).toMatchObject({ default: '30', members_of: 'dpd' });
  });

  test('has its example and its note; what was mended is remarked', () => {
    expect(page.example).toEqual({ tunnels: [{ status: 'UP' }] });
    expect(page.notes).toEqual(['project_id', 'dpd']);
    expect(remarks).toEqual([
      'table 2, enabled: the type “Boo” is read as Boolean',
      'table 2, routes: the type “List<Objec>” is read as List<Object>',
      'table 2, mtu: the type “Intger” is read as Integer',
    ]);
  });

  test('reads the same with another encoding and other line ends', () => {
    expect(read(`\ufeff${markdown.replaceAll('\n', '\r\n')}`).page).toEqual(page);
    expect(readPage(Buffer.from(`\ufeff${markdown}`, 'utf16le'), 'x').page).toEqual(page);
  });
});

describe('HTML', () => {
  const rows = rowsOf(html);

  test('has spans undone, sub-parameters as members, nested tables as members', () => {
    expect([...rows.keys()]).toEqual(['dpd', 'interval', 'action', 'mode', 'gateway', 'address']);
    expect(rows.get('dpd')).toMatchObject({ type: 'Object', mandatory: true, members_of: null });
    expect(rows.get('interval')).toMatchObject({ mandatory: false, default: '30', members_of: 'dpd' });
    expect(rows.get('action')).toMatchObject({ values: ['hold', 'clear'], members_of: 'dpd' });
    expect(rows.get('mode')).toMatchObject({
      type: 'String',
      mandatory: 'Mandatory if type is a',
      values: ['static', 'bgp'],
      default: 'static',
      members_of: null,
    });
    expect(rows.get('gateway')).toMatchObject({ mandatory: null, members_of: null });
    expect(rows.get('address')).toMatchObject({ type: 'String', members_of: 'gateway' });
  });

  test('has no example where it is no JSON, and that is remarked', () => {
    const { page, remarks } = read(html);
    expect(page.tables.map(({ table, caption }) => [table, caption])).toEqual([[5, 'Response body']]);
    expect(page.example).toBeNull();
    expect(remarks.join()).toMatch(/the example under “[^”]*” is no JSON/);
  });

  test('of docutils: an optional name, the place in the body, literals', () => {
    const own = rowsOf(docutils);
    expect(read(docutils).page.tables[0]).toMatchObject({
      table: 2,
      caption: 'Response parameters',
      direction: 'response',
    });
    expect(own.get('name')).toMatchObject({ type: 'string', mandatory: false, default: null });
    expect(own.get('initiator')).toMatchObject({
      mandatory: true,
      values: ['response-only', 'bi-directional'],
      default: 'bi-directional',
    });
  });
});

test('a grid table that nobody made HTML of is refused, with the way to do it', () => {
  expect(() => read(rst, 'page.rst')).toThrow(
    'page.rst is reStructuredText: make HTML of it first (docutils: rst2html)',
  );
});

test.for([
  ['Boo', 'Boolean'],
  ['Sting', 'String'],
  ['Interger', 'Integer'],
  ['List<Objec>', 'List<Object>'],
  ['List<String', 'List<String>'],
  ['Array of strings', 'Array of strings'],
  ['string', 'string'],
  ['Frobnicator', null],
] as const)('the type %s is meant as %s', ([written, meant]) => expect(typeAsMeant(written)).toBe(meant));

describe('compared with an edition', () => {
  const of = (rows: string, note = '') =>
    read(
      `## Response\n\nTable 2 Response parameters\n\n| Parameter | Type | Description |\n|--|--|--|\n${rows}\n\n${note}\n`,
    ).page;

  test('a row that is gone, new, or another is a difference; nothing else is', () => {
    const rows = contract.parameters.map(({ path, schema }) => {
      const type = schema.items ? `List<${schema.items.type}>` : String(schema.type);
      const values = schema.enum ? ` The value can be ${schema.enum.map((each) => `**${each}**`).join(', ')}.` : '';
      const standard = schema.default === undefined ? '' : ` The default value is **${schema.default}**.`;
      return `| ${path.at(-1)} | ${type} | ${schema.deprecated ? '(Deprecated) ' : ''}It is.${values}${standard} |`;
    });
    const note = 'The **project_id**, **peer_id**, **dpd** and **local_id** parameters are not supported.';
    expect(differences(of(rows.join('\n'), note), contract)).toEqual([]);
    const changed = rows
      .filter((row) => !row.includes('| mtu |'))
      .map((row) => row.replace('**hold**', '**keep**').replace('| psk | string', '| psk | Integer'))
      .concat('| created_at | String | When. |');
    expect(differences(of(changed.join('\n')), contract).map(({ parameter, what }) => `${parameter} ${what}`)).toEqual(
      expect.arrayContaining([
        'mtu row',
        'created_at row',
        'psk type',
        'dpd.action values',
        'fields names not supported',
      ]),
    );
  });
});

test('a new edition is written, and says what a person must decide', () => {
  const above = mkdtempSync(join(tmpdir(), 'conformance-'));
  const folder = join(above, 'new');
  try {
    const files = writeEdition(read(markdown).page, folder, 'new');
    expect(files.map((file) => file.split('/').at(-1))).toEqual([
      'connection.schema.json',
      'dpd.schema.json',
      'list.schema.json',
      'errata.json',
      'edition.json',
    ]);
    const connection = JSON.parse(readFileSync(files[0] as string, 'utf8'));
    expect(connection.properties.status).toMatchObject({
      type: 'string',
      enum: ['UP', 'DOWN', 'GONE'],
      projectable: true,
    });
    expect(connection.properties.dpd).toMatchObject({ projectable: false, $ref: 'dpd.schema.json' });
    expect(readFileSync(files[4] as string, 'utf8')).toContain('DECIDE');
    expect(() => writeEdition(read(markdown).page, folder, 'new')).toThrow('is there already');
  } finally {
    rmSync(above, { recursive: true, force: true });
  }
});
