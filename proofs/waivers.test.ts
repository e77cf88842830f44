import { expect, test } from 'vitest';
import { parseWaivers, readWaivers } from '../harness/gating/waiver-file.ts';
import {
  applyWaivers,
  describeStale,
  type Found,
  type FoundDepartures,
  type JudgedRequirement,
  staleWaivers,
  type Waiver,
} from '../harness/gating/waivers.ts';
import { requirements } from '../suites/requirements.ts';

const known = new Set(requirements.map(({ id }) => id));
const id = 'parameters.type.mtu';
const at = '/ipsec_site_connections/*/mtu';

function waiver(own: Partial<Waiver> = {}): Waiver {
  return {
    requirement: id,
    reason: 'known',
    file: 'w.yaml',
    line: 2,
    departures: [{ at, value: '1500', line: 4 }],
    ...own,
  };
}

const found = (...groups: Found[]): FoundDepartures => ({ groups, complete: true });
const text: Found = { at, value: '1500' };

test('a failure is waived at the place and with the value that the waiver names', () => {
  expect(applyWaivers(id, found(text), [waiver()], '2026-01-01')).toMatchObject({
    kind: 'waived',
    waivers: [{ reason: 'known' }],
  });
});

test.for([
  ['another value', { at, value: '1400' }],
  ['the same value in another type', { at, value: 1500 }],
  ['another place', { at: '/ipsec_site_connections/*/psk', value: '1500' }],
  ['words', { at, words: '1500' }],
] as const)('a failure with %s still counts', ([, other]) => {
  const waiving = applyWaivers(id, found(text, other), [waiver()], '2026-01-01');
  expect(waiving).toMatchObject({ kind: 'counts', why: 'not covered' });
});

test('where values vary, a type is accepted, or anything until a day', () => {
  const of = (departure: object) => [waiver({ departures: [{ at, line: 4, ...departure } as never] })];
  const kinds = (departure: object, ...groups: Found[]) =>
    applyWaivers(id, found(...groups), of(departure), '2026-01-01').kind;
  const other: Found = { at, value: 'another' };
  expect(kinds({ type: 'string' }, text, other)).toBe('waived');
  expect(kinds({ type: 'string' }, text, { at, value: null })).toBe('counts');
  expect(kinds({ type: 'null' }, { at, value: null })).toBe('waived');
  expect(kinds({ type: 'integer' }, { at, value: 1.5 })).toBe('counts');
  expect(kinds({ type: 'array' }, { at, value: [] })).toBe('waived');
  expect(kinds({ type: 'object' }, { at, value: [] })).toBe('counts');
  expect(kinds({ type: 'string' }, { at, words: 'x' })).toBe('counts');
  expect(kinds({ any: true }, text, { at, words: 'x' })).toBe('waived');
  expect(kinds({ any: true }, { at: '/ipsec_site_connections/*/psk', value: '1' })).toBe('counts');
});

test('anything is accepted only until a day', () => {
  const write = (expires: string) =>
    `waivers:\n  - requirement: ${id}\n    reason: x\n${expires}    departures: [{at: ${at}, any: true}]\n`;
  expect(() => parseWaivers(write(''), 'w.yaml', known)).toThrow('needs the last day on which it does: expires');
  expect(parseWaivers(write('    expires: 2030-01-31\n'), 'w.yaml', known)).toHaveLength(1);
});

test('a failure of another requirement is not waived', () => {
  expect(applyWaivers('parameters.type.psk', found(text), [waiver()], '2026-01-01')).toEqual({ kind: 'none' });
});

test('a waiver holds on its last day, and not on the next', () => {
  const own = [waiver({ expires: '2026-01-31' })];
  expect(applyWaivers(id, found(text), own, '2026-01-31').kind).toBe('waived');
  expect(applyWaivers(id, found(text), own, '2026-02-01')).toMatchObject({ kind: 'counts', why: 'expired' });
});

