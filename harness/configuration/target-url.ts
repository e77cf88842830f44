import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ConfigurationError } from '../base/configuration-error.ts';
import { collectionPath } from '../probes/probe.ts';

/** Where the target is: everything before /v2.0. */
export type Target = { origin: string; basePath: string };

/** The place to judge: a target, a file, or the embedded target. */
export type Where = {
  /** Null: the one that Keystone knows, or else the embedded reference target. */
  target: Target | null;
  /** A recording or a captured body that is judged instead of a target. */
  file: string | null;
};

/** The value of TARGET_URL that asks for the embedded reference target. */
export const referenceName = 'reference';

/**
 * Reads TARGET_URL: a target, a file of what was observed before, or the embedded target.
 * @throws ConfigurationError
 */
export function readWhere(url: string | undefined): Where {
  if (url === undefined || url === referenceName) return { target: null, file: null };
  if (!/^file:/i.test(url)) return { target: readTarget(url), file: null };
  const file = url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length);
  if (!existsSync(file)) throw new ConfigurationError(`TARGET_URL names ${file}, which is not there`);
  return { target: { origin: `file:${file}`, basePath: '' }, file };
}

/**
 * Reads TARGET_URL: clause `target-url`. The URL of the list itself is taken too.
 * @param name what holds the URL, for messages
 * @throws ConfigurationError
 */
export function readTarget(text: string, name = 'TARGET_URL'): Target {
  const refuse = (why: string): never => {
    throw new ConfigurationError(`${name} ${why}; it is everything before /v2.0, like https://vpn.example.com`);
  };
  if (!URL.canParse(text)) refuse('is no URL');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') refuse('is neither http nor https');
  if (url.username !== '' || url.password !== '') refuse('holds user information: use TARGET_TOKEN');
  if (text.includes('?')) refuse('has a query');
  if (text.includes('#')) refuse('has a fragment');
  const path = url.pathname.replace(/\/+$/, '');
  const base = path.endsWith(collectionPath) ? path.slice(0, -collectionPath.length) : path.replace(/\/v2\.0$/, '');
  return { origin: url.origin, basePath: base.replace(/\/+$/, '') };
}
