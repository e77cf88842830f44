import { pointerTokens, valueAt } from '../base/pointer.ts';

const linesAround = 2;
const longestLine = 100;

/**
 * The lines of a JSON document around a place, each member on a line of its own, the place marked with `>`.
 * @param document the redacted body
 * @param place a JSON pointer into it
 * @returns no lines where the place is the document itself
 */
export function codeFrame(document: unknown, place: string): readonly string[] {
  const path = pointerTokens(place);
  const name = path.at(-1);
  if (name === undefined) return [];
  // An element as a whole: its own members say more than its neighbours.
  const isElement = path.length === 2;
  const framePlace = isElement ? place : place.slice(0, place.lastIndexOf('/'));
  const frame = valueAt(document, framePlace);
  if (typeof frame !== 'object' || frame === null) return [];
  const members = Object.entries(frame);
  if (!isElement && !Object.hasOwn(frame, name) && !Array.isArray(frame)) return missing(framePlace, name, members);
  const marked = isElement ? -1 : members.findIndex(([member]) => member === name);
  const from = marked < 0 ? 0 : Math.max(0, marked - linesAround);
  const shown = members.slice(from, (marked < 0 ? 2 : marked) + linesAround + 1);
  const label = (member: string) => (Array.isArray(frame) ? '' : `${JSON.stringify(member)}: `);
  return [
    `  ${framePlace}`,
    ...shown.map(([member, value], index) => {
      const text = `${label(member)}${JSON.stringify(value) ?? 'undefined'}`;
      const line = text.length > longestLine ? `${text.slice(0, longestLine)}…` : text;
      return `${from + index === marked ? '>' : ' '} | ${line}`;
    }),
  ];
}

/**
 * For a missing member the names that are there are shown, for it may be spelt otherwise; its neighbours would say
 * nothing.
 */
function missing(place: string, name: string, members: readonly (readonly [string, unknown])[]): readonly string[] {
  const names = members.map(([member]) => JSON.stringify(member)).join(', ');
  const shown = names.length > longestLine * 2 ? `${names.slice(0, longestLine * 2)}…` : names;
  return [`  ${place}`, `> | no ${JSON.stringify(name)}`, `  | members: ${shown || 'none'}`];
}
