import type { Observation } from '../answers/observation.ts';
import type { ShownBodies } from '../answers/shown-bodies.ts';
import { pointer as pointerTo, pointerTokens } from '../base/pointer.ts';
import type { Erratum } from '../contract/contract.ts';
import type { Level } from '../contract/level.ts';
import { wrapper } from '../contract/wrapper.ts';
import { standingOf } from '../gating/gate.ts';
import { applyWaivers, type Waiver, type Waiving } from '../gating/waivers.ts';
import { headerValues } from '../http/answer.ts';
import type { Observations } from '../judging/observations.ts';
import type { Requirement } from '../judging/requirement.ts';
import type { Actual, DepartureGroups, Departures, Verdict, Violation } from '../judging/verdict.ts';
import { valueNumberAt } from '../lists/list-facts.ts';
import { requestTarget } from '../probes/probe.ts';
import type { Redactor } from '../redaction/redaction.ts';
import { codeFrame } from './code-frame.ts';
import type { Place, ReportedDepartures, ReportedRequirement } from './report.ts';
import { curl, rerun } from './reproduction.ts';

/** The run's data that each requirement is reported with. */
export type ReportContext = {
  observations: Observations;
  redactor: Redactor;
  bodies: ShownBodies;
  basePath: string;
  gate: Level;
  waivers: readonly Waiver[];
  /** UTC, `2027-01-31`: what has expired. */
  today: string;
  /** The command that tests this target with these settings. */
  invocation: string;
};

/** The result for one requirement, as it is reported. */
export function reported(requirement: Requirement, verdict: Verdict, context: ReportContext): ReportedRequirement {
  const { id, level, title, source } = requirement;
  const errata = context.observations.contract
    .errataOf(id)
    .filter((erratum) => verdict.kind !== 'fail' || explains(erratum, verdict.departures.all))
    .map((erratum) => erratum.id);
  const common = { id, level, title, source, errata, milliseconds: millisecondsOf(requirement, context.observations) };
  switch (verdict.kind) {
    case 'pass':
      return { ...common, verdict: 'pass', evidence: verdict.evidence, rerun: rerun(id, context.invocation) };
    case 'fail': {
      const departures = shownDepartures(verdict.departures, context);
      const waiving = applyWaivers(id, departures, context.waivers, context.today);
      return {
        ...common,
        verdict: standingOf('fail', level, context.gate, waiving),
        evidence: verdict.evidence,
        ...toldOf(waiving),
        departures,
        rerun: rerun(id, context.invocation),
      };
    }
    case 'inconclusive': {
      const { reason, remedy } = verdict;
      const told = remedy === undefined ? { reason } : { reason, remedy };
      return { ...common, verdict: 'inconclusive', ...told, rerun: rerun(id, context.invocation) };
    }
    case 'not-applicable':
      return { ...common, verdict: 'not-applicable', reason: verdict.reason, rerun: rerun(id, context.invocation) };
    case 'broken': {
      const reason = context.redactor.text(verdict.error.stack ?? verdict.error.message);
      return { ...common, verdict: 'broken', reason, rerun: rerun(id, context.invocation) };
    }
  }
}

function millisecondsOf({ probes }: Requirement, observations: Observations): number {
  const own = probes(observations.settings).flatMap(({ key }) => observations.of(key) ?? []);
  return Math.round(own.reduce((sum, { timing }) => sum + timing.milliseconds, 0));
}

function toldOf(waiving: Waiving): Pick<ReportedRequirement, 'waivers' | 'waiverState' | 'waiverProblem'> {
  if (waiving.kind === 'none') return {};
  if (waiving.kind === 'waived') return { waivers: waiving.waivers };
  return { waivers: [waiving.waiver], waiverState: waiving.why, waiverProblem: waiving.text };
}

