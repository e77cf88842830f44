import { ConfigurationError } from '../harness/base/configuration-error.ts';
import { editionNames } from '../harness/contract/editions.ts';
import { createApi } from '../reference/api.ts';
import { inEdition } from '../reference/editions.ts';
import { DEFAULTS_CONNECTION } from '../reference/inventory.ts';
import { serve } from '../reference/server.ts';
import { createWorld } from '../reference/world.ts';
import type { Command, Given } from './cli/command.ts';
import { program } from './cli/program.ts';

/** `reference`: starts the reference target, until it is interrupted. */
export const reference: Command = {
  name: 'reference',
  summary: 'Starts the reference target on this machine, until it is interrupted.',
  usage: '[--items N] [--seed N] [--port N] [--token TEXT] [--edition NAME]',
  options: {
    items: { type: 'string', default: '12' },
    seed: { type: 'string', default: '1' },
    port: { type: 'string', default: '0' },
    token: { type: 'string' },
    edition: { type: 'string', default: '2020-04' },
  },
  help: {
    items: 'connections (12)',
    seed: 'drives every random value (1)',
    port: 'a free one where it is 0 (0)',
    edition: `the edition that it follows: ${editionNames.join(', ')} (2020-04)`,
    token: 'the only X-Auth-Token that is accepted; without it, none is asked for',
  },
  run: start,
};

async function start({ values }: Given): Promise<number> {
  const items = integer('items', values.items, 1_000_000);
  const seed = integer('seed', values.seed, Number.MAX_SAFE_INTEGER);
  const port = integer('port', values.port, 65_535);
  const token = values.token === undefined ? undefined : headerValue('token', String(values.token));
  const edition = String(values.edition);
  if (!editionNames.includes(edition)) {
    throw new ConfigurationError(`--edition must be one of ${editionNames.join(', ')}`);
  }
  const world = inEdition(
    createWorld({ seed, items, ...(token !== undefined && { tokens: { first: token } }) }),
    edition,
  );
  const { url, close } = await serve(createApi(world), { port }).catch((error: Error) => {
    throw new ConfigurationError(error.message);
  });
  const settings = `TARGET_URL=${url}${token === undefined ? '' : ' TARGET_TOKEN=…'}`;
  process.stdout.write(
    [
      url,
      `Run the suite against it:                ${settings} ${program}`,
      `The same, the documented defaults too:   ${settings} DEFAULTS_CONNECTION=${DEFAULTS_CONNECTION} ${program}`,
      '',
    ].join('\n'),
  );
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
  });
  await close();
  return 0;
}

function integer(name: string, value: unknown, max: number): number {
  const number = Number(value);
  if (!/^\d+$/.test(String(value)) || number > max)
    throw new ConfigurationError(`--${name} is an integer from 0 to ${max}, not '${value}'`);
  return number;
}

/** A value that a header can carry without being changed on the way (RFC 9110 section 5.5). */
function headerValue(name: string, value: string): string {
  if (!/^[\x21-\x7e]+$/.test(value)) throw new ConfigurationError(`--${name} is made of visible ASCII characters`);
  return value;
}
