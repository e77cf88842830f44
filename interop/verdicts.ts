import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

/** What a run said of one requirement, as far as implementations are compared by it. */
export type Judged = {
  id: string;
  verdict: string;
  /** The different values that were found instead; empty where the verdict is no failure. */
  observed: readonly string[];
};

type Departures = { distinct: readonly { value: string }[]; places: readonly { actual: string }[] };
type Saved = { id: string; verdict: string; departures?: Departures };
type VitestReport = { testResults: readonly { assertionResults: readonly { meta: { result?: Saved } }[] }[] };

const text = { type: 'string' } as const;
const listOf = (name: string) => ({
  type: 'array',
  items: { type: 'object', properties: { [name]: text }, required: [name] },
});
const departures = {
  type: 'object',
  properties: { distinct: listOf('value'), places: listOf('actual') },
  required: ['distinct', 'places'],
};
const saved = { type: 'object', properties: { id: text, verdict: text, departures }, required: ['id', 'verdict'] };
const assertion = {
  type: 'object',
  properties: { meta: { type: 'object', properties: { result: saved } } },
  required: ['meta'],
};
const suite = {
  type: 'object',
  properties: { assertionResults: { type: 'array', items: assertion } },
  required: ['assertionResults'],
};
const validate = new Ajv2020().compile<VitestReport>({
  type: 'object',
  properties: { testResults: { type: 'array', items: suite } },
  required: ['testResults'],
});

/**
 * Reads the verdicts of a finished run.
 * @param path of its report
 * @throws Error where it is no report, or holds no verdict
 */
export function readVerdicts(path: string): readonly Judged[] {
  const report: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!validate(report)) throw new Error(`${path} is no report of a run`);
  const results = report.testResults.flatMap(({ assertionResults }) =>
    assertionResults.flatMap(({ meta }) => meta.result ?? []),
  );
  if (results.length === 0) throw new Error(`${path} holds no verdict`);
  return results.map(({ id, verdict, departures }) => ({ id, verdict, observed: observedIn(departures) }));
}

/** Values are told where values were judged; else, what was found at the places that are kept. */
function observedIn(departures: Departures | undefined): readonly string[] {
  if (!departures) return [];
  const { distinct, places } = departures;
  const found = distinct.length > 0 ? distinct.map(({ value }) => value) : places.map(({ actual }) => actual);
  return [...new Set(found)].sort();
}
