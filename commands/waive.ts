import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isSeq, parseDocument, stringify } from 'yaml';
import { ConfigurationError } from '../harness/base/configuration-error.ts';
import { readReport } from '../harness/results/read-report.ts';
import type { ReportedRequirement } from '../harness/results/report.ts';
import { placesIn } from '../reporters/report-files.ts';
import { counted } from '../reporters/verdict-text.ts';
import { type Command, type Given, usageOf } from './cli/command.ts';
import { program } from './cli/program.ts';

const defaultFile = 'waivers.yaml';

/**
 * `waive [file.yaml]`: a waiver file for the violations of the last run. The reasons are left empty, and an empty reason
 * is refused: who accepts a failure says why.
 */
export const waive: Command = {
  name: 'waive',
  summary: 'Drafts waivers for the violations of the last run; each reason is for a person to write.',
  usage: '[waivers.yaml] [--merge] [--out DIR]',
  options: { merge: { type: 'boolean' }, out: { type: 'string' } },
  help: {
    merge: 'adds to a file that is there what it does not waive yet',
    out: 'the folder whose results/conformance.json is read; OUT, or the current one',
  },
  run: draft,
};

function draft({ values, positionals }: Given): number {
  const [file = defaultFile, ...more] = positionals;
  if (more.length > 0) throw new ConfigurationError(usageOf(waive));
  const isThere = existsSync(file);
  if (isThere && values.merge !== true) {
    throw new ConfigurationError(`${file} is there already: name another file, or add to it with --merge`);
  }
  const out = typeof values.out === 'string' ? values.out : (process.env.OUT ?? '');
  const violations = readReport(placesIn(out).json).requirements.filter(({ verdict }) => verdict === 'violation');
  if (violations.length === 0) throw new ConfigurationError('the last run has no violation to waive');
  const incomplete = violations.find(({ departures }) => !departures?.complete);
  if (incomplete) throw new ConfigurationError(`${incomplete.id} departs in more ways than can be waived one by one`);
  const drafts = violations.map(waiverOf);
  if (isThere) return mergeDrafts(file, drafts);
  const head = '# Fill in each reason (an empty one is refused); expires (like 2027-01-31) and link are optional.\n';
  writeFileSync(file, head + stringify({ waivers: drafts }, { lineWidth: 0 }));
  process.stdout.write(
    `${file}: ${counted(drafts.length, 'waiver')} without a reason; then WAIVERS=${file} ${program}\n`,
  );
  return 0;
}

/** Adds drafts to a file, whose own waivers and comments stay as they are. */
function mergeDrafts(file: string, drafts: readonly Draft[]): number {
  const document = parseDocument(readFileSync(file, 'utf8'));
  const own = document.get('waivers');
  if (document.errors.length > 0 || !isSeq(own)) throw new ConfigurationError(`${file} is no file of waivers`);
  const known = new Set((own.toJSON() as readonly Draft[]).map(draftKey));
  const added = drafts.filter((each) => !known.has(draftKey(each)));
  for (const each of added) own.add(document.createNode(each));
  if (added.length > 0) writeFileSync(file, document.toString({ lineWidth: 0 }));
  process.stdout.write(`${file}: ${counted(added.length, 'waiver')} added without a reason\n`);
  return 0;
}

type Draft = { requirement: string; reason: string; departures: object };

function draftKey({ requirement, departures }: Draft): string {
  return JSON.stringify([requirement, departures]);
}

function waiverOf({ id, departures }: ReportedRequirement): Draft {
  const groups = (departures?.groups ?? []).map(({ count: _count, answers: _answers, ...found }) => found);
  return { requirement: id, reason: '', departures: groups };
}
