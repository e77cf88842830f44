import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Dispatcher } from 'undici';
import { type Probe, requestTarget } from '../probes/probe.ts';
import type { Answer, Failure, NetworkCause } from './answer.ts';
import type { Credentials } from './credentials.ts';
import { createDispatcher } from './dispatcher.ts';
import { type Network, plainNetwork } from './network.ts';
import { requestHeaders } from './request-headers.ts';
import type { TargetHeaders } from './target-headers.ts';
import type { Transport } from './transport.ts';
import { passOverContinue } from './unasked-continue.ts';

/** The settings of a client. */
export type ClientOptions = {
  origin: string;
  /** The path before /v2.0; empty, or beginning with a slash. */
  basePath: string;
  credentials: Credentials;
  /** For one attempt, the whole answer included. */
  timeoutMilliseconds: number;
  /** In bytes, as they come from the wire. */
  bodyLimit: number;
  /** How the origin is reached; directly, where nothing is said. */
  network?: Network;
  /** The headers of each request besides its own. */
  headers?: TargetHeaders;
  /** Whether each attempt carries a request id of its own. */
  requestIds?: boolean;
};

/** A transport over HTTP, and its end. */
export type Client = { transport: Transport; close(): Promise<void> };

const readingMethods: readonly string[] = ['GET', 'HEAD'];

/**
 * Makes the client for a target. It sends GET and HEAD only, follows no redirect, and retries nothing; each answer is
 * taken whole, raw and unparsed, within the time limit.
 */
export function createClient(options: ClientOptions): Client {
  const connections: KeptConnection[] = [];
  const idle: KeptConnection[] = [];
  return {
    async transport(probe) {
      if (!readingMethods.includes(probe.method)) {
        throw new Error(`refused to send ${probe.method}: the client only reads`);
      }
      const connection = idle.pop() ?? connect(options);
      if (!connections.includes(connection)) connections.push(connection);
      connection.isFresh = false;
      connection.begin();
      const { socket } = connection;
      const readBefore = socket?.bytesRead ?? 0;
      const requestId = options.requestIds ? `req-${randomUUID()}` : undefined;
      const brought = await send(connection.dispatcher, options, probe, requestId);
      idle.push(connection);
      const read = (connection.socket?.bytesRead ?? 0) - (connection.socket === socket ? readBefore : 0);
      return {
        reusedSocket: !connection.isFresh,
        ...(requestId === undefined ? {} : { requestId }),
        ...(read > 0 ? begun(brought) : brought),
      };
    },
    async close() {
      // destroy, not close: close waits for answers that a broken target never ends.
      await Promise.all(connections.map(({ dispatcher }) => dispatcher.destroy()));
    },
  };
}

/** One connection, kept open from request to request; it is made anew where the target closes it. */
type KeptConnection = {
  dispatcher: Dispatcher;
  /** Whether a socket was opened for the request under way: a request on one that served before may be unlucky. */
  isFresh: boolean;
  /** The socket of the latest request. */
  socket: Socket | null;
  /** Called when a request begins. */
  begin(): void;
};

function connect({ origin, timeoutMilliseconds, network = plainNetwork }: ClientOptions): KeptConnection {
  const dispatcher = createDispatcher(
    { origin, network, timeoutMilliseconds },
    () => {
      connection.isFresh = true;
    },
    (socket) => {
      connection.socket = socket;
      connection.begin = passOverContinue(socket);
    },
  );
  const connection: KeptConnection = { dispatcher, isFresh: false, socket: null, begin() {} };
  return connection;
}

/**
 * An answer that began and was broken off in its head is the target's doing, on a reused connection too (clause
 * `transient-trouble`).
 */
function begun(brought: Answer | Failure): Answer | Failure {
  const isClosed = brought.kind === 'failure' && brought.cause.kind === 'closed';
  return isClosed ? { ...brought, cause: cause('broken-off') } : brought;
}

async function send(
  dispatcher: Dispatcher,
  options: ClientOptions,
  probe: Probe,
  requestId: string | undefined,
): Promise<Answer | Failure> {
  // AbortSignal.timeout is exact, and it spans the whole answer; undici's own timers are coarse and span parts.
  const signal = AbortSignal.timeout(options.timeoutMilliseconds);
  try {
    const { statusCode, headers, body } = await dispatcher.request({
      origin: options.origin,
      path: requestTarget(options.basePath, probe),
      method: probe.method,
      headers: requestHeaders(probe, options.credentials, options.headers, requestId),
      responseHeaders: 'raw',
      signal,
    });
    const rawHeaders = headers as object as readonly string[];
    return { kind: 'answer', status: statusCode, rawHeaders, ...(await takeBody(body, options.bodyLimit)) };
  } catch (error) {
    return { kind: 'failure', cause: networkCause(error) };
  }
}