test('several waivers share the work', () => {
  const other: Found = { at, value: null };
  const both = [waiver(), waiver({ line: 9, departures: [{ at, value: null, line: 11 }] })];
  expect(applyWaivers(id, found(text, other), both, '2026-01-01')).toMatchObject({
    kind: 'waived',
    waivers: [{ line: 2 }, { line: 9 }],
  });
});

test('more kinds of departure than are kept cannot be waived', () => {
  expect(applyWaivers(id, { groups: [text], complete: false }, [waiver()], '2026-01-01').kind).toBe('counts');
});

test('the order of members in a waived value means nothing', () => {
  const own = waiver({ departures: [{ at, value: { a: 1, b: 2 }, line: 4 }] });
  expect(applyWaivers(id, found({ at, value: { b: 2, a: 1 } }), [own], '2026-01-01').kind).toBe('waived');
});

test.for<[string, unknown, unknown, boolean]>([
  ['another value of a member', { a: 1 }, { a: 2 }, false],
  ['another name of a member', { a: 1 }, { b: 1 }, false],
  ['the same items', ['a', 1], ['a', 1], true],
  ['other items', ['a', 1], ['a', 2], false],
  ['the items in another order', ['a', 1], [1, 'a'], false],
  ['members named like the items', ['a'], { 0: 'a' }, false],
  // YAML's own number, which no JSON has.
  ['null, where an endless number is waived', Number.POSITIVE_INFINITY, null, false],
])('%s: whether a waived value covers it', ([, waived, value, covers]) => {
  const own = waiver({ departures: [{ at, value: waived, line: 4 }] });
  expect(applyWaivers(id, found({ at, value }), [own], '2026-01-01').kind).toBe(covers ? 'waived' : 'counts');
});

test('waived words cover the same words, no others, and no value', () => {
  const own = waiver({ departures: [{ at, words: 'no such member', line: 4 }] });
  const kindOf = (shown: Found) => applyWaivers(id, found(shown), [own], '2026-01-01').kind;
  expect(kindOf({ at, words: 'no such member' })).toBe('waived');
  expect(kindOf({ at, words: 'another' })).toBe('counts');
  expect(kindOf({ at, value: 'no such member' })).toBe('counts');
});

test('an asterisk stands for every index, and for one step only', () => {
  const kindOf = (place: string) =>
    applyWaivers(id, found({ at: place, value: '1500' }), [waiver()], '2026-01-01').kind;
  expect(kindOf('/ipsec_site_connections/3/mtu')).toBe('waived');
  expect(kindOf('/ipsec_site_connections/*/mtu/*')).toBe('counts');
  expect(kindOf('/ipsec_site_connections/mtu')).toBe('counts');
});

test('one of several departures of a waiver covers', () => {
  const own = waiver({ departures: [...waiver().departures, { at, value: null, line: 5 }] });
  expect(applyWaivers(id, found(text), [own], '2026-01-01').kind).toBe('waived');
});

test('a failure that counts in spite of a waiver says why, and which waiver', () => {
  const places = [1, 2, 3, 4].map((index): Found => ({ at: `/a${index}`, value: index }));
  const textOf = (all: FoundDepartures, own = waiver()) => {
    const waiving = applyWaivers(id, all, [waiver({ line: 1, departures: [] }), own], '2026-02-01');
    return waiving.kind === 'counts' ? `${waiving.why}, ${waiving.waiver.line}: ${waiving.text}` : waiving.kind;
  };
  expect(textOf(found(text, ...places.slice(0, 3)))).toBe(
    'not covered, 2: the waiver at w.yaml:2 does not cover /a1: 1; /a2: 2; /a3: 3',
  );
  expect(textOf(found(...places))).toMatch(/^not covered, 1: .* \/a3: 3 and 1 more$/);
  expect(textOf(found({ at: '', words: 'no answer' }))).toMatch(/ the answer as a whole: no answer$/);
  expect(textOf({ groups: [text], complete: false })).toBe(
    'not covered, 2: the waiver at w.yaml:2 cannot cover it: there are more than 1 kinds of departure',
  );
  const old = waiver({ expires: '2026-01-31' });
  expect(textOf(found(text), old)).toBe('expired, 2: the waiver at w.yaml:2 expired on 2026-01-31');
  // What no waiver names is told before what has expired.
  expect(textOf(found(text, ...places.slice(0, 1)), old)).toMatch(/^not covered, .* does not cover \/a1: 1$/);
  expect(textOf({ groups: [text], complete: false }, old)).toMatch(/^not covered, .* more than 1 kinds/);
});

