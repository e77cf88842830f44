import { describe, expect, test } from 'vitest';
import { editions, contract as usual } from '../harness/contract/editions.ts';
import { observe } from '../harness/run/observe.ts';
import { createApi } from '../reference/api.ts';
import { controls } from '../reference/controls/controls.ts';
import { inEdition } from '../reference/editions.ts';
import { requirementsOf } from '../suites/requirements.ts';
import { isOfContract } from './edition-faults.ts';
import { freshWorld, idsWith, impatient, inProcess, judgeAll, readerFor, settings } from './observe-fault.ts';

/** The later revisions of the page's own family state what a key, a time of creation and a tag look like. */
const telekom: Readonly<Record<string, readonly string[]>> = {
  'values.masked-psk': ['forms.psk'],
  'values.empty-psk': ['forms.psk'],
  'values.short-psk': ['forms.psk'],
  'values.psk-as-name': ['forms.psk'],
  'values.extra': ['parameters.type.tags', 'forms.created_at'],
};

/** Controls that break a statement of another edition, by edition: the requirements that they fail there. */
const statedAgainst: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'otc-2025-08': telekom,
  'swiss-2025-07': telekom,
  // Upstream states a default for the description, and that the settings of dpd are positive.
  openstack: {
    'values.telling-descriptions': ['defaults.description'],
    'values.dpd-off': ['forms.dpd.interval.positive', 'forms.dpd.timeout.positive'],
    'values.dpd-off-below': ['forms.dpd.timeout.positive'],
    'values.dpd-zero-interval': ['forms.dpd.interval.positive'],
  },
};

/** Requirements on the envelope judge what becomes of the names that an edition does not define. */
const isJudged = (id: string) => isOfContract(id) || id.startsWith('envelope.');

const others = editions.filter((contract) => contract !== usual);

describe.for(others.map((contract) => [contract.edition.name, contract] as const))(
  'in %s, an unusual target that conforms fails nothing but what the edition states otherwise:',
  ([edition, contract]) => {
    const requirements = requirementsOf(contract).filter(({ id }) => isJudged(id));
    // Most answers of most controls are alike, and an equal body is read once.
    const reader = readerFor(settings, contract);

    test.for(controls.map(({ name, wrap }) => [name, wrap] as const))('%s', async ([name, wrap]) => {
      const world = inEdition(freshWorld(), edition);
      const transport = inProcess(wrap(createApi(world), world));
      const { observations } = await observe({ requirements, settings, reader }, { transport, patience: impatient });
      const verdicts = judgeAll(observations, requirements);
      expect(idsWith('broken', verdicts)).toEqual([]);
      expect(idsWith('fail', verdicts)).toEqual(statedAgainst[edition]?.[name] ?? []);
    });
  },
);

test('each control that an edition states otherwise is there', () => {
  const names = new Set(controls.map(({ name }) => name));
  const stated = Object.values(statedAgainst).flatMap((each) => Object.keys(each));
  expect(stated.filter((name) => !names.has(name))).toEqual([]);
});
