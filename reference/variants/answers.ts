import { type ApiRequest, type ApiResponse, withBody } from '../http.ts';
import { type Element, isObject, type Json } from '../json.ts';
import type { When } from './requests.ts';
import type { Wrap } from './wrap.ts';

/** One answer made into another. */
export type Change = (response: ApiResponse, request: ApiRequest) => ApiResponse;

/**
 * Changes the good answers (status 200) to some requests.
 *
 * @param when which requests
 * @param change what becomes of the answer
 * @returns the variant
 */
export function onAnswers(when: When, change: Change): Wrap {
  return onAny((response, request) => response.status === 200 && when(request), change);
}

/**
 * Changes some answers, good or bad.
 *
 * @param which which answers, by what was asked and what would be answered
 * @param change what becomes of them
 * @returns the variant
 */
export function onAny(which: (response: ApiResponse, request: ApiRequest) => boolean, change: Change): Wrap {
  return (api) => (request) => {
    const response = api(request);
    return which(response, request) ? change(response, request) : response;
  };
}

/**
 * Reads some requests as if they were others.
 *
 * @param when which requests
 * @param read what the target takes them for
 * @returns the variant
 */
export function onRequests(when: When, read: (request: ApiRequest) => ApiRequest): Wrap {
  return (api) => (request) => api(when(request) ? read(request) : request);
}

/**
 * Several variants at once, the first nearest to the target.
 *
 * @param wraps the variants
 * @returns all of them as one
 */
export function all(...wraps: readonly Wrap[]): Wrap {
  return (api, world) => wraps.reduce((wrapped, wrap) => wrap(wrapped, world), api);
}

/**
 * Changes some of the good answers to some requests, by their turn; the others are left as they are.
 *
 * @param isChanged whether the n-th answer is changed; the first is 1
 * @param when which requests are counted
 * @param change what becomes of the answer
 * @returns the variant
 */
export function onTurns(isChanged: (turn: number) => boolean, when: When, change: Change): Wrap {
  return (api, world) => {
    let turn = 0;
    return onAnswers(when, (response, request) => (isChanged(++turn) ? change(response, request) : response))(
      api,
      world,
    );
  };
}

/**
 * Another body, as JSON.
 *
 * @param change from the parsed body to the new one
 * @returns the change of an answer
 */
export function body(change: (parsed: Element) => Json): Change {
  return (response) => withBody(response, JSON.stringify(change(parse(response))));
}

/**
 * Another body, as text or bytes; Content-Length fits.
 *
 * @param change from the body's text to the new one
 * @returns the change of an answer
 */
export function text(change: (text: string) => string | Uint8Array): Change {
  return (response) => withBody(response, change(Buffer.from(response.body).toString()));
}

/**
 * Another list in the same wrapper.
 *
 * @param change from the elements to the new list, which may be something else altogether
 * @returns the change of an answer
 */
export function elements(change: (elements: Element[]) => Json): Change {
  return body((parsed) => ({ ...parsed, ipsec_site_connections: change(elementsOf(parsed)) }));
}

/**
 * Another value for each element.
 *
 * @param change from an element, its place and the whole list to what stands there
 * @returns the change of an answer
 */
export function eachElement(change: (element: Element, index: number, elements: Element[]) => Json): Change {
  return elements((list) => list.map(change));
}

/**
 * An element without some members.
 *
 * @param names the members
 * @returns from an element to what is left
 */
export function without(...names: readonly string[]): (element: Element) => Element {
  return (element) => Object.fromEntries(Object.entries(element).filter(([name]) => !names.includes(name)));
}

/**
 * The elements that an answer holds.
 *
 * @param response a list answer
 * @returns its elements
 */
export function elementsIn(response: ApiResponse): Element[] {
  return elementsOf(parse(response));
}

function parse(response: ApiResponse): Element {
  const parsed: unknown = JSON.parse(Buffer.from(response.body).toString());
  return isObject(parsed) ? parsed : {};
}

function elementsOf(parsed: Element): Element[] {
  const list = parsed.ipsec_site_connections;
  return Array.isArray(list) ? list.filter(isObject) : [];
}
