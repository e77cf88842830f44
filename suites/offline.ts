import type { Capture } from '../harness/answers/capture.ts';
import { matchesId } from '../harness/base/matches-id.ts';

/** What a captured body shows nothing of, by the ids that are then not applicable. */
const unseen: readonly { patterns: readonly string[]; reason: string; shapes: readonly Capture['shape'][] }[] = [
  {
    patterns: ['envelope.status', 'envelope.complete', 'envelope.content-coding', 'envelope.content-type', 'advice.*'],
    reason: 'a captured body has no status and no headers',
    shapes: ['list', 'single'],
  },
  {
    patterns: ['projection.*', 'authentication.*', 'errors.*', 'robustness.*'],
    reason: 'a captured body is the answer to one request',
    shapes: ['list', 'single'],
  },
  {
    patterns: [
      'consistency.size',
      'consistency.ids',
      'consistency.members',
      'consistency.repeatable',
      'consistency.parallel',
    ],
    reason: 'a captured body is one reading',
    shapes: ['list', 'single'],
  },
  {
    patterns: [
      'envelope.wrapper',
      'envelope.elements',
      'envelope.utf8',
      'envelope.duplicate-members',
      'envelope.surrogates',
      'consistency.unique-id',
      'known.listed',
    ],
    reason: 'one connection was captured, not the list',
    shapes: ['single'],
  },
];

/** Why a requirement is not applicable to a captured body; undefined where it can be judged. */
export function notInCapture(id: string, shape: Capture['shape']): string | undefined {
  return unseen.find(
    ({ patterns, shapes }) => shapes.includes(shape) && patterns.some((pattern) => matchesId(pattern, id)),
  )?.reason;
}
