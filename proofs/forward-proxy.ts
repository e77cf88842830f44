import { createServer, request as send } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import { connect } from 'node:net';
import { listen } from './listening.ts';

/** A request as a proxy received it: the request line's target, and the headers. */
export type Proxied = { method: string; target: string; headers: readonly string[] };

/** A forward proxy (RFC 9110 section 3.7). */
export type ForwardProxy = { port: number; proxied: Proxied[]; close(): Promise<void> };

/**
 * Starts a forward proxy. Whatever host it is asked for, it finds on loopback.
 * @param port of the only target that it leads to
 * @param options.tls left out: clients speak to it without
 * @param options.refusesWith the status of all its answers, where it lets nobody through
 */
export async function startProxy(
  port: number,
  { tls, refusesWith }: { tls?: ServerOptions; refusesWith?: number } = {},
): Promise<ForwardProxy> {
  const proxied: Proxied[] = [];
  const server = tls ? createTlsServer(tls) : createServer();
  server.on('request', (request, response) => {
    const { method = '', url = '', rawHeaders: headers } = request;
    proxied.push({ method, target: url, headers });
    if (refusesWith !== undefined) return response.writeHead(refusesWith).end();
    const { pathname, search } = new URL(url);
    const onward = send(
      { port, host: '127.0.0.1', method, path: pathname + search, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.on('error', () => response.destroy()).pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.on('connect', ({ url: target = '', rawHeaders: headers }, socket) => {
    proxied.push({ method: 'CONNECT', target, headers });
    if (refusesWith !== undefined) return socket.end(`HTTP/1.1 ${refusesWith} No\r\n\r\n`);
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  const { port: own, close } = await listen(server);
  return { port: own, proxied, close };
}
