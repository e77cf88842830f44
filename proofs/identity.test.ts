import { expect, test } from 'vitest';
import { matchesId } from '../harness/base/matches-id.ts';
import { contract } from '../harness/contract/april-2020.ts';
import { requirements } from '../suites/requirements.ts';

test('ids, levels and titles stay: a change here breaks waivers, links and the history of reports', async () => {
  const lines = requirements.map(({ id, level, title }) => `${id}  ${level}  ${title}`);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('identity.snapshot.txt');
});

test('each erratum touches a requirement', () => {
  const lost = contract.errata.flatMap(({ id, touches }) =>
    touches
      .filter((pattern) => !requirements.some((requirement) => matchesId(pattern, requirement.id)))
      .map((pattern) => `${id}: ${pattern}`),
  );
  expect(lost).toEqual([]);
});

test('each requirement cites a source and begins with its suite', () => {
  const suites = [
    'envelope',
    'parameters',
    'enums',
    'forms',
    'defaults',
    'known',
    'projection',
    'consistency',
    'authentication',
    'errors',
    'robustness',
    'advice',
  ];
  for (const { id, source, title } of requirements) {
    expect(suites).toContain(id.split('.')[0]);
    expect(source).toMatch(/Table|Example|RFC|CWE|OpenStack|Returned Values/);
    expect(title).not.toMatch(/[.]$|^[A-Z](?!ontent|ccept|RL|TF|R )/);
  }
});
