import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { matchesId } from '../harness/base/matches-id.ts';
import { contract } from '../harness/contract/editions.ts';
import { suiteOf } from '../harness/results/report.ts';
import { requirements } from '../suites/requirements.ts';
import { identities } from './identities.ts';

test('ids, levels and titles stay: a change here breaks waivers, links and the history of reports', async () => {
  await expect(`${identities(requirements).join('\n')}\n`).toMatchFileSnapshot('identity.snapshot.txt');
});

test('each erratum touches a requirement', () => {
  const lost = contract.errata.flatMap(({ id, touches }) =>
    touches
      .filter((pattern) => !requirements.some((requirement) => matchesId(pattern, requirement.id)))
      .map((pattern) => `${id}: ${pattern}`),
  );
  expect(lost).toEqual([]);
});

test('each requirement cites a source, and begins with the name of its file', () => {
  for (const requirement of requirements) {
    const { source, title } = requirement;
    expect(existsSync(new URL(`../suites/${suiteOf(requirement)}.ts`, import.meta.url))).toBe(true);
    expect(source).toMatch(/Table|Example|RFC|CWE|OpenStack|Returned Values/);
    expect(title).not.toMatch(/[.]$|^[A-Z](?!ontent|ccept|RL|TF|R |EAD )/);
  }
});
