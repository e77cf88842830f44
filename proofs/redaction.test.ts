import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allEncodings, encodingsOf } from '../harness/base/encodings.ts';
import { createRedactor } from '../harness/redaction/redaction.ts';
import { createExchanges } from '../harness/results/exchange.ts';
import { answered } from './answered.ts';
import { secret } from './arbitraries.ts';
import { settings } from './observe-fault.ts';

function observed(body: string, rawHeaders: readonly string[] = []) {
  const { observation, observations, bodies } = answered(body, rawHeaders);
  return { observation, observations, bodies, redactor: createRedactor(observations, settings.secrets) };
}

const list = (element: object) => JSON.stringify({ ipsec_site_connections: [element] });

test('types stay, and so do empty strings', () => {
  const { redactor } = observed('{}');
  const shown = redactor.value({
    psk: '',
    other: { psk: null },
    more: [{ psk: true }, { psk: 5 }, { psk: 'hunter22' }],
  });
  expect(shown).toMatchObject({ psk: '', other: { psk: null }, more: [{ psk: true }, {}, {}] });
  const [, number, text] = (shown as { more: { psk: unknown }[] }).more;
  expect([typeof number?.psk, number?.psk === 5]).toEqual(['number', false]);
  expect(text?.psk).toMatch(/^\[redacted [\da-f]{8}\]$/);
});

test('the same secret is the same digest wherever it is reflected, and another in another run', () => {
  const body = list({ psk: 'hunter22hunter22' });
  const { redactor } = observed(body);
  const digest = (redactor.value({ psk: 'hunter22hunter22' }) as { psk: string }).psk;
  expect(redactor.text('psk was hunter22hunter22!')).toBe(`psk was ${digest}!`);
  expect((observed(body).redactor.value({ psk: 'hunter22hunter22' }) as { psk: string }).psk).not.toBe(digest);
});

test('a short psk shreds nothing', () => {
  const { redactor } = observed(list({ psk: 'a', name: 'a gateway' }));
  expect(redactor.text('a gateway at a branch')).toBe('a gateway at a branch');
});

test('a psk that is a word is replaced as a word, not within others', () => {
  const { redactor } = observed(list({ psk: 'vpnet' }));
  expect(redactor.text('vpnets and "vpnet"')).toMatch(/^vpnets and "\[redacted [\da-f]{8}\]"$/);
});

test('a psk that is a documented value hides no value', () => {
  const { redactor } = observed(list({ psk: 'PENDING_CREATE' }));
  expect(redactor.value({ status: 'PENDING_CREATE' })).toEqual({ status: 'PENDING_CREATE' });
});

test('members that are named like a secret are redacted too', () => {
  const { redactor } = observed('{}');
  for (const name of ['secret', 'admin_password', 'pre_shared_key', 'private_key', 'auth_token', 'PSK']) {
    expect(JSON.stringify(redactor.value({ [name]: 'hunter22' }))).not.toContain('hunter22');
  }
});

test('a text that is no JSON as a whole is redacted behind sensitive names', () => {
  const { redactor } = observed('');
  for (const text of [
    '{"psk": "hunter22", ',
    '{"psk":"hunter22',
    '{"x": 1} {"psk" : "hunt\\"er22"}',
    '"psk": 22334455 NaN',
  ]) {
    expect(redactor.text(text)).not.toMatch(/er22|22334455/);
  }
});

