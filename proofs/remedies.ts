import { matchesId } from '../harness/base/matches-id.ts';

/** Remedies by the pattern of ids, each a sentence that tells an implementer what to do: the first that fits holds. */
export const remedies: readonly (readonly [pattern: string, remedy: string])[] = [
  [
    'envelope.status',
    'Answer a GET of the list with 200, also where `fields` names only some members, or the list is empty.',
  ],
  [
    'envelope.complete',
    'Count Content-Length in bytes after encoding and compressing, or send chunks; look for a proxy that closes early.',
  ],
  [
    'envelope.content-coding',
    'Compress only where Accept-Encoding allows it, and say so in Content-Encoding, once; a gateway must not compress again.',
  ],
  ['envelope.content-type', 'Send `Content-Type: application/json`, one field alone, in errors too.'],
  ['envelope.utf8', 'Write JSON as UTF-8 without a byte order mark, whatever the locale or the database is set to.'],
  [
    'envelope.json',
    'Let a JSON library write the whole body; nothing before it, nothing behind it, no NaN and no comments.',
  ],
  ['envelope.duplicate-members', 'Build an object as a map before it is written, so that a name cannot come twice.'],
  [
    'envelope.surrogates',
    'Refuse or repair half surrogates where texts come in; do not cut texts between two code units.',
  ],
  [
    'envelope.wrapper',
    'Return `{"ipsec_site_connections": [ … ]}`: always an object, always an array, `[]` where there are no connections.',
  ],
  ['envelope.elements', 'Return each connection as an object in the array itself, without wrappers or null.'],
  [
    'parameters.presence.*',
    'Return the member in each element where `fields` is not given; where there is no value, the empty one of its type.',
  ],
  [
    'parameters.type.*',
    'Write the value in the type of the table: numbers and booleans without quotes, and an empty text or array in place of null.',
  ],
  ['enums.status', 'Return one of the documented words, letter by letter; translate the states of the device to them.'],
  ['enums.dpd.action', 'Return one of the documented words, letter by letter, in lower case.'],
  ['enums.*', 'Return one of the documented words; an attribute that was never set has its default.'],
  ['forms.peer_cidrs.distinct', 'Remove repeated networks when a connection is created or changed.'],
  ['forms.peer_cidrs.one-family', 'Refuse networks of both IP families when a connection is created.'],
  [
    'forms.peer_cidrs*',
    'Return each network as `address/prefix`, with a valid address and a prefix length that its family has.',
  ],
  ['forms.mtu*', 'Refuse a smaller MTU at creation: 68 is the least for IPv4 (RFC 791), 1280 for IPv6 (RFC 8200).'],
  [
    'forms.*_ep_group_id.non-empty',
    'Return the id of the endpoint group where the connection was created with groups.',
  ],
  ['forms.*.uuid', 'Make ids UUIDs, as OpenStack does; clients may parse them.'],
  [
    'forms.*_id*',
    'Return the id of the resource as its own API gives it; where there is none, an empty text, no blanks.',
  ],
  [
    'forms.id*',
    'Give each connection an id that is not empty, without blanks and control characters: it becomes a part of a path.',
  ],
  ['forms.peer_address', 'Return the address or host name that was given, without a port, a mask or blanks.'],
  ['forms.psk', 'Refuse keys at creation that are shorter or longer than the page says, or have other characters.'],
  ['forms.created_at', 'Write the time in the form that the page shows, with all its digits.'],
  ['forms.*.length', 'Refuse longer texts at creation, or cut what a migration left.'],
  [
    'forms.dpd.timeout*',
    'Refuse a DPD timeout that is not above its interval: a peer would be taken for dead before it is asked.',
  ],
  ['forms.dpd.*', 'Refuse negative seconds at creation; return what is in force where DPD is off.'],
  ['defaults.*', 'Fill in the documented default when a connection is created without the value, and store it.'],
  [
    'known.listed',
    'List each connection of the project, once, from its creation to its deletion, whatever its status is.',
  ],
  ['known.given.*', 'Return what was given at creation: no other unit, letter case or type.'],
  [
    'projection.single.*',
    'Return exactly the members that `fields` names, in each element, with the values of the full list.',
  ],
  ['projection.with-id.*', 'Read each `fields` parameter of a query, not the first or the last alone.'],
  ['projection.combinations', 'Read each `fields` parameter of a query, however many there are.'],
  ['projection.all', 'Read each `fields` parameter of a query, however many there are.'],
  ['projection.order', 'Take the names of `fields` as a set.'],
  ['projection.repeated', 'Take the names of `fields` as a set.'],
  ['projection.percent-encoded', 'Decode the query before names are compared; a gateway must not decode it twice.'],
  [
    'projection.executed.*',
    'Compare names of `fields` with a fixed list; never put them into a query, a path, a template or an attribute look-up.',
  ],
  [
    'projection.undefined.*',
    'Ignore a name that is not defined, return the member, or refuse it with a 4xx and a JSON error.',
  ],
  [
    'projection.beside.*',
    'Let a name that is not defined take nothing away from the others, or refuse the request with a 4xx.',
  ],
  ['consistency.unique-id', 'List each connection once; look for a join that multiplies rows, or pages that overlap.'],
  ['consistency.same-project', 'Fill tenant_id and project_id from the same column.'],
  [
    'consistency.size',
    'Read the list from one consistent store: replicas, caches and pages must not lose or add connections.',
  ],
  ['consistency.ids', 'Store the id at creation; do not make it at each read.'],
  [
    'consistency.members',
    'Read values from one consistent store; do not compute them from the clock or from chance at each read.',
  ],
  [
    'consistency.repeatable',
    'Look for what is kept between requests: caches without the query in their key, cursors, replicas that lag.',
  ],
  [
    'consistency.parallel',
    'Keep nothing of a request in variables that others share; look for caches that are filled halfway.',
  ],
  [
    'authentication.isolation',
    'Filter by the project of the token, in caches too: the key of a cache holds the project.',
  ],
  ['authentication.no-data', 'Refuse before the list is read.'],
  ['authentication.challenge', 'Send `WWW-Authenticate: Keystone uri="…"` with each 401 (RFC 9110, section 11.6.1).'],
  [
    'authentication.*',
    'Validate the whole token, byte by byte, at each request; refuse with 401 what is missing or is none.',
  ],
  [
    'errors.unknown-path*',
    'Answer paths that are not defined with 404 and a JSON error, also those that begin like a defined one.',
  ],
  ['errors.json-body', 'Write errors as JSON, also those of gateways and of the framework.'],
  ['errors.head', 'Answer HEAD like GET without the body, or with 405 and an Allow field.'],
  ['errors.internals', 'Catch exceptions at the edge: log them, and answer with a sentence and the id of the request.'],
  ['errors.secrets', 'Leave tokens, psk and whole connections out of errors and headers.'],
  ['errors.markup', 'Answer in JSON, never in text/html, and escape what a request brought.'],
  ['errors.header-injection', 'Never put input into a header; refuse CR and LF.'],
  [
    'robustness.recovery',
    'Isolate requests: one that fails must not take a worker, a connection pool or a cache with it.',
  ],
  [
    'robustness.accept.*',
    'Serve JSON whatever Accept names, or refuse with 406 what cannot be served; uncompressed where that is asked for.',
  ],
  [
    'robustness.*',
    'Validate the query before it is used: ignore what is unknown, answer with 400 what cannot be read, never with a 5xx.',
  ],
  ['advice.cache-control*', 'Send `Cache-Control: no-store`, or `private, no-cache`: the list holds keys.'],
  ['advice.request-id', 'Send `X-Openstack-Request-Id` with each answer, and write it to the log.'],
  ['advice.etag', 'Make the ETag of the body that was sent, and answer If-None-Match with 304; or send no ETag.'],
  ['advice.plain-http', 'Offer https alone, or redirect to it before anything is answered.'],
];

/** The remedy of a requirement; undefined where its own words say all. */
export function remedyOf(id: string): string | undefined {
  return remedies.find(([pattern]) => matchesId(pattern, id))?.[1];
}
