import { readFileSync } from 'node:fs';
import schema from '../../schemas/conformance.schema.json' with { type: 'json' };
import { createValidator, type Validator } from '../base/ajv.ts';
import { ConfigurationError } from '../base/configuration-error.ts';
import type { ConformanceReport } from './report.ts';

/** Whether a JSON document is a report as schemas/conformance.schema.json describes it. */
export const isConformanceReport: Validator<ConformanceReport> = createValidator(schema, { allowUnionTypes: true });

/**
 * Reads a report that a run wrote.
 * @throws ConfigurationError one line: it cannot be read, or is of another form
 */
export function readReport(file: string): ConformanceReport {
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigurationError(`${file} ${code === undefined ? 'is no JSON' : `cannot be read (${code})`}`);
  }
  if (!isConformanceReport(document)) throw new ConfigurationError(`${file} is no report of this suite's`);
  return document;
}
