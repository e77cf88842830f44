import { BlockList, isIP, isIPv6 } from 'node:net';
import { ConfigurationError } from '../base/configuration-error.ts';
import { isLoopback } from './loopback.ts';

/** The content of a PEM file, and the file's name for a shell: a reference to a variable, or a quoted path. */
export type PemFile = { pem: string; shell: string };

/** How the server of a TLS session is known, and who the client is. */
export type Tls = {
  /** Instead of the usual authorities; null: the usual ones. */
  ca: PemFile | null;
  client: { certificate: PemFile; key: PemFile; passphrase: string | null } | null;
  /** The setting that turned the verification off; null where the server is verified. */
  unverified: string | null;
};

/** The URL of a proxy, and the variable that holds it. */
export type Proxy = { url: string; variable: string };

/** The proxies of the environment. */
export type Proxies = {
  http: Proxy | null;
  https: Proxy | null;
  /** Hosts that are reached without one, in NO_PROXY's form. */
  exempt: string;
};

/** How an origin is reached. */
export type Network = { tls: Tls; proxies: Proxies };

/** No proxy, the usual authorities. */
export const plainNetwork: Network = {
  tls: { ca: null, client: null, unverified: null },
  proxies: { http: null, https: null, exempt: '' },
};

/**
 * The proxies that an environment names, the lower-case name first, as everywhere. HTTP_PROXY is not for https.
 * @returns URLs as they are written: whether they can be used is asked when one is needed
 */
export function readProxies(environment: NodeJS.ProcessEnv): Proxies {
  const first = (...names: readonly string[]): Proxy | null => {
    for (const variable of names) {
      const url = environment[variable];
      if (url !== undefined && url !== '') return { url, variable };
    }
    return null;
  };
  return {
    http: first('http_proxy', 'HTTP_PROXY'),
    https: first('https_proxy', 'HTTPS_PROXY'),
    exempt: first('no_proxy', 'NO_PROXY')?.url ?? '',
  };
}

/**
 * The proxy for an origin, NO_PROXY not yet considered; null where none is named, and always for loopback.
 * @throws ConfigurationError where its URL is none that can be used
 */
export function proxyFor(origin: string, { http, https, exempt }: Proxies): URL | null {
  if (isLoopback(origin)) return null;
  const proxy = origin.startsWith('https:') ? https : http;
  if (proxy === null || isInExemptBlock(origin, exempt)) return null;
  const url = proxy.url.includes('://') ? proxy.url : `http://${proxy.url}`;
  if (!URL.canParse(url)) throw new ConfigurationError(`${proxy.variable} is no URL`);
  const parsed = new URL(url);
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') {
    throw new ConfigurationError(`${proxy.variable} is neither http nor https`);
  }
  if (decodePercent(parsed.username) === null || decodePercent(parsed.password) === null) {
    throw new ConfigurationError(`${proxy.variable} holds user information that is not percent-encoded`);
  }
  return parsed;
}

/** Whether requests to an origin may go through a proxy: NO_PROXY's names are left to the agent. */
export function isProxied(origin: string, proxies: Proxies): boolean {
  return proxyFor(origin, proxies) !== null;
}

/** Whether the address of an origin is in a block of NO_PROXY, like 10.0.0.0/8: curl, Go and Python take those too. */
function isInExemptBlock(origin: string, exempt: string): boolean {
  const host = new URL(origin).hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  if (family === 0) return false;
  const blocks = new BlockList();
  for (const entry of exempt.split(/[,\s]+/)) {
    const [, address = '', length = ''] = /^\[?([^\]/]+)\]?\/(\d+)$/.exec(entry) ?? [];
    const version = isIP(address);
    if (version !== 0 && Number(length) <= (version === 4 ? 32 : 128)) {
      blocks.addSubnet(address, Number(length), version === 4 ? 'ipv4' : 'ipv6');
    }
  }
  return blocks.check(host, family === 4 ? 'ipv4' : 'ipv6');
}

/** The advice on proxies where an origin cannot be reached; empty where no proxy is named for it. */
export function proxyRemedy(origin: string, { http, https }: Proxies): string {
  const proxy = origin.startsWith('https:') ? https : http;
  if (proxy === null || isLoopback(origin)) return '';
  return `; ${proxy.variable} names the proxy, NO_PROXY the hosts that need none`;
}

/** NO_PROXY with IPv6 addresses in brackets, as they stand in a URL. */
export function exemptHosts({ exempt }: Proxies): string {
  return exempt
    .split(/[,\s]+/)
    .map((entry) => (isIPv6(entry) ? `[${entry}]` : entry))
    .join(',');
}

/** The secrets in the proxies' URLs, in each form that they are sent in. */
export function proxySecrets({ http, https }: Proxies): readonly string[] {
  return [http, https].flatMap((proxy) => {
    const url = proxy?.url.includes('://') ? proxy.url : `http://${proxy?.url ?? ''}`;
    if (!URL.canParse(url)) return [];
    const { username, password } = new URL(url);
    if (password === '') return [];
    const secret = decodePercent(password) ?? password;
    return [password, secret, `${decodePercent(username) ?? username}:${secret}`];
  });
}

function decodePercent(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
