import { type Change, onAnswers, text } from '../../variants/answers.ts';
import { page } from '../../variants/refusals.ts';
import { fieldsOf, list } from '../../variants/requests.ts';
import { everywhere, inLast, set } from '../../variants/stored.ts';
import { apiFault, type Fault } from '../fault.ts';
import { ofLists } from './of-lists.ts';

const UTF8 = ['envelope.utf8'];
const JSON_TEXT = ['envelope.json'];
const DUPLICATES = ['envelope.duplicate-members'];
const SURROGATES = ['envelope.surrogates'];

/** The body as text: its encoding, and whether it is one JSON value that every reader understands alike. */
export const textFaults: readonly Fault[] = [
  ...texts(UTF8, [
    ['utf8.bom', 'The body begins with a byte order mark.', (json) => `\ufeff${json}`],
    ['utf8.latin1', 'The body is in Latin-1.', (json) => Buffer.from(inLatin1(json), 'latin1')],
    ['utf8.utf16', 'The body is in UTF-16, with a byte order mark.', (json) => Buffer.from(`\ufeff${json}`, 'utf16le')],
    ['utf8.utf16be', 'The body is in big-endian UTF-16.', (json) => Buffer.from(json, 'utf16le').swap16()],
  ]),
  ofLists(
    'utf8.cut',
    'A description is cut in the middle of a character.',
    UTF8,
    bytes('"description":"Änder', (cut) => Buffer.concat([cut.subarray(0, 15), cut.subarray(16)])),
  ),
  ...texts(JSON_TEXT, [
    ['json.empty', 'The body is empty.', () => ''],
    ['json.nan', 'An MTU that is not known is NaN.', (json) => json.replace(/\{/g, '{"rate":NaN,')],
    ['json.infinity', 'A rate without a limit is Infinity.', (json) => json.replace(/\{/g, '{"rate":Infinity,')],
    ['json.trailing-data', 'A log line follows the list.', (json) => `${json}\n[info] request done`],
    ['json.twice', 'The list is written twice.', (json) => `${json}${json}`],
    ['json.truncated', 'The text ends early, and Content-Length agrees.', (json) => json.slice(0, -7)],
    ['json.trailing-comma', 'The last element is followed by a comma.', (json) => json.replace(/\]\}$/, ',]}')],
    ['json.comment', 'A comment says who made the list.', (json) => `/* vpn-agent 3.1 */ ${json}`],
    ['json.single-quotes', 'The list is printed, not serialised.', (json) => json.replaceAll('"', "'")],
    ['json.unquoted', 'Member names have no quotes.', (json) => json.replace(/"(\w+)":/g, '$1:')],
    ['json.jsonp', 'The list is an argument of a callback.', (json) => `callback(${json});`],
    ['json.prefix', 'A prefix guards the list against script inclusion.', (json) => `)]}',\n${json}`],
    ['json.leading-zero', 'Numbers are padded with zeros.', (json) => json.replace(/\{/g, '{"rank":007,')],
    ['json.hexadecimal', 'A flag is written in hexadecimal.', (json) => json.replace(/\{/g, '{"flags":0x1f,')],
    ['json.control', 'Line feeds in strings are not escaped.', (json) => json.replace('":[', '":[{"note":"a\nb"},')],
    ['json.undefined', 'A value that is not set is undefined.', (json) => json.replace(/\{/g, '{"tag":undefined,')],
    ['json.lines', 'Each element stands on a line of its own, without a list.', inLines],
    ['json.xml', 'The body is XML, labelled JSON.', () => '<?xml version="1.0"?><ipsec_site_connections/>'],
    ['json.nul', 'The body ends with a NUL.', (json) => `${json}\0`],
  ]),
  ofLists('json.html', 'A page is sent with status 200.', ['envelope.content-type', 'envelope.json'], () => page(200)),
  ...texts(DUPLICATES, [
    ['duplicate-members.id', 'Each element has its id twice.', (json) => json.replaceAll('"id":', '"id":null,"id":')],
    ['duplicate-members.equal', 'Members are written twice.', (json) => json.replace(/("mtu":\d+)/g, '$1,$1')],
    ['duplicate-members.escaped', 'The second id is written with an escape.', escapedTwice],
    [
      'duplicate-members.dpd',
      'dpd has its action twice.',
      (json) => json.replaceAll('"action":', '"action":"","action":'),
    ],
    ['duplicate-members.list', 'There are two lists, the first one empty.', twoLists],
    ['duplicate-members.proto', 'A member named __proto__ is written twice.', protoTwice],
    [
      'duplicate-members.last',
      'The last element has its name twice.',
      (json) => json.replace(/"name":(?!.*"name":)/s, '$&"","name":'),
    ],
  ]),
  apiFault(
    'envelope.duplicate-members.asked-twice',
    'A name that is asked for twice, and no other, is returned twice.',
    DUPLICATES,
    onAnswers(
      (request) => fieldsOf(request).join() === 'id,id',
      text((json) => json.replace(/("id":"[^"]*")/g, '$1,$1')),
    ),
  ),
  apiFault(
    'envelope.duplicate-members.all',
    'Every list has a count beside it twice, whatever was asked.',
    DUPLICATES,
    onAnswers(
      list,
      text((json) => json.replace(/^\{/, '{"count":1,"count":1,')),
    ),
  ),
  apiFault(
    'envelope.surrogates.description',
    'A description is cut in the middle of an emoji.',
    SURROGATES,
    everywhere(set('description', (element) => `${element.description} \ud83d`)),
  ),
  apiFault(
    'envelope.surrogates.psk',
    'The last key holds half of a character.',
    SURROGATES,
    inLast(set('psk', (element) => `\udc00${element.psk}`)),
  ),
  apiFault(
    'envelope.surrogates.name',
    'An undocumented member’s name is half of a character.',
    SURROGATES,
    everywhere(set('\ud800', 1)),
  ),
  ofLists(
    'surrogates.beside',
    'A note beside the list ends with half of a character.',
    SURROGATES,
    text((json) => json.replace(/\}$/, ',"note":"\\ud83d"}')),
  ),
];

function texts(
  fails: readonly string[],
  table: readonly (readonly [name: string, describes: string, change: (json: string) => string | Uint8Array])[],
): Fault[] {
  return table.map(([name, describes, change]) => ofLists(name, describes, fails, text(change)));
}

/** Changes the bytes of the body from the first place of a text on. */
function bytes(from: string, change: (bytes: Buffer) => Buffer): Change {
  return text((json) => {
    const body = Buffer.from(json);
    const at = body.indexOf(from);
    return at < 0 ? body : Buffer.concat([body.subarray(0, at), change(body.subarray(at))]);
  });
}

/** A JSON text in Latin-1: characters that it does not have are question marks, as in most databases. */
function inLatin1(json: string): string {
  return json.replace(/[^\0-\xff]/gu, '?');
}

function inLines(json: string): string {
  const parsed = JSON.parse(json) as { ipsec_site_connections: unknown[] };
  return parsed.ipsec_site_connections.map((element) => JSON.stringify(element)).join('\n');
}

function escapedTwice(json: string): string {
  return json.replaceAll('"id":', '"\\u0069d":null,"id":');
}

function twoLists(json: string): string {
  return json.replace('{"ipsec_site_connections":', '{"ipsec_site_connections":[],"ipsec_site_connections":');
}

function protoTwice(json: string): string {
  return json.replace('{"ipsec_site_connections":', '{"__proto__":{},"__proto__":{},"ipsec_site_connections":');
}
