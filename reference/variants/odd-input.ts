import { type ApiRequest, parseTarget } from '../http.ts';
import { list } from './requests.ts';

/** Where odd input stands: in `fields`, or in a parameter that nobody knows. */
export type OddPlace = 'fields' | 'parameter';

/** How a part of a query is odd: its text as sent, and decoded as well as it can be. */
type Sign = readonly [kind: string, shows: (sent: string, decoded: string) => boolean];

/** Kinds of odd input by what gives them away, the plainest first: markup holds quotes, a template holds brackets. */
const SIGNS: readonly Sign[] = [
  ['long', (sent) => sent.length > 1000],
  ['nul', (sent) => /%00/.test(sent)],
  ['bad-percent', (sent) => /%(?![\da-f]{2})/i.test(sent)],
  ['invalid-utf8', (_, decoded) => decoded.includes('\ufffd')],
  ['crlf', (_, decoded) => /[\r\n]/.test(decoded)],
  ['traversal', (_, decoded) => decoded.includes('../')],
  ['template', (_, decoded) => /\$\{|\{\{|#\{|<%/.test(decoded)],
  ['markup', (_, decoded) => /<.*>/.test(decoded)],
  ['quotes', (_, decoded) => /['"]/.test(decoded)],
  ['prototype', (_, decoded) => /(?:^|=)(?:__\w+__|constructor|toString|hasOwnProperty|class)$/.test(decoded)],
  ['brackets', (_, decoded) => /[[\]{}]/.test(decoded)],
  ['unicode', (_, decoded) => /[^\0-\x7f]/.test(decoded)],
  ['plus', (sent) => sent.includes('+')],
];

/** More parameters of one name than anybody means. */
const REPEATS = 50;

/** The kinds of odd input, as requirement ids name them. */
export const ODD_KINDS: readonly string[] = ['repeats', ...SIGNS.map(([kind]) => kind)];

/**
 * The odd part of a request for the list.
 *
 * @param request any request
 * @returns the kind of odd input and where it stands, or undefined for a request that is not odd, or not for the list
 */
export function oddOf(request: ApiRequest): { kind: string; place: OddPlace } | undefined {
  if (!list(request)) return undefined;
  const parts = request.target.split('?').slice(1).join('?').split('&');
  if (parts.length >= REPEATS) return { kind: 'repeats', place: placeOf(parts[0] ?? '') };
  for (const part of parts) {
    const [[name, value] = ['', '']] = parseTarget(`?${part}`).query;
    const sign = SIGNS.find(([, shows]) => shows(part, `${name}=${value}`));
    if (sign) return { kind: sign[0], place: placeOf(part) };
  }
  return undefined;
}

function placeOf(part: string): OddPlace {
  return part.startsWith('fields') ? 'fields' : 'parameter';
}
