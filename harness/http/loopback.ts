import { isIPv4 } from 'node:net';

/** Whether an origin is this machine: no proxy reaches it from elsewhere. */
export function isLoopback(origin: string): boolean {
  const { hostname } = new URL(origin);
  return hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'));
}
