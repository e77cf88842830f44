import { Status } from 'allure-js-commons';
import AllureVitestReporter from 'allure-vitest/reporter';
import type { TestModule } from 'vitest/node';
import { failureLines } from './failure-text.ts';
import { collectRun } from './finished-run.ts';
import type { Result } from './result.ts';

/**
 * allure-vitest, with what it loses put back: the reason of a skip, and every departure below the gate as a failed
 * result, so that the report shows what the run let pass.
 */
export class AllureReporter extends AllureVitestReporter {
  private readonly results: Map<string, Result>;

  constructor(resultsDir: string, environmentInfo: Record<string, string>) {
    const results = new Map<string, Result>();
    super({
      resultsDir,
      environmentInfo,
      categories,
      listeners: [
        {
          beforeTestResultWrite(test) {
            const result = results.get(test.testCaseId ?? '');
            if (!result) return;
            const { status, message, trace } = allureStatus(result);
            test.status = status;
            test.statusDetails = {
              ...(message === undefined ? {} : { message }),
              ...(trace === undefined ? {} : { trace }),
            };
          },
        },
      ],
    });
    this.results = results;
  }

  override onTestRunEnd(modules: readonly TestModule[]): void {
    for (const result of collectRun(modules).results) this.results.set(result.id, result);
    super.onTestRunEnd([...modules]);
  }
}

/** By the beginning of the message, which allureStatus writes; a report groups what did not pass by these. */
const categories = [
  { name: 'Violation', messageRegex: '^violation: .*', matchedStatuses: [Status.FAILED] },
  { name: 'Advice', messageRegex: '^advice: .*', matchedStatuses: [Status.FAILED] },
  { name: 'Inconclusive', messageRegex: '^inconclusive: .*', matchedStatuses: [Status.SKIPPED] },
  { name: 'Not applicable', messageRegex: '^not-applicable: .*', matchedStatuses: [Status.SKIPPED] },
  { name: "The suite's own fault", messageRegex: '^the suite broke.*', matchedStatuses: [Status.BROKEN] },
];

function allureStatus(result: Result): { status: Status; message?: string; trace?: string } {
  const trace = failureLines(result).join('\n');
  switch (result.verdict) {
    case 'pass':
      return { status: Status.PASSED };
    case 'fail':
      return { status: Status.FAILED, message: `${result.gated ? 'violation' : 'advice'}: ${result.title}`, trace };
    case 'broken':
      return { status: Status.BROKEN, message: 'the suite broke, not the target', trace: result.reason ?? '' };
    default:
      return { status: Status.SKIPPED, message: `${result.verdict}: ${result.reason}` };
  }
}
