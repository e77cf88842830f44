import { type Configuration, ConfigurationError, type Target } from '../../harness/configuration/configuration.ts';
import { createClient } from '../../harness/http/client.ts';
import { isProxied, proxyRemedy } from '../../harness/http/network.ts';
import { tlsRemedy } from '../../harness/http/tls-remedy.ts';
import { fullList } from '../../harness/probes/probe.ts';
import type { ProgressListener } from '../../harness/run/progress.ts';

/**
 * Asks for the list once: a target that cannot be reached, or refuses the credentials, ends the run here.
 * @throws ConfigurationError
 */
export async function reach(configuration: Configuration, target: Target, progress: ProgressListener): Promise<void> {
  const client = createClient({ ...target, ...configuration });
  progress.advanced({ phase: 'list', asked: 0, planned: 1, meanMilliseconds: 0, elapsedMilliseconds: 0 });
  const exchange = await client.transport(fullList('preflight')).finally(() => client.close());
  const url = target.origin + target.basePath;
  if (exchange.kind === 'failure' && unreachable.has(exchange.cause.kind)) {
    const { proxies } = configuration.network;
    const remedy =
      exchange.cause.kind === 'tls' ? `; ${tlsRemedy(exchange.cause.code)}` : proxyRemedy(target.origin, proxies);
    throw new ConfigurationError(`${url} cannot be reached: ${exchange.cause.message}${remedy}`);
  }
  // In TLS 1.3 a server that misses the client's certificate says so after the handshake, or only closes.
  const isClosed = exchange.kind === 'failure' && exchange.cause.kind === 'closed';
  if (isClosed && url.startsWith('https:') && configuration.network.tls.client === null) {
    process.stderr.write(`${url} closes the connection: TARGET_CERT names the certificate that it may ask for\n`);
  }
  if (exchange.kind === 'failure') return;
  if (exchange.status === 407) {
    throw new ConfigurationError(
      `${url} cannot be reached: the proxy answers 407${proxyRemedy(target.origin, configuration.network.proxies)}`,
    );
  }
  // Without credentials a 403 says nothing of them: then it is one answer like another.
  const isRefused = exchange.status === 401 || (exchange.status === 403 && configuration.credentials.first !== null);
  if (!isRefused) return;
  const orProxy = isProxied(target.origin, configuration.network.proxies)
    ? `, or the proxy refuses${proxyRemedy(target.origin, configuration.network.proxies).replace(';', ':')}`
    : '';
  throw new ConfigurationError(`${url} answers ${exchange.status}: ${tokenAdvice(configuration)}${orProxy}`);
}

const unreachable: ReadonlySet<string> = new Set(['refused', 'unresolved', 'unreachable', 'tls', 'proxy']);

function tokenAdvice({ credentials, keystone }: Configuration): string {
  if (credentials.first === null) return 'it wants credentials: set TARGET_TOKEN, or OS_CLOUD or the OS_ variables';
  return keystone.first === null ? 'it refuses TARGET_TOKEN' : 'it refuses the token that Keystone issued';
}
