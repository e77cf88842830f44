import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { differences, readExpected, verdictsOf, writeExpected } from '../interop/neutron/expected.ts';
import { knownConnectionsFile } from '../interop/neutron/seed.ts';
import { keptReportOf, readKeptReport } from '../interop/report.ts';
import { interopTable, withTable } from '../interop/table.ts';
import { type Judged, judgedIn } from '../interop/verdicts.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'interop-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const judged: readonly Judged[] = [
  { id: 'parameters.type.mtu', verdict: 'fail', observed: ['"1500"', 'null'] },
  { id: 'enums.status', verdict: 'pass', observed: [] },
  { id: 'parameters.type.psk', verdict: 'pass', observed: [] },
  { id: 'authentication.missing', verdict: 'not-applicable', observed: [] },
];

describe('expected verdicts', () => {
  test('hold what is not "pass", and are read back as they were written', () => {
    const path = join(folder, 'expected.json');
    writeExpected(path, verdictsOf(judged));
    expect(readExpected(path)).toEqual({
      'authentication.missing': { verdict: 'not-applicable' },
      'parameters.type.mtu': { verdict: 'fail', observed: ['"1500"', 'null'] },
    });
  });

  test('that are all met make no difference', () => {
    expect(differences(verdictsOf(judged), verdictsOf(judged))).toEqual([]);
  });

  test('differ by verdict, by observed value, and by what fails no more', () => {
    const found: readonly Judged[] = [
      { id: 'parameters.type.mtu', verdict: 'fail', observed: ['null'] },
      { id: 'enums.status', verdict: 'inconclusive', observed: [] },
    ];
    expect(differences(verdictsOf(judged), verdictsOf(found))).toEqual([
      'authentication.missing: expected not-applicable, found pass',
      'enums.status: expected pass, found inconclusive',
      'parameters.type.mtu: expected fail ("1500", null), found fail (null)',
    ]);
  });

  test('of another form are refused', () => {
    const path = join(folder, 'expected.json');
    writeFileSync(path, '{ "enums.status": "fail" }');
    expect(() => readExpected(path)).toThrow('must be object');
  });
});

describe("a run's report", () => {
  const base = { level: 'MUST', title: '', source: '', errata: [], rerun: '' } as const;
  const [groups, complete, place] = [[], true, { request: '', pointer: '', expected: '', frame: [], curl: '' }];
  const found = { count: 1, of: 1, answers: 1, groups, complete };

  test('without any verdict is refused', () => {
    expect(() => judgedIn({ requirements: [] })).toThrow('holds no verdict');
  });

  test('tells the values that were found, or else what stood at the places, whatever the gate made of it', () => {
    const [nothing, error] = [
      { ...place, actual: 'null' },
      { ...place, actual: '500' },
    ];
    const requirements = [
      {
        ...base,
        id: 'a',
        verdict: 'violation',
        departures: { ...found, distinct: [{ value: 'null', count: 1 }], places: [nothing] },
      },
      { ...base, id: 'b', verdict: 'advice', departures: { ...found, distinct: [], places: [error, error] } },
      { ...base, id: 'c', verdict: 'pass' },
    ] as const;
    expect(judgedIn({ requirements })).toEqual([
      { id: 'a', verdict: 'fail', observed: ['null'] },
      { id: 'b', verdict: 'fail', observed: ['500'] },
      { id: 'c', verdict: 'pass', observed: [] },
    ]);
  });
});

describe('the table of implementations', () => {
  const report = keptReportOf({ implementation: 'Some Cloud', versions: { suite: '1.2.3' } }, judged);

  test('counts by suite and verdict, and names what fails', () => {
    const table = interopTable([report], new Map());
    expect(table).toContain('|  | Some Cloud |');
    expect(table).toContain('| parameters | 1 ✓, 1 ✗ |');
    expect(table).toContain('| authentication | 1 – |');
    expect(table).toContain('- `parameters.type.mtu` fails (`"1500"`, `null`): Some Cloud.');
    expect(table).toContain('- Some Cloud: suite 1.2.3.');
  });

  test('tells what the catalogue has more than a kept report', () => {
    const catalogue = new Map([
      ['parameters', 2],
      ['enums', 3],
    ]);
    const table = interopTable([report], catalogue);
    expect(table).toContain('| parameters | 1 ✓, 1 ✗ |');
    expect(table).toContain('| enums | 1 ✓, 2 not run |');
    expect(table).toContain('not run: added since');
  });

  test('has a place for every suite that a kept report knows', () => {
    for (const name of ['reference', 'neutron-noauth', 'neutron-keystone']) {
      const kept = readKeptReport(new URL(`../interop/reports/${name}.json`, import.meta.url));
      const shown = interopTable([kept], new Map()).match(/^\| (\w+) \|/gm) ?? [];
      expect(shown).toEqual(Object.keys(kept.suites).map((suite) => `| ${suite} |`));
    }
  });

  test('goes between the markers, and replaces what stood there', () => {
    const document = 'before\n<!-- interop:start -->\nold\n<!-- interop:end -->\nafter\n';
    const once = withTable(document, 'new');
    expect(once).toBe('before\n<!-- interop:start -->\n\nnew\n\n<!-- interop:end -->\nafter\n');
    expect(withTable(once ?? '', 'new')).toBe(once);
  });

  test.each(['', '<!-- interop:start -->', '<!-- interop:end --> <!-- interop:start -->'])(
    'goes nowhere without both markers in order: %j',
    (document) => expect(withTable(document, 'new')).toBeUndefined(),
  );
});

describe('the known-connections file', () => {
  test('keeps every given value as it was given', () => {
    const given = {
      name: 'uniçødé "quoted" \'日本語\'',
      description: 'a\u2028b\tc\nd \\',
      mtu: 1400,
      psk: '0123',
      dpd: { action: 'no' },
    };
    expect(parse(knownConnectionsFile([{ id: '1e4', given }]))).toEqual({ connections: [{ id: '1e4', given }] });
  });
});

describe('the expected verdicts of a real Neutron', () => {
  // Whoever asks: the other member sees the nulls in what the second token is shown.
  test.each(['noauth', 'member', 'other-member'])('fail %s in its genuine deviations alone', (run) => {
    const path = new URL(`../interop/neutron/expected/${run}.json`, import.meta.url);
    const expected = JSON.parse(readFileSync(path, 'utf8')) as Record<string, { verdict: string }>;
    const failing = Object.keys(expected).filter((id) => expected[id]?.verdict === 'fail');
    expect(failing).toEqual([
      // Its lists hold keys, and have no Cache-Control; to HEAD it answers 405 without saying what is allowed.
      'advice.cache-control.given',
      'errors.head',
      'parameters.type.local_ep_group_id',
      'parameters.type.peer_ep_group_id',
      'robustness.invalid-utf8.fields',
      'robustness.invalid-utf8.parameter',
    ]);
  });
});
