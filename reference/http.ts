/** One request as it came in: the request target is the raw `path?query`, undecoded. */
export type ApiRequest = {
  method: string;
  target: string;
  headers: readonly (readonly [string, string])[];
};

/** One answer before it is written to the wire: raw header pairs, in order, duplicates kept. */
export type ApiResponse = {
  status: number;
  headers: (readonly [string, string])[];
  body: Uint8Array;
};

/** A target in one function: synchronous, pure but for the world it reads. */
export type Api = (request: ApiRequest) => ApiResponse;

/**
 * The first value of a header.
 *
 * @param message request or answer
 * @param name header name, in any letter case (RFC 9110 section 5.1)
 * @returns the value as sent, or undefined
 */
export function header(message: { headers: readonly (readonly [string, string])[] }, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return message.headers.find(([key]) => key.toLowerCase() === wanted)?.[1];
}

/**
 * The same answer with one header set; every earlier field of that name is replaced, the place of the first is kept.
 *
 * @param response the answer
 * @param name header name, in any letter case
 * @param value its new value, or undefined to drop it
 * @returns a new answer
 */
export function withHeader(response: ApiResponse, name: string, value: string | undefined): ApiResponse {
  const wanted = name.toLowerCase();
  const at = response.headers.findIndex(([key]) => key.toLowerCase() === wanted);
  const headers = response.headers.filter(([key]) => key.toLowerCase() !== wanted);
  if (value !== undefined) headers.splice(at < 0 ? headers.length : at, 0, [name, value]);
  return { ...response, headers };
}

/**
 * The same answer with another body and the Content-Length that fits it (RFC 9112 section 6.2).
 *
 * @param response the answer
 * @param body text, sent as UTF-8, or bytes, sent as they are
 * @returns a new answer
 */
export function withBody(response: ApiResponse, body: string | Uint8Array): ApiResponse {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return { ...withHeader(response, 'Content-Length', String(bytes.length)), body: bytes };
}

/**
 * The path and the decoded query of a request target. Percent-encoding that decodes to no UTF-8 becomes U+FFFD, a `%`
 * that starts no encoding stays, `;` separates as `&` does (upstream).
 *
 * @param target `path?query`, undecoded
 * @returns the path, undecoded, and the parameters in order
 */
export function parseTarget(target: string): { path: string; query: URLSearchParams } {
  const mark = target.indexOf('?');
  if (mark < 0) return { path: target, query: new URLSearchParams() };
  return { path: target.slice(0, mark), query: new URLSearchParams(target.slice(mark + 1).replaceAll(';', '&')) };
}

/**
 * The same request for other names in `fields`; what else the query says is dropped.
 *
 * @param request the request
 * @param names the names, decoded; none for the unprojected list
 * @returns a new request
 */
export function withFields(request: ApiRequest, names: readonly string[]): ApiRequest {
  const { path } = parseTarget(request.target);
  const query = names.map((name) => `fields=${encodeURIComponent(name)}`).join('&');
  return { ...request, target: query === '' ? path : `${path}?${query}` };
}
