import { brotliCompressSync, deflateRawSync, gzipSync } from 'node:zlib';
import { withBody, withHeader } from '../../http.ts';
import { type Change, onAnswers } from '../../variants/answers.ts';
import { list } from '../../variants/requests.ts';
import { apiFault, type Fault } from '../fault.ts';
import { ofLists } from './of-lists.ts';

const TYPES: readonly (readonly [name: string, value: string])[] = [
  ['text', 'text/plain'],
  ['html', 'text/html; charset=utf-8'],
  ['text-json', 'text/json'],
  ['javascript', 'application/javascript'],
  ['octets', 'application/octet-stream'],
  ['vendor', 'application/vnd.example.vpn+json'],
  ['problem', 'application/problem+json'],
  ['latin1', 'application/json; charset=ISO-8859-1'],
  ['utf8', 'application/json; charset=utf8'],
  ['utf16', 'application/json;charset=UTF-16'],
  ['two', 'application/json, text/html'],
  ['bare', 'json'],
  ['empty', ''],
];

/** Faults in the headers that describe the body: its type and its coding (RFC 9110 section 8.3, section 8.4). */
export const headerFaults: readonly Fault[] = [
  ...TYPES.map(([name, value]) =>
    ofLists(`content-type.${name}`, `The list is labelled '${value}'.`, ['envelope.content-type'], labelled(value)),
  ),
  apiFault(
    'envelope.content-type.all',
    'Every list is labelled text/html, whatever was asked.',
    ['envelope.content-type'],
    onAnswers(list, labelled('text/html')),
  ),
  ofLists('content-type.missing', 'The list has no Content-Type.', ['envelope.content-type'], (response) =>
    withHeader(response, 'Content-Type', undefined),
  ),
  ofLists('content-type.twice', 'The list has two Content-Types.', ['envelope.content-type'], (response) => ({
    ...response,
    headers: [...response.headers, ['Content-Type', 'text/html']],
  })),
  ofLists(
    'content-coding.unlabelled',
    'The body is compressed, and nothing says so.',
    ['envelope.content-coding', 'envelope.json'],
    (response) => withBody(response, gzipSync(response.body)),
  ),
  ...codings([
    ['brotli', 'The body is compressed with Brotli, which nobody accepted.', 'br', brotliCompressSync],
    ['plain', 'The body is labelled gzip and is not compressed.', 'gzip', (bytes) => bytes],
    ['raw-deflate', 'The body is labelled deflate and has no zlib frame.', 'deflate', deflateRawSync],
    ['charset', 'The coding is given as utf-8, which is a charset.', 'utf-8', (bytes) => bytes],
    ['twice', 'The body is compressed twice, and labelled once.', 'gzip', (bytes) => gzipSync(gzipSync(bytes))],
    ['identity', 'The body is labelled identity and compressed.', 'identity', (bytes) => gzipSync(bytes)],
    ['cut', 'The compressed body ends early.', 'gzip', (bytes) => gzipSync(bytes).subarray(0, -20)],
    ['damaged', 'The compressed body does not have its checksum.', 'gzip', withOtherChecksum],
  ]),
];

function labelled(value: string): Change {
  return (response) => withHeader(response, 'Content-Type', value);
}

function codings(
  table: readonly (readonly [
    name: string,
    describes: string,
    label: string,
    code: (bytes: Uint8Array) => Uint8Array,
  ])[],
): Fault[] {
  return table.map(([name, describes, label, code]) =>
    ofLists(`content-coding.${name}`, describes, ['envelope.content-coding'], (response) =>
      withHeader(withBody(response, code(response.body)), 'Content-Encoding', label),
    ),
  );
}

/** RFC 1952 section 2.3.1: the checksum is in the eighth to fifth byte from the end. */
function withOtherChecksum(bytes: Uint8Array): Uint8Array {
  const coded = new Uint8Array(gzipSync(bytes));
  const at = coded.length - 8;
  coded[at] = (coded[at] ?? 0) ^ 0xff;
  return coded;
}
