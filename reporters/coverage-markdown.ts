import type { ConformanceReport } from '../harness/results/report.ts';
import { cell, table } from './markdown.ts';

/** The numbers of repeated requests. */
type Repeats = Pick<ConformanceReport['run'], 'retries' | 'freshConnections'>;

/** The coverage of a run as Markdown: the part of the contract that it saw, and so the part that it did not show. */
export function coverageMarkdown(coverage: ConformanceReport['coverage'], repeats: Repeats): string[] {
  const { parameters, enums, defaults, undefinedNames, undocumented } = coverage;
  return [
    ...extent(coverage, repeats),
    '',
    ...table(
      ['parameter', 'seen', 'null', 'absent'],
      parameters.map(({ name, seen, null: nulls, absent }) => [name, `${seen}`, `${nulls}`, `${absent}`]),
    ),
    '',
    ...table(
      ['named values of', 'seen', 'not seen', 'other values'],
      enums.map(({ name, seen, unseen, others }) => [name, seen.join(', '), unseen.join(', '), `${others}`]),
    ),
    '',
    ...table(
      ['default of', 'connections it was checked on'],
      defaults.map(({ name, connections }) => [name, `${connections}`]),
    ),
    '',
    ...table(
      ['undefined name in fields', 'alone', 'beside id'],
      undefinedNames.map(({ name, alone, beside }) => [name || '(empty)', alone ?? 'not seen', beside ?? 'not seen']),
    ),
    ...(undocumented.length === 0
      ? []
      : ['', `Undocumented members, which are allowed: ${undocumented.map(cell).join(', ')}`]),
  ];
}

/** How much was there to be judged, and what was not, each in one line of a list. */
function extent({ connections, paged, elementsLeftOut }: ConformanceReport['coverage'], repeats: Repeats): string[] {
  return [
    connections === null ? '- No list was seen.' : `- ${connections} connections in the first full list.`,
    ...(paged ? ['- The list is paged: only its first page was judged.'] : []),
    `- Left out of a comparison, because they came, went or changed meanwhile: ${elementsLeftOut} elements at most.`,
    `- Retried: ${repeats.retries} requests after 429 or 503, ${repeats.freshConnections} because a connection was closed.`,
  ];
}
