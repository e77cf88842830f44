import { createServer, type IncomingMessage, type RequestListener, STATUS_CODES } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Api, ApiRequest, ApiResponse } from './http.ts';

/** Writes a serialised answer to the socket in its own way: late, in pieces, not at all. */
export type Respond = (response: Uint8Array, socket: Socket, request: ApiRequest) => void;

/** A target that listens. */
export type Served = { url: string; close: () => Promise<void> };

/** Room for a request target of several thousand characters, percent-encoded: the api refuses it, not the parser. */
const MAX_HEADER_SIZE = 128 * 1024;

/**
 * Serves an api on 127.0.0.1. Raw header pairs go through as they are, in both directions.
 *
 * @param api the target
 * @param options.port port to listen on; a free one by default
 * @param options.respond how answers reach the socket, if not as Node writes them
 * @returns its URL, and how to stop it: every socket is closed at once
 */
export function serve(api: Api, options: { port?: number; respond?: Respond } = {}): Promise<Served> {
  const { port = 0, respond } = options;
  const sockets = new Set<Socket>();
  const server = createServer({ maxHeaderSize: MAX_HEADER_SIZE }, respond ? raw(api, respond) : plain(api));
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A client that goes away in the middle of an answer is no concern of the target.
    socket.on('error', () => {});
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const { port: actual } = server.address() as AddressInfo;
      resolve({ url: `http://127.0.0.1:${actual}`, close });
    });
  });
}

/**
 * An answer as HTTP/1.1 writes it (RFC 9112 section 2.1).
 *
 * @param response the answer
 * @returns status line, header section and body
 */
export function serialise(response: ApiResponse): Uint8Array {
  const head = [
    `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status] ?? ''}`,
    ...response.headers.map(([name, value]) => `${name}: ${value}`),
    '',
    '',
  ].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), response.body]);
}

function plain(api: Api): RequestListener {
  return (incoming, outgoing) => {
    const response = api(requestOf(incoming));
    outgoing.writeHead(response.status, response.headers.flat());
    outgoing.end(response.body);
  };
}

function raw(api: Api, respond: Respond): RequestListener {
  return (incoming, outgoing) => {
    const request = requestOf(incoming);
    const socket = incoming.socket;
    outgoing.detachSocket(socket);
    respond(serialise(api(request)), socket, request);
  };
}

function requestOf(incoming: IncomingMessage): ApiRequest {
  const headers: [string, string][] = [];
  for (let at = 0; at < incoming.rawHeaders.length; at += 2) {
    headers.push([incoming.rawHeaders[at]!, incoming.rawHeaders[at + 1]!]);
  }
  return { method: incoming.method ?? '', target: incoming.url ?? '', headers };
}
