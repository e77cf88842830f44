/**
 * The usual forms in which a target may reflect a secret: as it is, in JSON, in a URL, in HTML, in base64 at each of
 * the three offsets that surrounding text can give it.
 * @returns each form once
 */
export function encodingsOf(secret: string): ReadonlySet<string> {
  // Letters and digits are escaped nowhere, and most secrets have nothing else.
  if (/^[A-Za-z\d]*$/.test(secret)) return new Set([secret, ...hexadecimals(secret), ...base64Encodings(secret)]);
  return allEncodings(secret);
}

/** The same, whatever the secret is made of. */
export function allEncodings(secret: string): ReadonlySet<string> {
  const json = JSON.stringify(secret).slice(1, -1);
  return new Set([
    secret,
    json,
    json.replaceAll('/', '\\/'),
    json.replace(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`),
    json.replace(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`),
    // A JSON text within a JSON string.
    JSON.stringify(json).slice(1, -1),
    ...jsonDialects(json),
    ...literals(secret),
    ...percentEncodings(secret),
    ...htmlEncodings(secret),
    ...base64Encodings(secret),
    // UTF-8 read as Latin-1: what a wrong charset makes of it.
    Buffer.from(secret).toString('latin1'),
  ]);
}

/**
 * The forms that PHP (slashes and all beyond ASCII escaped) and Go (characters that HTML reads escaped) give a JSON
 * text.
 */
function jsonDialects(json: string): string[] {
  const unit = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const ascii = json.replace(/[^ -~]/g, unit);
  const html = json.replace(/[<>&\u2028\u2029]/g, unit);
  return [ascii.replaceAll('/', '\\/'), html, html.replace(/[^ -~]/g, unit), html.replaceAll('/', '\\/')];
}

/** A secret as a string literal of Python, SQL and other languages, and as a dump in hexadecimal. */
function literals(secret: string): string[] {
  const python = secret.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  const bytes = [...Buffer.from(python)].map((byte) =>
    byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`,
  );
  return [python, bytes.join(''), secret.replaceAll("'", "''"), ...hexadecimals(secret)];
}

function hexadecimals(secret: string): string[] {
  const hexadecimal = Buffer.from(secret).toString('hex');
  return [hexadecimal, hexadecimal.toUpperCase()];
}

function percentEncodings(secret: string): string[] {
  const wellFormed = secret.toWellFormed();
  const component = encodeURIComponent(wellFormed);
  const strict = component.replace(/[!'()*~]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
  const form = new URLSearchParams([['', wellFormed]]).toString().slice(1);
  const lower = (text: string) => text.replace(/%[\dA-F]{2}/g, (encoded) => encoded.toLowerCase());
  return [component, strict, form, encodeURI(wellFormed)].flatMap((text) => [text, lower(text)]);
}

function htmlEncodings(secret: string): string[] {
  const basic = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const quoted = basic.replaceAll('"', '&quot;');
  const numeric = (marks: RegExp, write: (code: number) => string) =>
    secret.replace(marks, (mark) => `&#${write(mark.charCodeAt(0))};`);
  const named = quoted.replaceAll("'", '&#39;');
  return [
    basic,
    quoted,
    named,
    quoted.replaceAll("'", '&#x27;'),
    basic.replaceAll('"', '&#34;').replaceAll("'", '&#39;'),
    named.replaceAll('/', '&#x2F;').replaceAll('=', '&#x3D;').replaceAll('`', '&#x60;'),
    numeric(/[&<>"'/=`]/g, String),
    numeric(/[&<>"'/=`]/g, (code) => `x${code.toString(16).toUpperCase()}`),
    numeric(/[^ -~]|[&<>"']/g, String),
  ];
}

function base64Encodings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const forms = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // Characters that mix the secret's bits with a neighbour's are not its own.
    const begin = Math.ceil((offset * 8) / 6);
    const end = Math.floor(((offset + bytes.length) * 8) / 6);
    return text.slice(begin, end);
  });
  return forms.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
}
