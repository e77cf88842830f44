import { randomUUID } from 'node:crypto';
import { type Label, LabelName, Stage, Status, type StepResult, type TestResult } from 'allure-js-commons';
import { ALLURE_HTTP_EXCHANGE_CONTENT_TYPE, ALLURE_HTTP_EXCHANGE_FILE_EXTENSION } from 'allure-js-commons/http';
import { ReporterRuntime, type Writer } from 'allure-js-commons/sdk/reporter';
import { editionNamed } from '../harness/contract/editions.ts';
import type { NamedExchange } from '../harness/results/exchange.ts';
import type { FinishedRun } from '../harness/results/finished-run.ts';
import type { ConformanceReport } from '../harness/results/report.ts';
import { categories } from './allure-categories.ts';
import { allureTest, unjudgedTest } from './allure-test.ts';
import { createAllureWriter } from './allure-writer.ts';
import { coverageMarkdown } from './coverage-markdown.ts';
import { standingText, verdictText } from './verdict-text.ts';

/** Labels that say something of the machine and nothing of the target. */
const machineLabels: ReadonlySet<string> = new Set([
  LabelName.HOST,
  LabelName.THREAD,
  LabelName.PACKAGE,
  LabelName.FRAMEWORK,
  LabelName.LANGUAGE,
  '_fallbackTestCaseId',
]);

/**
 * Allure's results of a run: every departure below the gate is a failed result, so that the report shows what the run
 * let pass; a skip keeps its reason; an exchange is a step.
 */
export class AllureResults {
  /** The writer of the tests; each is completed before it is written. */
  readonly runtime: ReporterRuntime;
  private readonly writer: Writer;
  private readonly environmentInfo: Record<string, string>;
  private readonly run: FinishedRun;
  private errors: readonly string[];
  private written = 0;
  private begun: number | undefined;

  /** @param resultsDir the folder that the results are written to */
  constructor(resultsDir: string, environmentInfo: Record<string, string>, run: FinishedRun) {
    this.writer = createAllureWriter(resultsDir);
    this.environmentInfo = environmentInfo;
    this.run = run;
    this.errors = run.errors;
    const listeners = [{ beforeTestResultWrite: (test: TestResult) => this.complete(test) }];
    this.runtime = new ReporterRuntime({ writer: this.writer, categories, listeners });
    this.runtime.writeCategoriesDefinitions();
  }

  /** Adds what broke while the tests were told. */
  addErrors(errors: readonly string[]): void {
    this.errors = [...this.errors, ...errors];
  }

  /** Writes what belongs to no requirement: the environment, and what the run saw. */
  finish(): void {
    const { report } = this.run;
    const verdict = report ? { verdict: verdictText(report).headline } : {};
    this.writer.writeEnvironmentInfo({ ...verdict, ...this.environmentInfo, ...(report ? seen(report) : {}) });
    if (report) this.writeCoverage(coverageMarkdown(report.coverage, report.run));
  }

  /** Attaches the coverage to the whole report: it belongs to no requirement. */
  private writeCoverage(lines: readonly string[]): void {
    const source = `${randomUUID()}-attachment.md`;
    this.writer.writeAttachment(source, Buffer.from(`${lines.join('\n')}\n`));
    const attachment = { name: 'What the run saw', source, type: 'text/markdown', timestamp: Date.now() };
    this.writer.writeGlobals(`${randomUUID()}-globals.json`, { attachments: [attachment], errors: [] });
  }

  private complete(test: TestResult): void {
    test.labels = test.labels.filter(({ name }: Label) => !machineLabels.has(name));
    const name = test.name ?? '';
    const { report } = this.run;
    const requirement = report?.requirements.find(({ id }) => name.startsWith(`${id}:`));
    const contract = editionNamed(report?.contract.edition ?? '');
    const { labels, ...told } = requirement
      ? allureTest(requirement, report?.errata, contract)
      : unjudgedTest(name, this.errors);
    test.labels.push(...labels);
    Object.assign(test, told, { historyId: told.testCaseId, stage: Stage.FINISHED });
    const { ofRequirement } = this.run.exchanges;
    test.steps = (ofRequirement.get(told.testCaseId) ?? []).flatMap((key) => this.step(key, told));
    this.place(test);
  }

  /** A failed exchange carries the message: Allure then shows the error with it, and not once more after the steps. */
  private step(key: string, { status, statusDetails }: StatusParts): StepResult[] {
    const shown = this.run.exchanges.byKey.get(key);
    if (!shown) return [];
    const { name, exchange } = shown;
    const source = this.attach(exchange);
    const failed = status === Status.FAILED;
    const step = {
      name,
      status: failed ? status : Status.PASSED,
      statusDetails: failed ? statusDetails : {},
      stage: Stage.FINISHED,
      steps: [],
      attachments: [{ name: 'exchange', source, type: ALLURE_HTTP_EXCHANGE_CONTENT_TYPE }],
      parameters: [],
      start: exchange.start,
      stop: exchange.stop,
    };
    return [step];
  }

  /** Many requirements rest on the same exchange, but Allure's report shows a file with one step alone. */
  private attach(exchange: NamedExchange['exchange']): string {
    const source = `${randomUUID()}-attachment${ALLURE_HTTP_EXCHANGE_FILE_EXTENSION}`;
    this.writer.writeAttachment(source, Buffer.from(JSON.stringify(exchange)));
    return source;
  }

  /**
   * All is observed before the first test judges, and a judge takes no time worth showing: a test takes as long as its
   * exchanges did. Allure sorts by start: the tests are spread over the run in the order of the page.
   */
  private place(test: TestResult): void {
    const { report } = this.run;
    const observing = report?.run.observingMilliseconds ?? 0;
    const apart = Math.max(1, Math.floor(observing / Math.max(1, report?.requirements.length ?? 0)));
    this.begun ??= Math.round((test.start ?? Date.now()) - observing);
    test.start = this.begun + this.written * apart;
    test.stop = test.start + test.steps.reduce((sum, { start = 0, stop = 0 }) => sum + stop - start, 0);
    this.written += 1;
  }
}

/**
 * Writes a run's Allure results without a test runner.
 * @param names the titles of the tests, in their order
 */
export function writeAllureResults(
  resultsDir: string,
  environmentInfo: Record<string, string>,
  run: FinishedRun,
  names: readonly string[],
): void {
  const results = new AllureResults(resultsDir, environmentInfo, run);
  const { runtime } = results;
  for (const name of names) {
    const test = runtime.startTest({ name });
    runtime.stopTest(test, { duration: 0 });
    runtime.writeTest(test);
  }
  results.finish();
}

type StatusParts = Pick<TestResult, 'statusDetails'> & { status: Status };

/** The run's facts for the box of the environment. */
function seen(report: ConformanceReport): Record<string, string> {
  const { coverage, run, editions = [], nearestEdition } = report;
  const { connections, undocumented, capture } = coverage;
  const asked = `${run.requests} in ${(run.observingMilliseconds / 1000).toFixed(1)} s`;
  return {
    connections: connections === null ? 'none seen' : String(connections),
    ...(capture == null ? { requests: asked } : {}),
    ...Object.fromEntries(editions.map((each) => [`edition ${each.edition}`, standingText(each)])),
    ...(nearestEdition === undefined ? {} : { 'nearest edition': nearestEdition }),
    ...(undocumented.length === 0 ? {} : { undocumented: undocumented.join(', ') }),
  };
}
