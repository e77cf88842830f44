import { requirements } from '../suites/requirements.ts';
import type { Command } from './cli/command.ts';

/** `list`: the requirements of the contract. */
export const list: Command = {
  name: 'list',
  summary: 'Lists the requirements: id, level and title.',
  usage: '[--json]',
  options: { json: { type: 'boolean' } },
  help: { json: 'with source and clause, as JSON' },
  run({ values }) {
    if (values.json) {
      const all = requirements.map(({ id, level, title, clause, source, needs }) => ({
        id,
        level,
        title,
        clause,
        source,
        needs,
      }));
      process.stdout.write(`${JSON.stringify(all, null, 1)}\n`);
      return 0;
    }
    const width = Math.max(...requirements.map(({ id }) => id.length));
    for (const { id, level, title } of requirements) {
      process.stdout.write(`${id.padEnd(width)}  ${level.padEnd(6)}  ${title}\n`);
    }
    return 0;
  },
};
