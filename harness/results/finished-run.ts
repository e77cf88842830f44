import type { NamedExchange } from './exchange.ts';
import type { ConformanceReport } from './report.ts';

/** A run that was judged: what reporters are made for. */
export type FinishedRun = {
  /** Undefined where the run did not get so far. */
  report: ConformanceReport | undefined;
  exchanges: Exchanges;
  /** Errors outside the judging of a requirement. */
  errors: readonly string[];
};

/** The exchanges that verdicts rest on, each once: many requirements rest on the same. */
export type Exchanges = {
  /** By what is shown of it, its step and its probe. */
  byKey: ReadonlyMap<string, NamedExchange>;
  /** The keys of a requirement's, by its id. */
  ofRequirement: ReadonlyMap<string, readonly string[]>;
};

/** A run that broke before anything was judged. */
export function brokenRun(error: unknown): FinishedRun {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { report: undefined, exchanges: { byKey: new Map(), ofRequirement: new Map() }, errors: [message] };
}
