import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('.', import.meta.url));

/**
 * Builds the files of an installed package: the program in JavaScript, its dependencies as they are installed beside
 * it.
 */
rmSync(`${root}dist`, { recursive: true, force: true });
await build({
  entryPoints: [`${root}commands/cli.ts`],
  outdir: `${root}dist`,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  // What a command does not need is not loaded.
  splitting: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  logLevel: 'error',
});
