import type { ConformanceReport } from './conformance-report.ts';
import { reportedLines } from './reported-text.ts';

/** A workflow command of GitHub's for each violation: it stands beside the run, one click from its text. */
export function annotations({ requirements, staleWaivers }: ConformanceReport): readonly string[] {
  return [
    ...requirements
      .filter(({ verdict }) => verdict === 'violation' || verdict === 'broken')
      .map((requirement) => {
        const { message, lines } = reportedLines(requirement);
        return `::error title=${property(requirement.id)}::${data([message, ...lines].join('\n'))}`;
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
