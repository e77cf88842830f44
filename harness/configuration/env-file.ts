import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { ConfigurationError } from '../base/configuration-error.ts';

/**
 * Reads a .env file: lines of the form NAME=value, as Node's `--env-file` takes them. UTF-8 and UTF-16 are read, with or
 * without a byte order mark, for editors write them so. A line that would be lost without a word is refused.
 * @returns nothing where there is no such file
 * @throws ConfigurationError with the number of the line
 */
export function readEnvFile(path: string): NodeJS.ProcessEnv {
  if (!existsSync(path)) return {};
  const text = decode(readBytes(path));
  refuseLostLines(text, path);
  return parseEnv(text) as NodeJS.ProcessEnv;
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new ConfigurationError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** The text of a file in UTF-8 or UTF-16; TextDecoder takes the byte order mark away. */
function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const isLittle = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0 && bytes.length > 1);
  const isBig = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && bytes.length > 1);
  return new TextDecoder(isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8').decode(bytes);
}

/** A name, an equals sign and the beginning of a value. */
const assignment = /^\s*(?:export\s+)?[A-Za-z_][\w.-]*\s*=\s*(.*)$/;

function refuseLostLines(text: string, path: string): void {
  /** The quotation mark of a value that goes on in the next line. */
  let open: string | undefined;
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    if (open !== undefined) {
      if (line.includes(open)) open = undefined;
      continue;
    }
    if (/^\s*(#|$)/.test(line)) continue;
    const value = assignment.exec(line)?.[1];
    if (value === undefined) throw new ConfigurationError(`${path}, line ${index + 1}: ${whyLost(line)}`);
    const [mark = ''] = value;
    if (/["'`]/.test(mark) && !value.slice(1).includes(mark)) open = mark;
  }
}

function whyLost(line: string): string {
  // The line itself is not shown: it may hold a secret.
  const [, name] = /^\s*([A-Za-z_]\w*)\s*:(?!\/\/)/.exec(line) ?? [];
  return name === undefined ? 'it is no NAME=value' : `${name} is followed by a colon; write ${name}=value`;
}
