import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { createShownBodies } from '../harness/answers/shown-bodies.ts';
import { matchesId } from '../harness/base/matches-id.ts';
import { valueAt } from '../harness/base/pointer.ts';
import { judge } from '../harness/judging/judge.ts';
import type { Violation } from '../harness/judging/verdict.ts';
import { faults } from '../reference/faults/all.ts';
import { requirements } from '../suites/requirements.ts';
import { observeFault, settings } from './observe-fault.ts';

/** The suites whose departures are values of an element: what a failure shows stands where it says. */
const ofElements = /^(parameters\.type|enums|forms|defaults)\./;

/** The last fault that a requirement is failed by: faults of the last element only are written after those of all. */
const proven = requirements
  .filter(({ id }) => ofElements.test(id))
  .map((requirement) => {
    const own = faults.filter(
      ({ kind, fails }) => kind === 'api' && fails.some((each) => matchesId(each, requirement.id)),
    );
    return { requirement, fault: own.at(-1)! };
  });

function isFoundThere({ observation, pointer, actual }: Violation): boolean {
  const text = createShownBodies(settings.bodyLimit).text(observation);
  const body: unknown = text && JSON.parse(Buffer.from(text).toString());
  return actual.kind === 'value' && isDeepStrictEqual(valueAt(body, pointer), actual.value);
}

test.for(proven.map((each) => [each.requirement.id, each] as const))(
  'a failure of %s shows what stands at the place that it names',
  async ([, { requirement, fault }]) => {
    const observations = await observeFault(fault);
    const verdict = judge(requirement, observations);
    const violations = verdict.kind === 'fail' ? verdict.departures.violations : [];
    expect(violations).not.toEqual([]);
    for (const violation of violations) {
      expect(violation.pointer).toMatch(/^\/ipsec_site_connections\/\d+\/./);
      expect(isFoundThere(violation), `${fault.name}: ${violation.pointer}`).toBe(true);
    }
  },
);
