import type { Contract } from '../harness/contract/contract.ts';
import type { Parameter } from '../harness/contract/schema-node.ts';
import { wrapper } from '../harness/contract/wrapper.ts';
import type { Page, PageRow } from './page.ts';

/** One difference between a page and an edition. */
export type Difference = { parameter: string; what: string; page: string; edition: string };

/** How a page differs from an edition, row by row; then its example and its note. */
export function differences(page: Page, contract: Contract): readonly Difference[] {
  const rows = page.tables.filter(({ direction }) => direction === 'response').flatMap(({ rows: own }) => own);
  const onPage = new Map(rows.map((row) => [nameOf(row, contract), row]));
  const inEdition = new Map(contract.parameters.map((parameter) => [parameter.name, parameter]));
  // The list itself has a row on some pages.
  const list = contract.schemas.at(-1)?.properties?.[wrapper];
  const onlyHere = onPage.delete(wrapper) ? 'there' : 'none';
  const ofWrapper = { parameter: wrapper, what: 'row', page: onlyHere, edition: list?.row ? 'there' : 'none' };
  const names = [...new Set([...inEdition.keys(), ...onPage.keys()])];
  const ofRows = names.flatMap((name): Difference[] => {
    const [row, parameter] = [onPage.get(name), inEdition.get(name)];
    if (!row || !parameter) {
      return [{ parameter: name, what: 'row', page: row ? 'there' : 'none', edition: parameter ? 'there' : 'none' }];
    }
    return rowDifferences(name, row, parameter);
  });
  const { excluded } = contract.edition;
  const isSameNote = [...excluded].sort().join() === [...page.notes].sort().join();
  const note = {
    parameter: 'fields',
    what: 'names not supported',
    page: page.notes.join(', '),
    edition: excluded.join(', '),
  };
  return [...ofRows, ...(ofWrapper.page === ofWrapper.edition ? [] : [ofWrapper]), ...(isSameNote ? [] : [note])];
}

/** A flat row of dpd's members is the member: clause `nesting`. */
function nameOf({ parameter, members_of: owner }: PageRow, contract: Contract): string {
  if (owner !== null && owner !== wrapper) return `${owner}.${parameter}`;
  return contract.dpdMembers.includes(parameter) ? `dpd.${parameter}` : parameter;
}

function rowDifferences(name: string, row: PageRow, { schema }: Parameter): Difference[] {
  const values = (schema.enum ?? []).map(String);
  const standard = schema.default === undefined ? null : String(schema.default);
  const facts: readonly (readonly [what: string, page: string, edition: string])[] = [
    ['type', jsonType(row.type), schema.items ? `array of ${schema.items.type}` : String(schema.type)],
    // true and false say no more than the type; one value that is the default says no more than the default.
    ...(jsonType(row.type) === 'boolean' || (values.length === 0 && row.values.length < 2)
      ? []
      : ([['values', [...row.values].sort().join(', '), [...values].sort().join(', ')]] as const)),
    ['default', row.default ?? 'none', standard ?? 'none'],
    ['deprecated', String(row.deprecated), String(schema.deprecated === true)],
  ];
  return facts
    .filter(([, page, edition]) => page !== edition)
    .map(([what, page, edition]) => ({ parameter: name, what, page, edition }));
}

/** A type of the page in the words of JSON Schema. */
export function jsonType(type: string): string {
  const [, inner] = /^(?:list|array)\s*(?:<|\[|\(| of )\s*([\w]+?)s?\s*[>\])]?$/i.exec(type) ?? [];
  if (inner !== undefined) return `array of ${jsonType(inner)}`;
  if (/^(int|integer|long)$/i.test(type)) return 'integer';
  if (/^(float|double|number)$/i.test(type)) return 'number';
  if (/^(bool|boolean)$/i.test(type)) return 'boolean';
  if (/^(object|dict|map)$/i.test(type)) return 'object';
  if (/^(array|list)$/i.test(type)) return 'array';
  return 'string';
}
