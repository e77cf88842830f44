import { describe, expect, test } from 'vitest';
import { collect, emptyCollection, mergeCollections } from '../harness/judging/departure-groups.ts';
import { judge } from '../harness/judging/judge.ts';
import { value } from '../harness/judging/verdict.ts';
import { compareReports } from '../harness/results/comparison.ts';
import type { ConformanceReport, ReportedDepartures, ReportedRequirement } from '../harness/results/report.ts';
import { reported } from '../harness/results/reported.ts';
import { failureLines } from '../reporters/failure-text.ts';
import { requirements } from '../suites/requirements.ts';
import { answered } from './answered.ts';
import { freshWorld } from './observe-fault.ts';
import { reportContext } from './report-context.ts';

const kibibyte = 1024;

/** The results for a list of so many elements, each wrong in each member with values that no other has. */
function saidOf(elements: number): readonly ReportedRequirement[] {
  const element = freshWorld().connections[0]?.element ?? {};
  const wrong = (index: number) =>
    Object.fromEntries(
      Object.keys(element).map((name) => [name, name === 'id' ? `${index}` : [`${name} ${index}`.padEnd(300, '.'), 1]]),
    );
  const list = Array.from({ length: elements }, (_, index) => ({
    ...wrong(index),
    [`new_${index}`.repeat(90)]: index,
  }));
  const { observations } = answered(JSON.stringify({ ipsec_site_connections: list }));
  const context = reportContext(observations, { gate: 'MAY' });
  return requirements.map((requirement) => reported(requirement, judge(requirement, observations), context));
}

test('what is said of a requirement does not grow with the list', () => {
  const failing = saidOf(2_000).filter(({ verdict }) => verdict === 'violation');
  expect(failing.length).toBeGreaterThan(20);
  for (const requirement of failing) {
    expect(JSON.stringify(requirement).length).toBeLessThan(20 * kibibyte);
    expect(failureLines(requirement).join('\n').length).toBeLessThan(8 * kibibyte);
  }
});

/** The departures of an answer, each of a kind of its own. */
function manyKinds(count: number, text = '.') {
  const { observation } = answered('{}');
  const departures = emptyCollection();
  for (let index = 0; index < count; index += 1) {
    const pointer = `/ipsec_site_connections/${index}/${index === count - 1 ? 'mtu' : 'name'}`;
    collect(departures, { observation, pointer, expected: '', actual: value(`${text}${index}`) });
  }
  return departures;
}

describe('kinds of departure', () => {
  test('are listed within 8 KiB, of each place one, and the rest is counted', () => {
    const departures = manyKinds(500);
    const { groups, complete, rest } = mergeCollections(new Map([[departures, 4]]));
    expect(JSON.stringify(groups).length).toBeLessThan(9 * kibibyte);
    expect(groups.some(({ at }) => at.endsWith('mtu'))).toBe(true);
    expect(complete).toBe(false);
    expect(rest).toEqual({ count: 500 - groups.length, answers: 4 });
  });

  test('that are more than are kept are counted too', () => {
    const { groups, rest } = mergeCollections(new Map([[manyKinds(3_000), 1]]));
    expect(groups.length + rest.count).toBe(3_000);
  });

  test('are all listed where they have room', () => {
    expect(mergeCollections(new Map([[manyKinds(50), 2]]))).toMatchObject({
      complete: true,
      rest: { count: 0, answers: 0 },
    });
  });

  test('that are as long as a target likes leave no room for others', () => {
    const { groups, rest } = mergeCollections(new Map([[manyKinds(20, 'x'.repeat(3_000)), 1]]));
    expect([groups.length, rest.count]).toEqual([2, 18]);
  });
});

describe('compared with a report that does not list all kinds', () => {
  const said = (...places: string[]): ReportedDepartures['groups'] =>
    places.map((at) => ({ at, value: at.length, count: 1, answers: 1 }));
  const report = (groups: ReportedDepartures['groups'], complete: boolean) => {
    const departures = { count: 9, of: 9, answers: 1, distinct: [], places: [], groups, complete };
    const requirement = { id: 'a', level: 'MUST', title: '', source: '', errata: [], verdict: 'violation', rerun: '' };
    const seen = { parameters: [], enums: [], defaults: [], undefinedNames: [], undocumented: [], paged: false };
    const about = { target: { url: '' }, contract: { schemas: '' }, settings: { gate: 'MUST' }, coverage: seen };
    return { ...about, requirements: [{ ...requirement, departures }] } as unknown as ConformanceReport;
  };
  const other = said('/*/mtu').map((group) => ({ ...group, value: null }));

  test('another value at a place that it names is not new, and a remark says so', () => {
    const { newlyFailing, remarks } = compareReports(report(said('/*/mtu'), false), report(other, true));
    expect(newlyFailing).toEqual([]);
    expect(remarks).toEqual([
      '1 requirements depart in more ways than the first report lists: only other places count as new',
    ]);
  });

  test('another place is new', () => {
    const after = report(said('/*/mtu', '/*/name'), true);
    expect(compareReports(report(said('/*/mtu'), false), after).newlyFailing).toHaveLength(1);
  });

  test('and with one that does, another value is new', () => {
    expect(compareReports(report(said('/*/mtu'), true), report(other, false)).newlyFailing).toHaveLength(1);
  });
});
