import { matchesId } from '../harness/base/matches-id.ts';

/** Requirements against faults: what each fault cost, as it was seen in a run. */
export type KillMatrix = readonly { fault: string; failed: readonly string[] }[];

/** Requirements that no fault can fail alone, each with the reason. */
export const neverAlone: readonly { pattern: string; reason: string }[] = [
  {
    pattern: 'forms.project_id',
    reason: 'A bad form is in tenant_id too, or the two differ, which fails consistency.same-project.',
  },
  {
    pattern: 'forms.tenant_id',
    reason: 'A bad form is in project_id too, or the two differ, which fails consistency.same-project.',
  },
  {
    pattern: 'defaults.route_mode',
    reason: 'The default is the only documented value: any other fails enums.route_mode too.',
  },
  {
    pattern: 'defaults.auth_mode',
    reason: 'The default is the only documented value: any other fails enums.auth_mode too.',
  },
  {
    pattern: 'known.given.route_mode',
    reason: 'Any value but the one documented fails enums.route_mode too.',
  },
  {
    pattern: 'known.given.auth_mode',
    reason: 'Any value but the one documented fails enums.auth_mode too.',
  },
  {
    pattern: 'robustness.accept.json',
    reason: 'Every ordinary request sends this Accept: what departs for it departs for the full list.',
  },
];

/**
 * The gaps of a kill matrix: a requirement that no fault fails, a fault that fails nothing, a requirement that no fault
 * fails alone and that has no reason, a reason that is no longer needed.
 * @returns a line each
 */
export function gapsOf(matrix: KillMatrix, ids: readonly string[], reasons = neverAlone): readonly string[] {
  const failed = new Set(matrix.flatMap((column) => column.failed));
  const alone = new Set(matrix.filter((column) => column.failed.length === 1).flatMap((column) => column.failed));
  const excused = (id: string) => reasons.some(({ pattern }) => matchesId(pattern, id));
  return [
    ...ids.filter((id) => !failed.has(id)).map((id) => `no fault fails ${id}`),
    ...matrix.filter((column) => column.failed.length === 0).map(({ fault }) => `${fault} fails nothing`),
    ...ids
      .filter((id) => failed.has(id) && !alone.has(id) && !excused(id))
      .map((id) => `no fault fails ${id} alone, and no reason is given`),
    ...reasons
      .filter(({ pattern }) => !ids.some((id) => matchesId(pattern, id) && !alone.has(id)))
      .map(({ pattern }) => `the reason for ${pattern} is not needed: each is failed alone`),
  ];
}