/** The body as far as it came: what arrived before an error is still an observation. */
async function takeBody(
  body: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<{ body: Uint8Array; cut?: NetworkCause }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      size += chunk.length;
      if (size > limit) return { body: new Uint8Array(), cut: cause('too-large') };
      chunks.push(chunk);
    }
    return { body: Buffer.concat(chunks) };
  } catch (error) {
    return { body: Buffer.concat(chunks), cut: networkCause(error) };
  }
}

const causeByCode: readonly (readonly [pattern: RegExp, kind: NetworkCause['kind']])[] = [
  [/^ECONNREFUSED$/, 'refused'],
  [/^(ENOTFOUND|EAI_.*)$/, 'unresolved'],
  [/^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/, 'unreachable'],
  [/^(ERR_SSL_.*|ERR_TLS_.*|CERT_.*|.*_CERT.*|UNABLE_TO_.*|EPROTO)$/, 'tls'],
  [/^(UND_ERR_SOCKET|ECONNRESET|EPIPE|UND_ERR_INFO)$/, 'closed'],
  [/^(HPE_.*|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_CONTENT_LENGTH_MISMATCH|UND_ERR_RESPONSE_ERROR)$/, 'malformed'],
];

const causeMessages: Readonly<Record<NetworkCause['kind'], string>> = {
  refused: 'the connection was refused',
  unresolved: 'the host name could not be resolved',
  unreachable: 'the host could not be reached',
  tls: 'no TLS session could be set up',
  proxy: 'the proxy let nothing through',
  timeout: 'the whole answer did not come within the time limit',
  closed: 'the connection was closed',
  'broken-off': 'the connection was closed before the head of the answer was whole',
  malformed: 'what came is not HTTP/1.1',
  'too-large': 'the body is over the limit',
  continued: 'a 100 Continue came first, after which the client reads no answer',
  other: 'the request failed',
};

/** The parser's error codes in words. */
const malformed: readonly (readonly [code: RegExp, reason: string])[] = [
  [/HPE_INVALID_(CONSTANT|VERSION|METHOD)|HPE_PAUSED_H2/, 'the answer does not begin as one of HTTP/1.1 does'],
  [/HPE_INVALID_STATUS/, 'its status is no number of three digits'],
  [/HPE_INVALID_HEADER_TOKEN/, 'a header has a character that it may not have'],
  [/HPE_UNEXPECTED_CONTENT_LENGTH/, 'Content-Length stands twice, or beside Transfer-Encoding'],
  [/HPE_INVALID_CONTENT_LENGTH/, 'Content-Length is no number'],
  [/HPE_INVALID_TRANSFER_ENCODING/, 'its Transfer-Encoding is not understood'],
  [/HPE_INVALID_CHUNK_SIZE|HPE_STRICT/, 'the size of a chunk is no number'],
  [/HPE_(LF|CR)_EXPECTED/, 'a line of its head does not end with CR LF'],
  [/HPE_INVALID_EOF_STATE/, 'it ends in the middle'],
  [/OVERFLOW/, 'its head is larger than 256 KiB'],
  [/CONTENT_LENGTH_MISMATCH/, 'the body is not as long as Content-Length says'],
];

/** Names an error in our own words and its code: messages of lower layers may quote what the target sent. */
export function networkCause(error: unknown): NetworkCause {
  const { name, code, errors, message } = error as Error & { code?: string; errors?: readonly { code?: string }[] };
  if (name === 'TimeoutError') return cause('timeout');
  if (name === 'HTTPParserError' && code === undefined) {
    // The parser's own words, which quote nothing of what came.
    const [, reason] = /\(([\w' ,/.-]{1,80})\)$/.exec(message) ?? [];
    const { message: plain, ...malformed } = cause('malformed');
    return { ...malformed, message: reason === undefined ? plain : `${plain}: ${reason}` };
  }
  // undici takes a 100 Continue that it did not wait for as an error, and has no option against it.
  if (name === 'SocketError' && message === 'bad response') return cause('continued');
  // undici has no code for it.
  if (/^Proxy (response|authentication)/i.test(message)) return cause('proxy');
  const found = code ?? errors?.[0]?.code;
  if (typeof found !== 'string') return cause('other');
  return cause(causeByCode.find(([pattern]) => pattern.test(found))?.[1] ?? 'other', found);
}

function cause(kind: NetworkCause['kind'], code?: string): NetworkCause {
  if (code === undefined) return { kind, message: causeMessages[kind] };
  const reason = kind === 'malformed' ? malformed.find(([pattern]) => pattern.test(code))?.[1] : undefined;
  const message = reason === undefined ? causeMessages[kind] : `${causeMessages[kind]}: ${reason}`;
  return { kind, message: `${message} (${code})`, code };
}
