import { cell } from '../answers/list-facts.ts';
import type { Observation } from '../answers/observation.ts';
import type { ShownBodies } from '../answers/shown-bodies.ts';
import { wrapper } from '../answers/wrapper.ts';
import { pointer as pointerTo, tokens } from '../base/pointer.ts';
import type { Erratum } from '../contract/contract.ts';
import type { Level } from '../contract/level.ts';
import { isGated, type Outcome } from '../gating/gate.ts';
import { type Found, type Waiver, type Waiving, waive } from '../gating/waivers.ts';
import { requestTarget } from '../http/probe.ts';
import type { DepartureGroups } from '../judging/departure-groups.ts';
import type { Observations } from '../judging/observations.ts';
import type { Requirement } from '../judging/requirement.ts';
import type { Actual, Evidence, Verdict, Violation } from '../judging/verdict.ts';
import type { Redactor } from '../redaction/redaction.ts';
import { codeFrame } from './code-frame.ts';
import { curl, rerun } from './reproduction.ts';

/** One place of a departure, ready to be shown: nothing in it is secret. */
export type Place = {
  /** `GET /v2.0/…`, as in the request line. */
  request: string;
  pointer: string;
  /** The id of the connection, where the place is in one. */
  connection?: string;
  expected: string;
  actual: string;
  hint?: string;
  frame: readonly string[];
  curl: string;
};

/** What a run says of one requirement, redacted: the one thing that reporters see. */
export type Result = Outcome & {
  id: string;
  suite: string;
  level: Level;
  title: string;
  source: string;
  errata: readonly Pick<Erratum, 'id' | 'decision'>[];
  /** Why it was not judged, and what would change that. */
  reason?: string;
  remedy?: string;
  evidence?: Evidence;
  /** What the user's waivers make of a failure. */
  waiving: Waiving;
  departures?: {
    count: number;
    of: number;
    answers: number;
    distinct: readonly { value: string; count: number }[];
    places: readonly Place[];
    /** All of them by likeness, with one mark for every secret. */
    all: { groups: readonly (Found & { count: number; answers: number })[]; complete: boolean };
  };
  rerun: string;
};

type Departures = Result['departures'] & object;

/** What results are made with. */
export type ResultContext = {
  observations: Observations;
  redactor: Redactor;
  bodies: ShownBodies;
  basePath: string;
  gate: Level;
  waivers: readonly Waiver[];
  /** UTC, `2027-01-31`: what has expired. */
  today: string;
};

/** The result of one requirement. */
export function resultOf(requirement: Requirement, verdict: Verdict, context: ResultContext): Result {
  const { id, level, title, source } = requirement;
  const { contract } = context.observations;
  const errata = contract
    .errataOf(id)
    .filter((erratum) => verdict.kind !== 'fail' || explains(erratum, verdict.departures.all));
  const suite = id.split('.')[0] as string;
  const told = errata.map((erratum) => ({ id: erratum.id, decision: erratum.decision }));
  const common = { id, suite, level, title, source, errata: told, rerun: rerun(id) };
  const result = { ...common, verdict: verdict.kind, gated: false, waiving: { kind: 'none' } as const };
  switch (verdict.kind) {
    case 'pass':
      return { ...result, evidence: verdict.evidence };
    case 'fail': {
      const { violations, count, of, answers, distinct } = verdict.departures;
      const names = tokens(violations[0]?.pointer ?? '');
      const departures = {
        count,
        of,
        answers,
        distinct: distinct.map((each) => ({
          value: show(context.redactor.value(each.value, names)),
          count: each.count,
        })),
        places: violations.map((violation) => placeOf(violation, context)),
        all: foundDepartures(verdict.departures.all, context.redactor),
      };
      const waiving = waive(id, departures.all, context.waivers, context.today);
      const gated = isGated(level, context.gate) && waiving.kind !== 'waived';
      return { ...result, gated, waiving, evidence: verdict.evidence, departures };
    }
    case 'inconclusive':
      return { ...result, reason: verdict.reason, ...(verdict.remedy === undefined ? {} : { remedy: verdict.remedy }) };
    case 'not-applicable':
      return { ...result, reason: verdict.reason };
    case 'broken':
      return { ...result, reason: context.redactor.text(verdict.error.stack ?? verdict.error.message) };
  }
}

/** Whether an erratum has to do with what was found. */
function explains({ explains: values }: Erratum, { groups }: DepartureGroups): boolean {
  return !values || groups.some(({ actual }) => actual.kind === 'value' && values.includes(actual.value));
}

/** Departures as a waiver is held to them. */
function foundDepartures({ groups, complete }: DepartureGroups, redactor: Redactor): Departures['all'] {
  return {
    groups: groups.map(({ at, actual, count, answers }) => ({
      at: pointerTo(tokens(at).map((name) => redactor.plainly(name) as string)),
      ...(actual.kind === 'words' ? { words: actual.words } : { value: redactor.plainly(actual.value, tokens(at)) }),
      count,
      answers,
    })),
    complete,
  };
}

/** The request line of a probe, without the version. */
export function requestLine({ probe }: Observation, basePath: string): string {
  return `${probe.method} ${requestTarget(basePath, probe)}`;
}

function placeOf(violation: Violation, { observations, redactor, bodies, basePath }: ResultContext): Place {
  const { observation, pointer, expected, actual, hint } = violation;
  const { texts, settings } = observations;
  const { origin, credentials, access } = settings;
  // Only the element is redacted and shown: a body may be large.
  const [list, step] = tokens(pointer);
  const index = list === wrapper && step !== undefined ? Number(step) : undefined;
  const id = index === undefined ? undefined : texts.value(cell(observation.facts.list?.values.get('id'), index));
  // A member may be named like a secret.
  const place = pointerTo(tokens(pointer).map(redactor.text));
  return {
    request: requestLine(observation, basePath),
    pointer: place,
    ...(typeof id === 'string' ? { connection: redactor.text(id) } : {}),
    expected,
    actual: showActual(actual, pointer, redactor),
    ...(hint === undefined ? {} : { hint }),
    frame: index === undefined ? [] : codeFrame(nest(index, redactor.value(bodies.element(observation, index))), place),
    // A captured body cannot be asked for again.
    curl: origin.startsWith('file:')
      ? ''
      : curl(observation.probe, { origin, basePath, hasToken: credentials.first, access }),
  };
}

function showActual(actual: Actual, pointer: string, redactor: Redactor): string {
  return actual.kind === 'words' ? actual.words : show(redactor.value(actual.value, tokens(pointer)));
}

const longestValue = 200;

function show(redacted: unknown): string {
  const text = legible(JSON.stringify(redacted) ?? 'nothing');
  return text.length > longestValue ? `${text.slice(0, longestValue)}… (${text.length} characters)` : text;
}

/** What no eye can tell apart is escaped: other normalisation forms of a text, and characters without a width. */
function legible(text: string): string {
  const hidden = text === text.normalize('NFC') ? /\p{Cf}/gu : /[^ -~]/gu;
  return text.replace(hidden, (character) =>
    Array.from({ length: character.length }, (_, at) => escapeOf(character.charCodeAt(at))).join(''),
  );
}

function escapeOf(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}

/** A document in which an element stands at its place. */
function nest(index: number, element: unknown): unknown {
  return { [wrapper]: { [index]: element } };
}
