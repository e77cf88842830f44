import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { toPlainUtf8 } from '../answers/character-encoding.ts';
import { ConfigurationError } from '../base/configuration-error.ts';

/** A file that a user handed over: its text in UTF-8, and what was undone to get it (clause `files-are-not-the-target`). */
export type UserFile = { bytes: Uint8Array; remarks: readonly string[] };

/** A longer text is more than Node can hold. In bytes. */
const largest = 512 * 1024 * 1024;

/**
 * Reads a recording or a capture. What a shell, an editor or a browser did to it is undone, with a remark.
 * @throws ConfigurationError one line that says what the file is, where it is nothing that can be judged
 */
export function readUserFile(file: string): UserFile {
  const compressed = readBytes(file);
  const unzipped = unzip(file, compressed);
  const { bytes, encoding } = toPlainUtf8(unzipped);
  const remarks = [
    ...(unzipped === compressed ? [] : [`${file} was compressed with gzip: it was unpacked`]),
    ...(encoding === 'utf-16' ? [`${file} is in UTF-16, as a shell may write it: it was read so`] : []),
    ...(encoding === 'utf-8 with a byte order mark' ? [`${file} has a byte order mark, as an editor may add it`] : []),
  ];
  const isConverted = encoding === 'utf-16' || encoding === 'utf-8 with a byte order mark';
  const text = isConverted ? bytes : unzipped;
  refuseOthers(file, text);
  return { bytes: text, remarks };
}

function readBytes(file: string): Uint8Array {
  try {
    const { size } = statSync(file);
    if (statSync(file).isDirectory()) throw refused(file, 'is a folder: name a file in it');
    if (size > largest) throw refused(file, 'is over 512 MiB, which is more than can be read as one text');
    if (size === 0) throw refused(file, 'is empty');
    // A file of a system of files without sizes is read as it comes.
    const descriptor = openSync(file, 'r');
    readSync(descriptor, new Uint8Array(1));
    closeSync(descriptor);
    return readFileSync(file);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw refused(file, `cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function unzip(file: string, bytes: Uint8Array): Uint8Array {
  const [first, second] = bytes;
  if (first === 0x50 && second === 0x4b) throw refused(file, 'is a zip archive: name a file that is unpacked');
  if (first !== 0x1f || second !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: largest });
  } catch {
    throw refused(file, 'is compressed with gzip, and cannot be unpacked');
  }
}

const instead = 'save the answer itself, with curl -i, or a HAR file from the browser';

/** Files that people have and that are no answer of the API, each with a sign in its beginning. */
const others: readonly (readonly [what: string, sign: RegExp])[] = [
  ['is what openstack --debug prints', /^(RESP( BODY)?: |REQ: curl |.*\bkeystoneauth\b.*(REQ|RESP))/m],
  ['is what curl -v prints, with its remarks between', /^([*<>] .*\n)+/],
  ['is a table that openstack prints', /^\s*\+-{3,}[-+]*\+\s*$/m],
  ['is a Postman collection', /"(_postman_id|schema)"\s*:\s*"[^"]*(postman|[\da-f]{8}-[\da-f]{4})/],
  ['is an API description', /^\s*\{\s*"(openapi|swagger)"\s*:/],
  // It says nothing of the list: nobody knows whether the request had credentials, or which it was.
  [
    'is an error of the API, without its status',
    /^\s*\{\s*"(NeutronError|error|error_msg|error_code)"\s*:(?![\s\S]*"ipsec_site_connections")/,
  ],
  [
    'is what openstack -f json prints, whose columns are no members of the API',
    /^\s*[[{]\s*(\{\s*)?"(ID|Name|Field|Peer Address|Status|Authentication Algorithm|Pre-shared Key)"\s*:/,
  ],
];

/** How far into a file its kind is looked for. */
const head = 4096;

function refuseOthers(file: string, bytes: Uint8Array): void {
  const beginning = Buffer.from(bytes.subarray(0, head)).toString();
  if (beginning.trim() === '' && bytes.length <= head) throw refused(file, 'is empty');
  const found = others.find(([, sign]) => sign.test(beginning));
  if (found) throw refused(file, `${found[0]}: ${instead}`);
}

function refused(file: string, why: string): ConfigurationError {
  return new ConfigurationError(`${file} ${why}`);
}