test('a waiver is told with its reason, its last day and its link', () => {
  const own = [waiver({ reason: ' known\n', expires: '2026-01-31', link: 'https://x.example/1' })];
  const [reason, expires, link] = ['known', '2026-01-31', 'https://x.example/1'];
  expect(applyWaivers(id, found(text), own, '2026-01-01')).toEqual({
    kind: 'waived',
    waivers: [{ reason, expires, link, file: 'w.yaml', line: 2 }],
  });
  expect(applyWaivers(id, found(text), [waiver()], '2026-01-01')).toEqual({
    kind: 'waived',
    waivers: [{ reason, file: 'w.yaml', line: 2 }],
  });
});

test('a waiver is stale where a pass shows nothing, and not where more was found than is kept', () => {
  const stale = (judged: JudgedRequirement) => staleWaivers([waiver()], new Map([[id, judged]]));
  expect(stale({ departures: { groups: [], complete: false } })).toEqual([]);
  expect(stale({})).toHaveLength(1);
});

test('a waiver is stale where what it names was judged and not found', () => {
  const stale = (departures = found()) => staleWaivers([waiver()], new Map([[id, { departures }]]));
  expect(stale().map(describeStale)).toEqual([`w.yaml:4: the waiver of ${id} matches nothing: ${at}: "1500"`]);
  expect(stale(found({ at, value: null }))).toHaveLength(1);
  expect(stale(found(text))).toEqual([]);
  expect(staleWaivers([waiver()], new Map())).toEqual([]);
});

const file = (body: string) => `waivers:\n  - requirement: ${id}\n${body}`;

test.for([
  [
    file("    reason: ''\n    departures: [{at: '', value: 1}]\n"),
    'w.yaml:3: reason must say why the failure is accepted: it is empty',
  ],
  [file("    reason: x\n    departures: [{at: '', value: 1}]\n    expires: soon\n"), 'w.yaml:5: expires is a date'],
  [file('    reason: x\n'), 'w.yaml:2: lacks departures'],
  [file('    reason: x\n    departures: []\n'), 'w.yaml:4: departures is a list of at least one'],
  [
    file("    reason: x\n    departures: [{at: '/a/0', value: 1}]\n"),
    'w.yaml:4: at is a JSON pointer, with * for every index',
  ],
  [file("    reason: x\n    departures: [{at: ''}]\n"), 'w.yaml:4: lacks a value, words, a type, or any'],
  [file("    reason: x\n    cause: y\n    departures: [{at: '', value: 1}]\n"), 'w.yaml:4: "cause" is not known'],
  [
    'waivers:\n  - requirement: no.such\n    reason: x\n    departures: [{at: "", value: 1}]\n',
    'w.yaml:2: there is no requirement "no.such"',
  ],
  ['waivers: [', 'w.yaml:1: is no YAML'],
  ['- a', 'w.yaml:1: is no list of waivers'],
] as const)('a mistake in a waiver file is one line with its place: %#', ([body, line]) => {
  expect(() => parseWaivers(body, 'w.yaml', known)).toThrow(line);
});

test('the shipped waivers of OpenStack Neutron are waivers', () => {
  const shipped = readWaivers(['waivers/openstack-neutron.yaml'], known).map(({ requirement }) => requirement);
  expect(shipped).toEqual([
    'parameters.type.peer_ep_group_id',
    'parameters.type.local_ep_group_id',
    'robustness.invalid-utf8.fields',
    'robustness.invalid-utf8.parameter',
  ]);
});
