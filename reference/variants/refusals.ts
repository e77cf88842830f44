import { STATUS_CODES } from 'node:http';
import { json, neutronError } from '../api.ts';
import { type ApiResponse, withBody, withHeader } from '../http.ts';

/**
 * An error in upstream's shape.
 *
 * @param status status code
 * @returns the answer
 */
export function upstreamError(status: number): ApiResponse {
  return neutronError(status, `HTTP${(STATUS_CODES[status] ?? '').replaceAll(' ', '')}`, 'The request was refused.');
}

/**
 * A refusal as a proxy or a framework in front of the target writes it.
 *
 * @param status status code
 * @param more what else the page says
 * @returns the answer, `text/html`
 */
export function page(status: number, more = ''): ApiResponse {
  const title = `${status} ${STATUS_CODES[status] ?? ''}`;
  const html = `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1>${more}</body></html>\n`;
  return withBody(withHeader(json(status, null), 'Content-Type', 'text/html; charset=utf-8'), html);
}

/**
 * A redirect to a login page.
 *
 * @returns the answer, without a body
 */
export function toLogin(): ApiResponse {
  return {
    status: 302,
    headers: [
      ['Location', 'https://login.example.net/'],
      ['Content-Length', '0'],
    ],
    body: new Uint8Array(),
  };
}
