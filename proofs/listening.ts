import type { AddressInfo, Server, Socket } from 'node:net';

/** A server that listens, and its end. */
export type Listening = { port: number; close(): Promise<void> };

/**
 * Starts a server of a proof on loopback, on a free port.
 * @returns its port, and how to end it at once, whatever its connections are doing
 */
export async function listen(server: Server, host = '127.0.0.1'): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return { port: (server.address() as AddressInfo).port, close };
}