function shownDepartures(departures: Departures, context: ReportContext): ReportedDepartures {
  const { violations, count, of, answers, distinct, all } = departures;
  const names = pointerTokens(violations[0]?.pointer ?? '');
  return {
    count,
    of,
    answers,
    distinct: distinct.map((each) => ({ value: show(context.redactor.value(each.value, names)), count: each.count })),
    places: violations.map((violation) => placeOf(violation, context)),
    ...foundDepartures(all, context.redactor),
  };
}

/** Whether an erratum has to do with what was found. */
function explains({ explains: values }: Erratum, { groups }: DepartureGroups): boolean {
  return !values || groups.some(({ actual }) => actual.kind === 'value' && values.includes(actual.value));
}

/** The departures in the form that waivers are compared with. */
function foundDepartures(
  { groups, complete, rest }: DepartureGroups,
  redactor: Redactor,
): Pick<ReportedDepartures, 'groups' | 'complete' | 'rest'> {
  return {
    groups: groups.map(({ at, actual, count, answers }) => ({
      at: pointerTo(pointerTokens(at).map((name) => redactor.plainly(name) as string)),
      ...(actual.kind === 'words'
        ? { words: actual.words }
        : { value: redactor.plainly(actual.value, pointerTokens(at)) }),
      count,
      answers,
    })),
    complete,
    ...(complete ? {} : { rest }),
  };
}

/** The request line of a probe, without the version. */
export function requestLine({ probe }: Observation, basePath: string): string {
  return `${probe.method} ${requestTarget(basePath, probe)}`;
}

function placeOf(violation: Violation, { observations, redactor, bodies, basePath }: ReportContext): Place {
  const { observation, pointer, expected, actual, hint } = violation;
  const { texts, settings } = observations;
  const { origin, credentials, access } = settings;
  // Only the element is redacted and shown: a body may be large.
  const [list, step] = pointerTokens(pointer);
  const index = list === wrapper && step !== undefined ? Number(step) : undefined;
  const id =
    index === undefined ? undefined : texts.value(valueNumberAt(observation.facts.list?.values.get('id'), index));
  // A member may be named like a secret.
  const place = pointerTo(pointerTokens(pointer).map((name) => shortened(redactor, name)));
  return {
    request: requestLine(observation, basePath),
    ...idsOf(observation, redactor),
    pointer: place,
    ...(typeof id === 'string' ? { connection: shortened(redactor, id) } : {}),
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

/** The ids that name a request in the target's log. */
function idsOf(observation: Observation, redactor: Redactor): Pick<Place, 'requestId' | 'answerId'> {
  const { requestId } = observation;
  const rawHeaders = observation.kind === 'answer' ? observation.rawHeaders : [];
  const [name, answerId] = answerIdHeaders.flatMap((each) => {
    const [found] = headerValues(rawHeaders, each);
    return found === undefined ? [] : [each, found];
  });
  return {
    ...(requestId === undefined ? {} : { requestId }),
    ...(name === undefined || answerId === undefined ? {} : { answerId: redactor.header(name, answerId) }),
  };
}

/** The names under which OpenStack's services and gateways tell the id of a request. */
const answerIdHeaders = ['x-openstack-request-id', 'x-compute-request-id', 'x-request-id'] as const;

function showActual(actual: Actual, pointer: string, redactor: Redactor): string {
  return actual.kind === 'words' ? actual.words : show(redactor.value(actual.value, pointerTokens(pointer)));
}

const longestValue = 200;

/** A name or an id of the target's, which may be as long as the target likes. */
function shortened(redactor: Redactor, text: string): string {
  return text.length > longestValue ? `${redactor.beginning(text, longestValue)}…` : redactor.text(text);
}

function show(redacted: unknown): string {
  const text = legible(JSON.stringify(redacted) ?? 'nothing');
  return text.length > longestValue ? `${text.slice(0, longestValue)}… (${text.length} characters)` : text;
}

/**
 * A text with characters escaped that no eye can tell apart: other normalisation forms, and characters without a width.
 */
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
