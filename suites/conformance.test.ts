import { inject, type TestContext, test } from 'vitest';

/** The outcome that a requirement's test reports to vitest. */
export type TestOutcome = { kind: 'pass' } | { kind: 'fail' | 'broken' | 'skip'; message: string };

declare module 'vitest' {
  interface ProvidedContext {
    /** One for each requirement, in the order of the suites; those that are not selected have no outcome. */
    tests: readonly { name: string; outcome: TestOutcome | null }[];
  }
}

// The run was judged before vitest starts its tests (commands/run/setup.ts): here each requirement gets its test.
for (const { name, outcome } of inject('tests')) test(name, (context) => settle(outcome, context));

/** A verdict in vitest's terms: only a gated violation is a failed assertion, only a broken suite another error. */
function settle(outcome: TestOutcome | null, context: TestContext): void {
  if (outcome === null) throw bare('Error', 'it was not judged');
  if (outcome.kind === 'skip') context.skip(outcome.message);
  if (outcome.kind === 'fail') throw bare('AssertionError', outcome.message);
  if (outcome.kind === 'broken') throw bare('Error', outcome.message);
}

/** An error without a stack: frames of the suite say nothing about the target. */
function bare(name: string, message: string): Error {
  return Object.assign(new Error(message), { name, stack: '' });
}
