import { expect, test } from 'vitest';
import { readPage } from '../../page/read-page.ts';

/** The one row of a table whose description is some HTML. */
function rowWith(description: string, type = 'String') {
  const table = `<table><tr><th>Parameter</th><th>Type</th><th>Description</th></tr>
    <tr><td>mode</td><td>${type}</td><td>${description}</td></tr></table>`;
  const { page, remarks } = readPage(Buffer.from(`<html><body><p>Table 1 Response</p>${table}</body></html>`), 'x');
  return { ...page.tables[0]?.rows[0], remarks };
}

test.for<[description: string, values: readonly string[]]>([
  ['Its mode. The value can be <b>fast</b>, <b>slow</b>, or <b>none</b>.', ['fast', 'slow', 'none']],
  ['Its mode, which can be fast, slow, or none. By default it is slow.', ['fast', 'slow', 'none']],
  [
    '<ul><li>Its mode.</li><li>The value can be <b>fast</b> or <b>slow</b>.</li><li>May be empty.</li></ul>',
    ['fast', 'slow'],
  ],
  ['Its mode. Possible values are as follows:<ul><li>fast (at once)</li><li>slow</li></ul>', ['fast', 'slow']],
  ['Its mode. Two options are available:<p><b>fast</b>: at once.</p><p><b>slow</b>: later.</p>', ['fast', 'slow']],
  [
    'Options: <ul><li><b>http</b> and <b>https</b>: a link.</li><li><b>mail</b>: a letter.</li></ul>',
    ['http', 'https', 'mail'],
  ],
  ['The value is case sensitive and can be <b>fast</b> or <b>slow</b>. <b>fast</b> means at once.', ['fast', 'slow']],
  ['Its state. The value can be waiting, available, or gone.', ['waiting', 'available', 'gone']],
  ['Valid options are Fast (default) and Slow.', ['Fast', 'Slow']],
  ['Can be "Fast" or "Slow". Default is Slow.', ['Fast', 'Slow']],
  ['The value is <b>fast</b>, indicating that nothing waits.', ['fast']],
  ['Its mode. Currently, only <b>fast</b> is supported.', ['fast']],
  // These list nothing.
  ['Use either <b>mode</b> or <b>speed</b>.', []],
  ['Minimum value: 1', []],
  ['Example value: 7', []],
  ['If nothing was given, the value is <b>slow</b>.', []],
  ['The value is a string of 1 to 64 characters.', []],
  ['Can contain only:<ul><li>Digits</li><li>Letters</li></ul>', []],
  ['Its mode. NOTE: Three kinds are known:<ul><li><b>a</b></li><li><b>b</b></li></ul>', []],
  ['The value is left blank. The following values are supported.', []],
])('the values of “%s”', ([description, values]) => {
  expect(rowWith(description).values).toEqual(values);
});

test.for<[description: string, standard: string | null]>([
  ['The default value is <b>30</b>.', '30'],
  ['The default interval is 30 seconds.', '30'],
  ['The default mode is fast.', 'fast'],
  ['Its mode, which is fast by default.', 'fast'],
  ['If it is left out, <b>fast</b> is used by default.', 'fast'],
  ['The value can be <b>fast</b> (default) or <b>slow</b>.', 'fast'],
  ['Both the default value and maximum value are 1000.', '1000'],
  ['Nothing given: the default value 0 (all) is used.', '0'],
  ['Defaults to "".', ''],
  // The unit is none.
  ['Its lifetime. The default unit is seconds. The default value is 3600.', '3600'],
  ['Its lifetime. The default unit is seconds.', null],
  ['The value is left blank by default.', null],
  ['The default protocol is mandatory.', null],
  ['It is created in a shared pool (default).', null],
  ['Mandatory when <b>key</b> is used.', null],
])('the default of “%s”', ([description, standard]) => {
  expect(rowWith(description).default).toBe(standard);
});

test.for<[description: string, isDeprecated: boolean]>([
  ['(Deprecated) Its old name.', true],
  ['Its old name. This parameter has been deprecated.', true],
  ['Its state: CURRENT, DEPRECATED', false],
  ['For details, see Old Modes (Deprecated).', false],
])('“%s” is deprecated: %s', ([description, isDeprecated]) => {
  expect(rowWith(description).deprecated).toBe(isDeprecated);
});

test.for<[written: string, type: string, remarks: number]>([
  ['List&lt;tag&gt;', 'List<tag>', 0],
  ['Array of tag objects', 'Array of tag objects', 0],
  ['Dictionary data structure', 'Dictionary data structure', 0],
  ['String(64)', 'String(64)', 0],
  ['Boalean', 'Boolean', 1],
  ['Table 3', 'Table 3', 1],
])('the type %s is read as %s', ([written, type, remarks]) => {
  const row = rowWith('Its mode.', written);
  expect(row.type).toBe(type);
  expect(row.remarks).toHaveLength(remarks);
});

test('an optional type says that the parameter may be left out; an object has no values of its own', () => {
  expect(rowWith('Its mode.', 'String (Optional)')).toMatchObject({ type: 'String', mandatory: false });
  expect(rowWith('The value can be <b>a</b> or <b>b</b>.', 'Object').values).toEqual([]);
});

test('members belong to the object that their table is named for, refers to, or is of the type of', () => {
  const table = (rows: readonly (readonly string[])[]) =>
    `<table><tr><th>Parameter</th><th>Type</th><th>Description</th></tr>${rows
      .map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
      .join('')}</table>`;
  const text = [
    '<p>Table 1 Response parameters</p>',
    table([
      ['routes', 'List<Object>', 'The routes.'],
      ['tags', 'List<resource_tag>', 'The tags.'],
      ['limits', 'Object', 'For details, see Table 4.'],
    ]),
    '<p>Table 2 Description of the route field</p>',
    table([['hop', 'String', 'Where to.']]),
    '<p>Table 3 resource_tag structure</p>',
    table([['key', 'String', 'Its key.']]),
    '<p>Table 4 Numbers</p>',
    table([['most', 'Integer', 'The most.']]),
    '<p>Table 5 Status codes</p>',
    '<table><tr><th>Status Code</th><th>Name</th><th>Description</th></tr><tr><td>200</td><td>OK</td><td>-</td></tr></table>',
  ].join('\n');
  const { page } = readPage(
    Buffer.from(`<html><body>${text.replaceAll(/<(?=Object|resource)/g, '&lt;')}</body></html>`),
    'x',
  );
  expect(page.tables.map(({ rows }) => rows[0]?.members_of)).toEqual([null, 'routes', 'tags', 'limits']);
});