test.for([
  ['{"psk": ["a", {"b": "c]", "n": 12}], "name": "a"}', /^\{"psk": \["M", \{"b": "M", "n": \d+\}\], "name": "a"\}$/],
  ['{"psk": {"psk": "a", "old": []}, "mtu": 12}', /^\{"psk": \{"psk": "M", "old": \[\]\}, "mtu": 12\}$/],
  ['{"psk": ["a", "b', /^\{"psk": \["M", "M"$/],
  ['{"psk": [null, true, ""]}', /^\{"psk": \[null, true, ""\]\}$/],
  ['{"p\\u0073k": "abc", "mtu": 12}', /^\{"p\\u0073k": "M", "mtu": 12\}$/],
  ['{"passphrase": "abc", "auth_token": "de"}', /^\{"passphrase": "M", "auth_token": "M"\}$/],
  ['{"name": "x, "psk": "abc"}', /^\{"name": "x, "psk": "M"\}$/],
] as const)('a text as it came is redacted by path too: %s', ([body, expected]) => {
  const shown = observed(body)
    .redactor.text(body)
    .replace(/\[redacted [\da-f]{8}\]/g, 'M');
  expect(shown).toMatch(expected);
  expect(shown).not.toContain('"n": 12}');
});

test('credential headers are redacted whole', () => {
  const { redactor } = observed('{}');
  for (const name of ['Set-Cookie', 'authorization', 'X-Subject-Token', 'Proxy-Authorization']) {
    expect(redactor.header(name, 'session=hunter22')).not.toContain('hunter22');
  }
  expect(redactor.header('Content-Type', 'application/json')).toBe('application/json');
});

/** Where a target says what is a secret, and then says it again where nothing tells that it is one. */
const told: Readonly<Record<string, readonly [body: string, ...rawHeaders: string[]]>> = {
  'a member of an element': [list({ psk: 'hunter22hunter22' })],
  'an item of a list': [list({ psk: ['hunter22hunter22'] })],
  'a member of an object': [list({ psk: { value: 'hunter22hunter22' } })],
  'JSON in a string': [list({ description: JSON.stringify({ psk: 'hunter22hunter22' }) })],
  'JSON in a page': ['<pre>{"psk": "hunter22hunter22"}</pre>'],
  'one of several JSON texts': ['{"id": 1}\n{"psk": "hunter22hunter22"}\n'],
  'JSON that is cut': ['{"psk": ["hunter22hunter22", "a'],
  'a cookie': ['{}', 'set-cookie', 'session=hunter22hunter22; HttpOnly'],
  'a scheme of authentication': ['{}', 'Authorization', 'Bearer hunter22hunter22'],
  'a token': ['{}', 'X-Subject-Token', 'hunter22hunter22'],
};

test.for(Object.entries(told))('a secret that %s tells is found everywhere', ([, [body, ...rawHeaders]]) => {
  const { redactor } = observed(body, rawHeaders);
  expect(redactor.text('it is hunter22hunter22')).toMatch(/^it is \[redacted [\da-f]{8}\]$/);
  expect(JSON.stringify(redactor.value({ name: ['hunter22hunter22'], hunter22hunter22: 1 }))).not.toContain('hunter');
  expect(redactor.plainly({ name: 'hunter22hunter22' })).toEqual({ name: '[redacted]' });
  expect(redactor.header('X-Echo', 'hunter22hunter22')).not.toContain('hunter');
});

test('a number that is a secret is found everywhere', () => {
  const { redactor } = observed(list({ psk: 31337001337 }));
  expect(redactor.value({ mtu: 31337001337, other: 1500 })).toEqual({ mtu: expect.any(Number), other: 1500 });
  expect(redactor.value(31337001337)).not.toBe(31337001337);
  expect(redactor.plainly({ mtu: 31337001337 })).toEqual({ mtu: 0 });
});

test('what a sensitive member holds keeps its shape, and no name or value of it', () => {
  const { redactor } = observed(list({ psk: 'hunter22hunter22' }));
  const held = { psk: ['7q', { hunter22hunter22: ['7q', null, true] }] };
  const mark = '[redacted]';
  expect(redactor.plainly(held)).toEqual({ psk: [mark, { [mark]: [mark, null, true] }] });
});

/** The ways in which a target reflects a secret. */
const reflections: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'in JSON': (text) => JSON.stringify(text),
  'in JSON within JSON': (text) => JSON.stringify(JSON.stringify(text)),
  'in a URL': encodeURIComponent,
  'in a form': (text) => new URLSearchParams([['psk', text]]).toString(),
  'in HTML': (text) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  'in base64': (text) => Buffer.from(text).toString('base64'),
  'in base64, after one byte': (text) => Buffer.from(`:${text}`).toString('base64'),
  'in base64, after two bytes': (text) => Buffer.from(`u:${text}`).toString('base64'),
};

test.for(Object.entries(reflections))('no generated secret gets through when it is reflected %s', ([, reflect]) => {
  fc.assert(
    fc.property(secret, (psk) => {
      const reflected = reflect(psk);
      const element = { id: 'a', psk, description: `it is ${reflected}.`, mtu: reflected };
      const { observation, observations, bodies, redactor } = observed(list(element), [
        'X-Echo',
        reflected,
        'Set-Cookie',
        reflected,
      ]);
      const shown = JSON.stringify([
        redactor.text(reflected),
        redactor.value(element),
        createExchanges({ observations, redactor, bodies, basePath: '' })(observation, 'departing'),
      ]);
      // What is left of base64 at its ends is no more than two characters of the secret.
      const core = reflect(psk).includes(psk) ? psk : reflected.slice(4, -4);
      expect(shown.includes(JSON.stringify(core).slice(1, -1))).toBe(false);
    }),
    { numRuns: 200 },
  );
});

test.for([
  ['PHP writes JSON', String.raw`a\/b\"\u00e9<'=c`],
  ['Go writes JSON', String.raw`a/b\"é\u003c'=c`],
  ['a template escapes HTML', 'a/b&#34;é&lt;&#39;=c'],
  ['Handlebars escapes HTML', 'a&#x2F;b&quot;é&lt;&#39;&#x3D;c'],
  ['Python writes a string', String.raw`a/b"é<\'=c`],
  ['Python writes bytes', String.raw`a/b"\xc3\xa9<\'=c`],
  ['SQL writes a string', `a/b"é<''=c`],
] as const)('a secret is found as %s', ([, form]) => {
  expect(encodingsOf(`a/b"é<'=c`)).toContain(form);
});

test('a secret of letters and digits has no other encodings than those that are made for it', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9]{1,30}$/), (plain) => {
      expect(encodingsOf(plain)).toEqual(allEncodings(plain));
    }),
  );
});

test('a secret of which each character is escaped is hidden in a text too', () => {
  const { redactor } = observed(list({ psk: 'hunter22hunter22' }));
  const escaped = [...'hunter22hunter22'].map((each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
  expect(redactor.text(`{"message": "it is ${escaped.join('')}", "other": "\\u00e9"}`)).toMatch(
    /^\{"message": "it is \[redacted [\da-f]{8}\]", "other": "\\u00e9"\}$/,
  );
});
