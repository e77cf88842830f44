import { readFileSync } from 'node:fs';
import { Ajv2020, type JSONSchemaType } from 'ajv/dist/2020.js';
import { suiteOf } from '../harness/results/report.ts';
import type { Judged } from './verdicts.ts';

/** The part of a report that is kept for the table of implementations. */
export type KeptReport = {
  implementation: string;
  /** Versions by package; of the suite too. */
  versions: Record<string, string>;
  /** By suite and verdict, how many requirements. */
  suites: Record<string, Record<string, number>>;
  /** The failing requirements, each with the different values that were found instead. */
  failing: Record<string, readonly string[]>;
};

/** Reduces a run to what is kept of it. */
export function keptReportOf(
  { implementation, versions }: Pick<KeptReport, 'implementation' | 'versions'>,
  judged: readonly Judged[],
): KeptReport {
  const names = [...new Set(judged.map(suiteOf))];
  const suites = names.map((name) => [name, countVerdicts(judged.filter((each) => suiteOf(each) === name))] as const);
  const failing = judged.filter(({ verdict }) => verdict === 'fail');
  return {
    implementation,
    versions,
    suites: Object.fromEntries(suites),
    failing: Object.fromEntries(failing.map(({ id, observed }) => [id, observed])),
  };
}

/** How many requirements got each verdict. */
export function countVerdicts(judged: readonly Judged[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { verdict } of judged) counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
}

const schema: JSONSchemaType<KeptReport> = {
  type: 'object',
  properties: {
    implementation: { type: 'string', minLength: 1 },
    versions: { type: 'object', required: [], additionalProperties: { type: 'string' } },
    suites: {
      type: 'object',
      required: [],
      additionalProperties: {
        type: 'object',
        required: [],
        propertyNames: { enum: ['pass', 'fail', 'inconclusive', 'not-applicable', 'broken'] },
        additionalProperties: { type: 'integer', minimum: 1 },
      },
    },
    failing: {
      type: 'object',
      required: [],
      additionalProperties: { type: 'array', items: { type: 'string' } },
    },
  },
  required: ['implementation', 'versions', 'suites', 'failing'],
  additionalProperties: false,
};
const validate = new Ajv2020().compile(schema);

/**
 * Reads a kept report.
 * @throws Error where the file is none
 */
export function readKeptReport(path: string | URL): KeptReport {
  const report: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!validate(report)) throw new Error(`${path} is no report: ${validate.errors?.[0]?.message}`);
  return report;
}
