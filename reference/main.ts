import { parseArgs } from 'node:util';
import { createApi } from './api.ts';
import { DEFAULTS_CONNECTION } from './inventory.ts';
import { serve } from './server.ts';
import { createWorld } from './world.ts';

type Options = { items: number; seed: number; port: number; token: string | undefined };

await start(read());

async function start(options: Options): Promise<void> {
  const { items, seed, port, token } = options;
  const world = createWorld({ seed, items, ...(token !== undefined && { tokens: { first: token } }) });
  const { url, close } = await serve(createApi(world), { port }).catch((error: Error) => refuse(error.message));
  const settings = `TARGET_URL=${url}${token === undefined ? '' : ' TARGET_TOKEN=…'}`;
  process.stdout.write(
    [
      url,
      `Run the suite against it:                ${settings} npm test`,
      `The same, the documented defaults too:   ${settings} DEFAULTS_CONNECTION=${DEFAULTS_CONNECTION} npm test`,
      '',
    ].join('\n'),
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
}

function read(): Options {
  try {
    const { values } = parseArgs({
      options: {
        items: { type: 'string', default: '12' },
        seed: { type: 'string', default: '1' },
        port: { type: 'string', default: '0' },
        token: { type: 'string' },
      },
    });
    return {
      items: integer('items', values.items, 1_000_000),
      seed: integer('seed', values.seed, Number.MAX_SAFE_INTEGER),
      port: integer('port', values.port, 65_535),
      token: values.token === undefined ? undefined : headerValue('token', values.token),
    };
  } catch (error) {
    return refuse((error as Error).message);
  }
}

function integer(name: string, value: string, max: number): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number > max)
    throw new Error(`--${name} is an integer from 0 to ${max}, not '${value}'.`);
  return number;
}

/** What a header can carry without being changed on the way (RFC 9110 section 5.5). */
function headerValue(name: string, value: string): string {
  if (!/^[\x21-\x7e]+$/.test(value)) throw new Error(`--${name} is made of visible ASCII characters.`);
  return value;
}

function refuse(message: string): never {
  process.stderr.write(`reference: ${message.split('\n')[0]}\n`);
  process.exit(2);
}
