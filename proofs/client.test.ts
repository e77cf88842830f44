import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { createClient } from '../harness/http/client.ts';
import { fullList, other, type Probe } from '../harness/probes/probe.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function listen(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function clientFor(origin: string, own: { timeoutMilliseconds?: number; bodyLimit?: number } = {}) {
  const credentials = { first: 'a-token', second: null };
  const client = createClient({
    origin,
    basePath: '/base',
    credentials,
    timeoutMilliseconds: 5_000,
    bodyLimit: 1024,
    ...own,
  });
  open.push(client);
  return client.transport;
}

const http = (listener: RequestListener) => listen(createServer(listener));
const tcp = (onSocket: (socket: Socket) => void) => listen(createTcpServer(onSocket));

test.for([
  ['before the answer', ['HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}']],
  [
    'alone, and then the answer',
    ['HTTP/1.1 100 Continue\r\nX: 1\r\n\r\n', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'],
  ],
  ['twice', ['HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}']],
] as const)('a 100 Continue that nobody asked for is read over: %s', async ([, parts]) => {
  const origin = await tcp((socket) => {
    socket.on('data', async () => {
      for (const part of parts) {
        socket.write(part);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    });
  });
  const transport = clientFor(origin);
  for (const turn of ['1', '2']) {
    const exchange = await transport(fullList(turn));
    expect(exchange).toMatchObject({ kind: 'answer', status: 200, body: Buffer.from('{}') });
  }
});

test('a body that begins like a 100 Continue is left as it is', async () => {
  const body = 'HTTP/1.1 100 Continue\r\n\r\n{}';
  const origin = await tcp((socket) => {
    socket.on('data', () => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`, () =>
        setTimeout(() => socket.write(body), 20),
      );
    });
  });
  const exchange = await clientFor(origin)(fullList('1'));
  expect(exchange).toMatchObject({ kind: 'answer', body: Buffer.from(body) });
});

test.for([
  ['HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n{}', 'Invalid character in Content-Length'],
  [
    'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}',
    'the body is not as long as Content-Length says',
  ],
  ['\0\0\x12\x04\0\0\0\0\0', 'Expected HTTP/'],
  ['HTTP/1.1 200 OK\r\nbad header: 1\r\n\r\n', 'Invalid header token'],
] as const)('what came is no HTTP/1.1, and why: %j', async ([bytes, why]) => {
  const origin = await tcp((socket) => socket.on('data', () => socket.write(bytes)));
  const exchange = await clientFor(origin)(fullList('1'));
  expect(exchange.kind === 'failure' && exchange.cause.message).toContain(`what came is not HTTP/1.1: ${why}`);
});

test("each request has an id of its own, where ids are wanted, and the user's own stays", async () => {
  const seen: (string | undefined)[] = [];
  const origin = await http(({ headers }, response) => {
    seen.push(headers['x-openstack-request-id'] as string | undefined);
    response.end('{}');
  });
  for (const own of [
    { requestIds: true },
    { requestIds: true },
    {},
    { requestIds: true, headers: { 'X-Openstack-Request-Id': 'mine' } },
  ]) {
    const client = createClient({
      origin,
      basePath: '',
      credentials: { first: null, second: null },
      timeoutMilliseconds: 5_000,
      bodyLimit: 1024,
      ...own,
    });
    open.push(client);
    await client.transport(fullList('1'));
  }
  expect(seen).toEqual([
    expect.stringMatching(/^req-[\da-f-]{36}$/),
    expect.stringMatching(/^req-/),
    undefined,
    'mine',
  ]);
  expect(seen[0]).not.toBe(seen[1]);
});

test('a probe is sent as it stands', async () => {
  let seen: { method?: string | undefined; url?: string | undefined; headers?: object } = {};
  const origin = await http(({ method, url, headers }, response) => {
    seen = { method, url, headers };
    response.end('{}');
  });
  await clientFor(origin)(
    other('odd', 'odd', {
      query: [
        ['fields', '%FF%zz'],
        ['a[]', "'"],
      ],
    }),
  );
  expect(seen).toMatchObject({
    method: 'GET',
    url: "/base/v2.0/vpn/ipsec-site-connections?fields=%FF%zz&a[]='",
    headers: { accept: 'application/json', 'x-auth-token': 'a-token', 'accept-encoding': 'gzip, deflate' },
  });
});

test('a probe without Accept and credentials sends neither', async () => {
  let names: string[] = [];
  const origin = await http(({ headers }, response) => {
    names = Object.keys(headers);
    response.end('{}');
  });
  await clientFor(origin)(other('odd', 'odd', { accept: null, auth: { kind: 'none' } }));
  expect(names).not.toContain('accept');
  expect(names).not.toContain('x-auth-token');
});

test('raw headers keep their order, their case and their repetitions', async () => {
  const origin = await http((_request, response) => {
    response.writeHead(200, ['X-B', '1', 'x-a', '2', 'X-B', '3']);
    response.end();
  });
  const exchange = await clientFor(origin)(fullList('first'));
  expect('rawHeaders' in exchange && exchange.rawHeaders.slice(0, 6)).toEqual(['X-B', '1', 'x-a', '2', 'X-B', '3']);
});

test('a redirect is recorded, not followed', async () => {
  let requests = 0;
  const origin = await http((_request, response) => {
    requests += 1;
    response.writeHead(302, { location: '/elsewhere' }).end();
  });
  expect(await clientFor(origin)(fullList('first'))).toMatchObject({ kind: 'answer', status: 302 });
  expect(requests).toBe(1);
});

test('a body is taken as it is on the wire', async () => {
  const body = gzipSync('{}');
  const origin = await http((_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(body));
  expect(await clientFor(origin)(fullList('first'))).toMatchObject({ body });
});

test.for(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('%s never leaves the process', async (method) => {
  let connections = 0;
  const origin = await tcp(() => {
    connections += 1;
  });
  const probe = { ...fullList('first'), method } as unknown as Probe;
  await expect(clientFor(origin)(probe)).rejects.toThrow('the client only reads');
  expect(connections).toBe(0);
});

test('a connection that served before is told from a fresh one', async () => {
  const origin = await http((_request, response) => response.end('{}'));
  const transport = clientFor(origin);
  expect(await transport(fullList('first'))).toMatchObject({ reusedSocket: false });
  expect(await transport(fullList('second'))).toMatchObject({ reusedSocket: true });
});

test.for([
  ['before the head', ''],
  ['in the head', 'HTTP/1.1 200 OK\r\nContent-Ty'],
])('silence %s ends with the time limit', async ([, text]) => {
  const origin = await tcp((socket) => socket.write(text as string));
  const exchange = await clientFor(origin, { timeoutMilliseconds: 100 })(fullList('first'));
  expect(exchange).toMatchObject({ kind: 'failure', cause: { kind: 'timeout' } });
});

test('a body that drips for ever ends with the time limit, and keeps what came', async () => {
  const origin = await tcp((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{');
    const timer = setInterval(() => socket.write(' '), 10);
    socket.on('close', () => clearInterval(timer));
  });
  const exchange = await clientFor(origin, { timeoutMilliseconds: 150 })(fullList('first'));
  expect(exchange).toMatchObject({ kind: 'answer', status: 200, cut: { kind: 'timeout' } });
  expect('body' in exchange && exchange.body[0]).toBe('{'.charCodeAt(0));
});

test('a body over the limit is dropped', async () => {
  const origin = await http((_request, response) => response.end('x'.repeat(2000)));
  const exchange = await clientFor(origin)(fullList('first'));
  expect(exchange).toMatchObject({ kind: 'answer', cut: { kind: 'too-large' } });
});

test.for([
  ['closed', ''],
  ['malformed', 'SSH-2.0-OpenSSH_9.2\r\n'],
])('a server that is %s is a failure of that name', async ([kind, text]) => {
  const origin = await tcp((socket) => socket.end(text as string));
  expect(await clientFor(origin)(fullList('first'))).toMatchObject({ kind: 'failure', cause: { kind } });
});

test.for([
  ['broken-off', 'HTTP/1.1 200 OK\r\nContent-Ty'],
  ['malformed', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}'],
])('an answer that began is %s, not closed, on a connection that served before too', async ([kind, text]) => {
  let turn = 0;
  const origin = await tcp((socket) =>
    socket.on('data', () => {
      turn += 1;
      if (turn === 1) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}');
      else socket.end(text as string);
    }),
  );
  const transport = clientFor(origin);
  expect(await transport(fullList('first'))).toMatchObject({ kind: 'answer', status: 200 });
  expect(await transport(fullList('second'))).toMatchObject({ kind: 'failure', reusedSocket: true, cause: { kind } });
});

test('a port on which nobody listens is refused', async () => {
  const exchange = await clientFor('http://127.0.0.1:1')(fullList('first'));
  expect(exchange).toMatchObject({ kind: 'failure', cause: { kind: 'refused' } });
});

test('a body that ends early keeps what came', async () => {
  const origin = await tcp((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}'));
  const exchange = await clientFor(origin)(fullList('first'));
  expect(exchange).toMatchObject({ kind: 'answer', cut: { kind: 'closed' } });
  expect('body' in exchange && Buffer.from(exchange.body).toString()).toBe('{}');
});

test('after its server closed a connection, the next one is kept open', async () => {
  const ports: (number | undefined)[] = [];
  const origin = await listen(
    createServer((request, response) => {
      ports.push(request.socket.remotePort);
      response.writeHead(200, ports.length === 2 ? { Connection: 'close' } : {});
      response.end('{}');
    }),
  );
  const transport = clientFor(origin);
  const exchanges = [];
  for (let turn = 0; turn < 6; turn += 1) exchanges.push(await transport(fullList(`turn-${turn}`)));
  expect(exchanges.map(({ reusedSocket }) => reusedSocket)).toEqual([false, true, false, true, true, true]);
  expect(new Set(ports).size).toBe(2);
});
