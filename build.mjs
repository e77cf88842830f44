import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));

/** CommonJS packages within a bundle load Node's own modules. */
const banner = `import { createRequire as bundled } from 'node:module'; const require = bundled(import.meta.url);`;

/**
 * Bundles a TypeScript program with its packages into one file: loaded module by module it would start a second later.
 * A bundle of this checkout that is newer than all that went into it is taken as it is: checkouts may share node_modules.
 * @param entry its first file, from the project's root
 * @returns the bundle's absolute path: below node_modules, so that vitest loads it as it is
 */
export async function bundle(entry) {
  const outfile = `${root}node_modules/.cache/conformance/${entry.replaceAll('/', '-')}.mjs`;
  const inputs = `${outfile}.inputs.json`;
  if (isNewer(outfile, inputs)) return outfile;
  const { build } = await import('esbuild');
  const { metafile } = await build({
    entryPoints: [root + entry],
    absWorkingDir: root,
    outfile: `${outfile}.${process.pid}`,
    bundle: true,
    metafile: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    // jsonc-parser's CommonJS form cannot be bundled.
    mainFields: ['module', 'main'],
    banner: { js: banner },
    logLevel: 'error',
  });
  const own = Object.keys(metafile.inputs).filter((input) => !input.startsWith('node_modules/'));
  // Two runs may build at the same time: what takes the place of the old file is whole.
  writeFileSync(
    `${inputs}.${process.pid}`,
    JSON.stringify({ root, files: [...own, 'build.mjs', 'package-lock.json'] }),
  );
  renameSync(`${outfile}.${process.pid}`, outfile);
  renameSync(`${inputs}.${process.pid}`, inputs);
  return outfile;
}

function isNewer(outfile, inputs) {
  if (!existsSync(outfile) || !existsSync(inputs)) return false;
  const { mtimeMs } = statSync(outfile);
  const { root: checkout, files } = JSON.parse(readFileSync(inputs, 'utf8'));
  if (checkout !== root) return false;
  return files.every((input) => {
    const stat = statSync(root + input, { throwIfNoEntry: false });
    return stat !== undefined && stat.mtimeMs < mtimeMs;
  });
}
