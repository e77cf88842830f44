import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../harness/base/configuration-error.ts';
import { wrapper } from '../harness/contract/wrapper.ts';
import { jsonType } from './compare.ts';
import type { Page, PageRow } from './page.ts';

/** The mark of values that a person must settle before the edition can be used, because the page does not. */
const decide = 'DECIDE';

/**
 * Makes the folder of a new edition from a page. What the page does not settle says DECIDE, for a person to replace.
 * @param folder like schemas/2026-01
 * @returns the files
 */
export function writeEdition(page: Page, folder: string, name: string): readonly string[] {
  if (existsSync(folder)) throw new ConfigurationError(`${folder} is there already`);
  const rows = page.tables
    .filter(({ direction }) => direction === 'response')
    .flatMap(({ table, rows: own }) => own.map((row, at) => ({ table, at: at + 1, row })));
  const isMember = ({ members_of: owner, parameter }: PageRow) =>
    owner === 'dpd' || ['interval', 'timeout', 'action'].includes(parameter);
  const nodes = (isOfDpd: boolean) =>
    Object.fromEntries(
      rows
        .filter(({ row }) => isMember(row) === isOfDpd && row.parameter !== wrapper)
        .map(({ table, at, row }) => [row.parameter, node(table, at, row, isOfDpd, page.notes)]),
    );
  const [connection, dpd] = [nodes(false), nodes(true)];
  // The list itself has a row on some pages.
  const named = rows.find(({ row }) => row.parameter === wrapper);
  const ofWrapper = named && { row: { table: named.table, row: named.at, parameter: wrapper } };
  const draft = 'https://json-schema.org/draft/2020-12/schema';
  const files = {
    'connection.schema.json': {
      $schema: draft,
      $id: 'connection.schema.json',
      title: 'IPsec VPN connection',
      description: `${decide}: which rows are in every element; all are taken to be.`,
      type: 'object',
      required: Object.keys(connection),
      properties: connection,
    },
    'dpd.schema.json': {
      $schema: draft,
      $id: 'dpd.schema.json',
      title: 'Dead peer detection',
      description: `${decide}: whether these rows are members of dpd.`,
      type: 'object',
      required: Object.keys(dpd),
      properties: dpd,
    },
    'list.schema.json': {
      $schema: draft,
      $id: 'list.schema.json',
      title: 'List of IPsec VPN connections',
      description: `The body of a successful answer${page.example === null ? `; ${decide}: the page has no example that is JSON` : ', as the example shows it'}.`,
      type: 'object',
      required: [wrapper],
      properties: { [wrapper]: { ...ofWrapper, type: 'array', items: { $ref: 'connection.schema.json' } } },
    },
    'errata.json': [
      {
        id: 'nullability',
        kind: 'silence',
        clause: 'types',
        finding: 'Nothing says that a value may be null.',
        decision: `${decide}`,
        touches: ['parameters.type.*'],
      },
      {
        id: 'undefined-names',
        kind: 'silence',
        clause: 'undefined-names',
        finding:
          page.notes.length === 0 ? 'No name is excluded from fields.' : `Not supported: ${page.notes.join(', ')}.`,
        decision: `${decide}`,
        touches: ['projection.undefined.*'],
      },
    ],
    'edition.json': {
      name,
      page: decide,
      operation: 'GET /v2.0/vpn/ipsec-site-connections',
      revision: decide,
      date: decide,
      origin: decide,
      fields: decide,
      excluded: page.notes,
      must: [],
    },
  };
  mkdirSync(folder, { recursive: true });
  return Object.entries(files).map(([file, content]) => {
    const path = join(folder, file);
    writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`);
    return path;
  });
}

function node(table: number, row: number, page: PageRow, isOfDpd: boolean, notes: readonly string[]): object {
  const [, item] = /^array of (\w+)$/.exec(jsonType(page.type)) ?? [];
  const type = item === undefined ? jsonType(page.type) : 'array';
  return {
    row: { table, row, parameter: page.parameter },
    description: `${decide}: in words of one's own.`,
    type,
    ...(isOfDpd ? {} : { projectable: !notes.includes(page.parameter) }),
    ...(/psk|secret|password/.test(page.parameter) ? { sensitive: true } : {}),
    ...(page.deprecated ? { deprecated: true } : {}),
    ...(page.default === null ? {} : { default: type === 'integer' ? Number(page.default) : page.default }),
    ...(page.values.length > 0 && type === 'string' ? { enum: page.values } : {}),
    ...(item === undefined ? {} : { items: { type: item } }),
    ...(page.parameter === 'dpd' ? { $ref: 'dpd.schema.json' } : {}),
  };
}
