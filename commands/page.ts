import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../harness/base/configuration-error.ts';
import { editionNamed, editionNames, contract as usual } from '../harness/contract/editions.ts';
import { differences } from '../page/compare.ts';
import { readPage } from '../page/read-page.ts';
import { writeEdition } from '../page/write-edition.ts';
import { type Command, type Given, usageOf } from './cli/command.ts';

/** `npm run page -- FILE`: what a published page says, and how it differs from an edition. */
export const page: Command = {
  name: 'page',
  summary: 'Reads the parameter tables of a page, and says how they differ from an edition; exit 1 where they do.',
  usage: 'FILE [--edition NAME] [--json] [--write NAME]',
  options: { edition: { type: 'string' }, json: { type: 'boolean' }, write: { type: 'string' } },
  help: {
    edition: `compared with: ${editionNames.join(', ')} (${usual.edition.name})`,
    json: 'prints what was read, and nothing else',
    write: 'makes schemas/NAME from the page; what it does not settle says DECIDE',
  },
  run: read,
};

function read({ values, positionals }: Given): number {
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new ConfigurationError(usageOf(page));
  const name = String(values.edition ?? usual.edition.name);
  const contract = editionNamed(name);
  if (!contract) throw new ConfigurationError(`--edition must be one of ${editionNames.join(', ')}`);
  const { page: found, remarks } = readPage(bytesOf(file), file);
  for (const remark of remarks) process.stderr.write(`${remark}\n`);
  if (values.json) {
    process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
    return 0;
  }
  if (found.tables.length === 0) throw new ConfigurationError(`${file} has no table of parameters`);
  if (typeof values.write === 'string') {
    if (!/^[a-z\d][\w.-]*$/i.test(values.write))
      throw new ConfigurationError('--write NAME: letters, digits, points and hyphens');
    for (const written of writeEdition(found, join('schemas', values.write), values.write)) {
      process.stdout.write(`${written}\n`);
    }
    return 0;
  }
  const different = differences(found, contract);
  for (const { parameter, what, page: here, edition } of different) {
    process.stdout.write(`${parameter}: ${what}: ${here || 'none'} on the page, ${edition || 'none'} in ${name}\n`);
  }
  if (different.length === 0) process.stdout.write(`no difference from ${name}\n`);
  return different.length === 0 ? 0 : 1;
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new ConfigurationError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}
