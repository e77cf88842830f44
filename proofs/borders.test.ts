import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutText } from '../harness/json/texts.ts';
import { createRedactor } from '../harness/redaction/redaction.ts';
import { createExchanges } from '../harness/results/exchange.ts';
import { answered } from './answered.ts';
import { settings } from './observe-fault.ts';

// A cut may fall within a secret: no half of it is shown, however the target writes it.

const secret = 'Zq7/Wv"9#Kx%2Lm+Jt4é8Np';

const unit = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
const percent = (character: string) =>
  [...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

/** The ways in which a target writes a secret, each within a string of JSON. */
const written: Readonly<Record<string, (text: string) => string>> = {
  'as JSON': (text) => JSON.stringify(text).slice(1, -1),
  'with escaped slashes': (text) => JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/'),
  'with each character escaped': (text) => [...text].map(unit).join(''),
  'with every third character escaped': (text) =>
    [...text].map((each, index) => (index % 3 === 1 || each === '"' ? unit(each) : each)).join(''),
  'as JSON within JSON': (text) => JSON.stringify(JSON.stringify(text)).slice(1, -1),
  'as JSON within JSON, each character escaped': (text) =>
    `\\"${[...text].map(unit).join('').replaceAll('\\', '\\\\')}\\"`,
  'in a URL': encodeURIComponent,
  'in a URL, each character encoded': (text) => [...text].map(percent).join(''),
  'in base64': (text) => Buffer.from(text).toString('base64'),
  'in base64, after one byte': (text) => Buffer.from(`:${text}`).toString('base64'),
  'in base64, after two bytes': (text) => Buffer.from(`u:${text}`).toString('base64'),
};

/** Redacts with a secret that a body tells. */
function redactorOf(body = '{}') {
  const known = answered(body);
  return createRedactor(known.observations, [secret, ...settings.secrets]);
}

/** The longest beginning or part of a secret, as it is written, that a text shows. */
function longestShown(text: string, form: string): number {
  let longest = 0;
  for (let from = 0; from < form.length; from += 1) {
    while (from + longest < form.length && text.includes(form.slice(from, from + longest + 1))) longest += 1;
  }
  return longest;
}

/** Characters of plain secret that may be shown: fewer than tell anything; escapes make one character up to seven. */
const few = (form: string) => Math.ceil((3 * form.length) / secret.length) + 7;

const forms = Object.entries(written);
const redactor = redactorOf();

test.for(forms)('the beginning of a text that is cut shows no half of a secret that is written %s', ([, write]) => {
  const form = write(secret);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: form.length }), fc.constantFrom('.', ' ', '\\n'), (shown, filler) => {
      const before = `{"message": "${filler.repeat(20)}`;
      const text = `${before}${form} and more", "other": 1}`;
      const said = redactor.beginning(text, before.length + shown);
      expect(longestShown(said.slice(before.length - 1), form)).toBeLessThan(few(form));
    }),
    { numRuns: 300 },
  );
});

test.for(forms)('a value that is kept as its beginning shows no half of a secret that is written %s', ([, write]) => {
  const form = write(secret);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: form.length }), (shown) => {
      const cut = cutText(`${'.'.repeat(200 - shown)}${form}${'.'.repeat(5000)}`);
      for (const said of [redactor.plainly(cut), redactor.value(cut), redactor.text(cut)]) {
        expect(longestShown(String(said), form)).toBeLessThan(few(form));
        expect(said).toMatch(/… \(\d+ characters, sha256 [\da-f]{16}\)$/);
      }
    }),
  );
});

test.for(forms)('a body that is attached shows no half of a secret that is written %s', ([, write]) => {
  const form = write(secret);
  for (const [border, kind] of [
    [4 * 1024, 'conforming'],
    [16 * 1024, 'departing'],
  ] as const) {
    for (let shown = 0; shown <= form.length; shown += 1) {
      const before = '{"message": "';
      const body = `${before}${'.'.repeat(border - before.length - shown)}${form}${'.'.repeat(9000)}"}`;
      const { observation, observations, bodies } = answered(body, [
        'content-type',
        'application/json',
        'x-echo',
        form,
      ]);
      const { exchange } = createExchanges({ observations, redactor, bodies, basePath: '' })(observation, kind);
      const said = exchange.response?.body?.value ?? '';
      expect(longestShown(said.slice(-200), form)).toBeLessThan(few(form));
      expect(exchange.response?.body?.truncated).toBe(true);
    }
  }
});

test('a text that is shown whole keeps its end', () => {
  expect(redactor.beginning('an end', 6)).toBe('an end');
  const { observation, observations, bodies } = answered('{"message": "an end"}');
  const { exchange } = createExchanges({ observations, redactor, bodies, basePath: '' })(observation, 'conforming');
  expect(exchange.response?.body).toMatchObject({ value: '{\n  "message": "an end"\n}', truncated: false });
});
