import type { Socket } from 'node:net';
import { buildConnector, Client, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { exemptHosts, type Network, proxyFor, type Tls } from './network.ts';

/** The settings of a dispatcher. */
export type DispatcherOptions = { origin: string; network: Network; timeoutMilliseconds: number };

/**
 * Makes what sends requests to one origin, over one connection: directly or through the proxy that the network names.
 * @param onConnect called whenever a connection to the origin, or a tunnel to it, was opened
 * @param onSocket called with whatever the requests go through, the innermost last
 * @throws ConfigurationError where the proxy's URL cannot be used
 */
export function createDispatcher(
  { origin, network, timeoutMilliseconds }: DispatcherOptions,
  onConnect: () => void = () => {},
  onSocket: (socket: Socket) => void = () => {},
): Dispatcher {
  // The caller's time limit spans the whole answer: undici's own timers are coarse and span parts.
  const limits = { headersTimeout: 0, bodyTimeout: 0, maxHeaderSize: 256 * 1024 };
  const connect = { timeout: timeoutMilliseconds, ...tlsOptions(network.tls) };
  const options = {
    connect,
    // The agents know of no connection behind a proxy; the client that they make does.
    factory: (url: string | URL, given: { connect?: Connect }) =>
      new Client(url as URL, { ...given, ...limits, connect: watched(given.connect, onSocket) }).on(
        'connect',
        onConnect,
      ),
  };
  const proxy = proxyFor(origin, network.proxies);
  // Not an Agent: when its server closes a connection, it also closes the next one.
  if (proxy === null) {
    return new Client(origin, { connect: watched(connect, onSocket), ...limits }).on('connect', onConnect);
  }
  return new EnvHttpProxyAgent({
    ...options,
    httpProxy: proxy.href,
    httpsProxy: proxy.href,
    noProxy: exemptHosts(network.proxies),
    // Proxies tunnel to TLS ports only: plain requests are forwarded (RFC 9112 section 3.2.2).
    proxyTunnel: false,
    requestTls: connect,
    proxyTls: { timeout: timeoutMilliseconds },
  });
}

type Connect = buildConnector.BuildOptions | buildConnector.connector;

/** Opens sockets as told, and tells of each. */
function watched(connect: Connect | undefined, onSocket: (socket: Socket) => void): buildConnector.connector {
  const connector = typeof connect === 'function' ? connect : buildConnector(connect);
  return (options, callback) =>
    connector(options, (...result) => {
      if (result[1]) onSocket(result[1]);
      callback(...result);
    });
}

function tlsOptions({ ca, client, unverified }: Tls): object {
  return {
    ...(ca === null ? {} : { ca: ca.pem }),
    ...(client === null ? {} : { cert: client.certificate.pem, key: client.key.pem }),
    ...(client?.passphrase == null ? {} : { passphrase: client.passphrase }),
    rejectUnauthorized: unverified === null,
  };
}
