import { createShownBodies } from '../harness/answers/shown-bodies.ts';
import type { Observations } from '../harness/judging/observations.ts';
import { createRedactor } from '../harness/redaction/redaction.ts';
import type { ReportContext } from '../harness/results/reported.ts';
import { settings } from './observe-fault.ts';

/** The context of reported requirements, as far as a proof does not say otherwise. */
export function reportContext(observations: Observations, own: Partial<ReportContext> = {}): ReportContext {
  return {
    observations,
    redactor: createRedactor(observations, settings.secrets),
    bodies: createShownBodies(settings.bodyLimit),
    basePath: '',
    gate: 'SHOULD',
    waivers: [],
    today: '2027-01-31',
    invocation: 'npm test --',
    ...own,
  };
}
