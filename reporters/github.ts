import type { ConformanceReport } from '../harness/results/report.ts';
import { failureLines, headline } from './failure-text.ts';

/** A workflow command of GitHub's for each violation: it stands beside the run, one click from its text. */
export function annotations({ requirements, staleWaivers, errata }: ConformanceReport): readonly string[] {
  return [
    ...requirements
      .filter(({ verdict }) => verdict === 'violation' || verdict === 'broken')
      .map((requirement) => {
        const { id, verdict, reason } = requirement;
        const told =
          verdict === 'broken' ? [`broken: ${reason}`] : [headline(requirement), ...failureLines(requirement, errata)];
        return `::error title=${property(id)}::${data(told.join('\n'))}`;
      }),
    ...staleWaivers.map((line) => `::error title=stale waiver::${data(line)}`),
  ];
}

/** The escapes that the runner undoes. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
