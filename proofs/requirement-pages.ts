import { contract } from '../harness/contract/editions.ts';
import type { Requirement } from '../harness/judging/requirement.ts';
import { requestTarget } from '../harness/probes/probe.ts';
import { suiteOf } from '../harness/results/report.ts';
import { faults } from '../reference/faults/all.ts';
import { requirements } from '../suites/requirements.ts';
import { settings } from './observe-fault.ts';
import { idsOf } from './prove-faults.ts';
import { remedyOf } from './remedies.ts';

/** Requests and mistakes that are named for one requirement; the rest are counted. */
const [mostRequests, mostMistakes] = [4, 6];

/** docs/requirements/<suite>.md: for each requirement what is asked, what it rests on, what implementations get wrong, and how to mend it. */
export function requirementPages(): readonly (readonly [file: string, text: string])[] {
  const suites = [...new Set(requirements.map(suiteOf))];
  return suites.map((suite) => {
    const own = requirements.filter((each) => suiteOf(each) === suite);
    const lines = [
      `# ${suite}`,
      '',
      '<!-- Written by `npm run catalogue`; `npm run check` fails when it is out of date. -->',
      '',
      `Stated in [suites/${suite}.ts](../../suites/${suite}.ts).`,
      ...own.flatMap(section),
    ];
    return [`docs/requirements/${suite}.md`, `${lines.join('\n')}\n`] as const;
  });
}

/** The condition on which a captured file shows what a requirement needs. */
const captured: Readonly<Record<Requirement['needs'], string>> = {
  'a connection': 'it shows a connection',
  'a list': 'it shows a list',
  headers: 'it has the headers of an answer',
  'several readings': 'the list was read several times',
  'other requests': 'it has answers to these requests',
};

function section(requirement: Requirement): string[] {
  const { id, level, title, clause, source, needs } = requirement;
  const requests = [
    ...new Set(
      requirement.probes(settings).map((probe) => `${probe.method} ${requestTarget('', probe)}`.slice(0, 160)),
    ),
  ];
  const mistakes = mistakesOf(id);
  const remedy = remedyOf(id);
  return [
    '',
    `## ${id}`,
    '',
    `**${level}**: ${title}. Source: ${source}. Why: [${clause}](../contract.md#${clause}).`,
    '',
    'Requests:',
    '',
    '```',
    ...requests.slice(0, mostRequests),
    ...(requests.length > mostRequests ? [`… and ${requests.length - mostRequests} more`] : []),
    '```',
    '',
    `A captured file is held to it where ${captured[needs]}.`,
    '',
    'What implementations get wrong:',
    '',
    ...mistakes.slice(0, mostMistakes).map((each) => `- ${each}`),
    ...(mistakes.length > mostMistakes ? [`- … and ${mistakes.length - mostMistakes} more`] : []),
    ...(remedy === undefined ? [] : ['', `To mend it: ${remedy}`]),
    ...contract
      .errataOf(id)
      .flatMap(({ id: erratum, decision }) => ['', `How the page is read (*${erratum}*): ${decision}`]),
  ];
}

/** Those that fail the fewest requirements say the most about one. */
const telling = faults
  .map(({ describes, fails }) => ({ describes, ids: idsOf(fails) }))
  .sort((one, other) => one.ids.size - other.ids.size);

function mistakesOf(id: string): readonly string[] {
  return [...new Set(telling.filter(({ ids }) => ids.has(id)).map(({ describes }) => describes.replace(/\s+/g, ' ')))];
}
