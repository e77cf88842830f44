import { readFileSync } from 'node:fs';
import type { ErrorObject } from 'ajv/dist/2020.js';
import { type Document, isMap, isNode, isPair, LineCounter, parseDocument } from 'yaml';
import { ConfigurationError } from './configuration-error.ts';
import { pointerTokens } from './pointer.ts';

/** A parsed YAML file with the places of its values. */
export type YamlFile = {
  value: unknown;
  /** The line of a place, from 1. */
  lineOf(path: readonly (string | number)[]): number;
  /** Refuses the file, at a line, in one line. */
  refuse(line: number, why: string): never;
};

/**
 * Reads a YAML file.
 * @throws ConfigurationError one line that begins with file and line
 */
export function readYamlFile(file: string): YamlFile {
  return parseYaml(readText(file), file);
}

/**
 * Reads YAML text.
 * @param file its name, for messages
 * @throws ConfigurationError
 */
export function parseYaml(text: string, file: string): YamlFile {
  const lines = new LineCounter();
  // YAML 1.2 dropped merge keys; those who write such files, and what else reads them, did not.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent', merge: true });
  const refuse = (line: number, why: string): never => {
    throw new ConfigurationError(`${file}:${line}: ${why}`);
  };
  const [problem] = document.errors;
  if (problem) {
    const isRepeated = problem.code === 'DUPLICATE_KEY';
    refuse(lines.linePos(problem.pos[0]).line, isRepeated ? 'has a name twice' : 'is no YAML');
  }
  return { value: toJson(document, refuse), lineOf: (path) => lines.linePos(offsetOf(document, path)).line, refuse };
}

/** Where in a file an error of Ajv's belongs: the value, or the member that is one too many. For `lineOf`. */
export function errorPlace(error: ErrorObject | undefined): readonly (string | number)[] {
  const path = pointerTokens(error?.instancePath ?? '').map((token) => (/^\d+$/.test(token) ? Number(token) : token));
  const surplus: string | undefined = error?.params.additionalProperty;
  return surplus === undefined ? path : [...path, surplus];
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigurationError(`${file}:1: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** An alias may be left hanging, or repeat itself without end. */
function toJson(document: Document, refuse: (line: number, why: string) => never): unknown {
  try {
    return document.toJS();
  } catch {
    return refuse(1, 'has an alias that leads nowhere, or too many');
  }
}

/** Where a value stands in the text: for a member its name; for one that came from elsewhere, what it came into. */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  const name = path.at(-1);
  const above = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  const pair = isMap(above) ? above.items.find((item) => isPair(item) && String(item.key) === name) : undefined;
  const node = pair ? pair.key : path.length > 0 ? document.getIn(path, true) : document.contents;
  const offset = isNode(node) ? node.range?.[0] : undefined;
  return offset ?? (path.length > 0 ? offsetOf(document, path.slice(0, -1)) : 0);
}
