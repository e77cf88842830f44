import type { Contract } from '../contract/contract.ts';
import type { Level } from '../contract/level.ts';
import type { ExitCode, Standing } from '../gating/gate.ts';
import type { AppliedWaiver, Found } from '../gating/waivers.ts';
import type { Evidence } from '../judging/verdict.ts';
import type { Coverage } from './coverage.ts';

/** One place of a departure, ready to be shown: nothing in it is secret. */
export type Place = {
  /** `GET /v2.0/…`, as in the request line. */
  request: string;
  /** The id that the request carried, and the one that the answer gave it: by them it is found in the target's log. */
  requestId?: string;
  answerId?: string;
  /** JSON pointer into the body; empty for the answer as a whole. */
  pointer: string;
  /** The id of the connection, where the place is in one. */
  connection?: string;
  expected: string;
  actual: string;
  hint?: string;
  /** The JSON around the place. */
  frame: readonly string[];
  /** Asks again; empty where nothing can be asked. */
  curl: string;
};

/** Where and how a requirement fails. */
export type ReportedDepartures = {
  /** Places in the first answer that has one, and places judged there. */
  count: number;
  of: number;
  /** Answers that have one. */
  answers: number;
  /** The different values found, and how often each. */
  distinct: readonly { value: string; count: number }[];
  /** The first few. */
  places: readonly Place[];
  /** The kinds of departure, as waivers name them, with one mark for every secret; about 8 KiB of them. */
  groups: readonly (Found & { count: number; answers: number })[];
  /** False where there are more kinds than are listed. */
  complete: boolean;
  /** The departures of other kinds, counted: the most in one answer, and the answers that have one. */
  rest?: { count: number; answers: number };
};

/** The result for one requirement: the one form that reporters see. Nothing in it is secret. */
export type ReportedRequirement = {
  id: string;
  level: Level;
  title: string;
  source: string;
  /** The errata that explain it, by id. */
  errata: readonly string[];
  /** Its standing; the published form calls it the verdict. */
  verdict: Standing;
  /** Why it was not judged, and what would change that. */
  reason?: string;
  remedy?: string;
  evidence?: Evidence;
  /** The waivers that accept the failure, or the one that does not, or not any more. */
  waivers?: readonly AppliedWaiver[];
  /** Why the failure counts despite a waiver: in a word, and in a line. */
  waiverState?: 'expired' | 'not covered';
  waiverProblem?: string;
  departures?: ReportedDepartures;
  /** How long the answers took that its own requests got, together; others may rest on the same answers. */
  milliseconds?: number;
  /** The command that runs the requirement alone. */
  rerun: string;
};

/** How a target stands with an edition that the run was not held to. */
export type EditionStanding = {
  edition: string;
  /** Its MUSTs that were judged, and those that are kept. */
  judged: number;
  kept: number;
  /** The first that are broken. */
  broken: readonly string[];
  /** How many members came that no row of it documents, and no note names. */
  undocumented: number;
  /** Why none was judged. */
  reason?: string;
};

/**
 * The report of one run against one target: results/conformance.json, as schemas/conformance.schema.json describes it.
 */
export type ConformanceReport = {
  format: 1;
  suite: { name: string; version: string };
  contract: Contract['identity'];
  /** Scheme, host, port and base path; or the file that was judged. */
  target: { url: string; kind: 'target' | 'embedded' | 'file' };
  settings: {
    gate: Level;
    requireEvidence: boolean;
    /** The effect of waivers that match nothing. */
    staleWaivers?: 'fail' | 'warn';
    seed: number;
    concurrency: number;
    timeoutMilliseconds: number;
    bodyLimitMebibytes: number;
    /** The waiver files. */
    waivers: readonly string[];
  };
  run: {
    startedAt: string;
    endedAt: string;
    observingMilliseconds: number;
    requests: number;
    retries: number;
    freshConnections: number;
    /** Waiting because the target asked for it. */
    waitedMilliseconds: number;
    /** The longest wait of a whole run, where it kept a 429 or 503 from being retried; null where it did not. */
    waitLimitMilliseconds?: number | null;
    /** How many requests were retried because the token had expired and was renewed; null where it was not. */
    renewed: number | null;
  };
  /** How many requirements ran, and how many there are: only a whole run says that a target conforms. */
  selection?: { requirements: number; of: number };
  outcome: { exitCode: ExitCode; counts: Record<Level, Record<Standing, number>> };
  coverage: Coverage & {
    /** Elements of the first full list; null where there was none. */
    connections: number | null;
    /** The first list announced more pages. */
    paged: boolean;
    /** The shape of the captured body, where one was judged and no target. */
    capture?: 'list' | 'single' | 'answer' | null;
    /** Members that the page does not know, by their path: drift. */
    undocumented: readonly string[];
    elementsLeftOut: number;
  };
  /** How the target stands with the other editions; only after a whole run. */
  editions?: readonly EditionStanding[];
  /**
   * The edition that the target is nearest to: it breaks the fewest MUSTs of it, and then has the fewest members that it
   * does not document.
   */
  nearestEdition?: string;
  requirements: readonly ReportedRequirement[];
  /** Remarks for the user on the file that was judged. */
  remarks?: readonly string[];
  /** The errata that the requirements cite. */
  errata?: readonly { id: string; decision: string }[];
  /** Lines of the waiver files that excuse nothing. */
  staleWaivers: readonly string[];
};

/** The suite that a requirement belongs to: its id begins with it. */
export function suiteOf({ id }: Pick<ReportedRequirement, 'id'>): string {
  return id.split('.')[0] as string;
}
