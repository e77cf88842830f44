import { createServer } from 'node:http';
import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { readConfiguration, type Target } from '../harness/configuration/configuration.ts';
import { createClient } from '../harness/http/client.ts';
import { fullList } from '../harness/probes/probe.ts';
import { listen } from './listening.ts';

const hasIpv6 = Object.values(networkInterfaces()).some((own) => own?.some(({ address }) => address === '::1'));

test('a target with an IPv6 address is reached, whatever proxy there is', async ({ skip }) => {
  skip(!hasIpv6, 'this machine has no ::1');
  const server = await listen(
    createServer(({ headers }, response) => response.end(headers.host)),
    '::1',
  );
  const host = `[::1]:${server.port}`;
  const environment = { TARGET_URL: `http://${host}/v2.0`, HTTP_PROXY: 'http://127.0.0.1:1' };
  const configuration = readConfiguration(environment, 'no-such.env');
  const client = createClient({ ...(configuration.target as Target), ...configuration });
  const exchange = await client.transport(fullList('first'));
  await client.close();
  await server.close();
  expect(exchange).toMatchObject({ kind: 'answer', body: Buffer.from(host) });
});
