import type { Capture } from '../captures/capture.ts';

/** The kinds of evidence that a requirement can need to be judged, from little to much: each includes those before it. */
export type Need =
  /** The members of one connection. */
  | 'a connection'
  /** The body of a list, as it was sent. */
  | 'a list'
  /** The status and the headers of an answer. */
  | 'headers'
  /** The list, read again and again. */
  | 'several readings'
  /** Answers to other requests than the list's. */
  | 'other requests';

/** The evidence that each shape of captured body cannot hold, with the reason. */
const unseen: Readonly<Record<Capture['shape'], Readonly<Partial<Record<Need, string>>>>> = {
  list: {
    headers: 'a captured body has no status and no headers',
    'several readings': 'a captured body is one reading',
    'other requests': 'a captured body is the answer to one request',
  },
  single: {
    'a list': 'one connection was captured, not the list',
    headers: 'a captured body has no status and no headers',
    'several readings': 'a captured body is one reading',
    'other requests': 'a captured body is the answer to one request',
  },
  answer: {
    'several readings': 'a saved answer is one reading',
    'other requests': 'a saved answer is the answer to one request',
  },
};

/** Why a requirement cannot be judged on a captured body; undefined where it can. */
export function unseenIn(shape: Capture['shape'], need: Need): string | undefined {
  return unseen[shape][need];
}
