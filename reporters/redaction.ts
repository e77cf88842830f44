import { createHmac, randomBytes } from 'node:crypto';
import { parse as parseTolerantly } from 'jsonc-parser';
import { parameters } from '../harness/contract.ts';
import { encodingsOf } from '../harness/encodings.ts';
import { headerValues } from '../harness/observation.ts';
import type { Observations } from '../harness/observations.ts';
import { beyondDouble, isBeyondDouble } from '../harness/verdict.ts';

/**
 * Stands where anything leaves the process. By path first: a member that the schema calls sensitive, or that is named
 * like a secret. By value in every other text: wherever a known secret is reflected, in any usual encoding. The same
 * secret becomes the same digest everywhere, under a key that is random for each run.
 */
export type Redactor = {
  /**
   * A JSON value without its secrets; types stay: null stays null, a number a number, an empty string empty.
   * @param path the names that lead to the value
   */
  value(found: unknown, path?: readonly string[]): unknown;
  /** The same with one mark for every secret, the same in every run: what a waiver can be held to. */
  plainly(found: unknown, path?: readonly string[]): unknown;
  /** A text of the target's without the known secrets. */
  text(text: string): string;
  /** The value of a header. */
  header(name: string, value: string): string;
};

/** Header fields whose whole value is a secret. */
const secretHeaders = /^(x-auth-token|x-subject-token|x-storage-token|(proxy-)?authorization|(set-)?cookie)$/i;

/** Members that the page does not know and that are named like a secret: drift may hold one. */
const secretNames = /psk|pre_?shared|secret|passw(or)?d|pass_?phrase|private_?key|(^|_)token$|credential/i;

const sensitiveNames: ReadonlySet<string> = new Set(
  parameters.filter(({ schema }) => schema.sensitive).map(({ path }) => path.at(-1) as string),
);

/** Words of the contract itself are no secrets, even where a psk is one of them. */
const publicWords: ReadonlySet<string> = new Set(
  parameters.flatMap(({ schema, name }) => [
    name,
    ...(schema.enum ?? []).map(String),
    ...(schema.allOf ?? []).flatMap((node) => (node.enum ?? []).map(String)),
  ]),
);

/** A shorter secret is replaced by its path only: by value it would shred a report. */
const shortest = 4;
/** A secret of this length is replaced within words too. */
const longEnoughWithin = 8;

/** Whether a member's name says that its value is a secret. */
export function isSensitiveName(name: string): boolean {
  return sensitiveNames.has(name) || secretNames.test(name);
}

/**
 * Makes the redactor of a run.
 * @param observations where the secrets of the target are found: sensitive members of any body, credential headers
 * @param given secrets of the configuration
 */
export function createRedactor(observations: Observations, given: readonly string[]): Redactor {
  const key = randomBytes(32);
  const secrets = new Set([...given, ...collectSecrets(observations)].filter((secret) => secret.length >= shortest));
  const index = new SecretIndex(secrets);
  const digest = (secret: string) => createHmac('sha256', key).update(secret).digest('hex').slice(0, 8);
  const digests = masking(index, secrets, {
    text: (secret) => `[redacted ${digest(secret)}]`,
    number: (secret) => Number.parseInt(digest(String(secret)), 16),
  });
  const marks = masking(index, secrets, { text: () => '[redacted]', number: () => 0 });
  return {
    value: (found, path = []) => digests.value(found, path),
    plainly: (found, path = []) => marks.value(found, path),
    text: digests.text,
    header: (name, value) => {
      if (!secretHeaders.test(name)) return digests.text(value);
      // A credential of ours within another one is told apart: that it is reflected is a finding.
      const reflected = given.filter((secret) => secret !== value && value.includes(secret));
      return [digests.mask(value), ...reflected.map(digests.mask)].join(' ');
    },
  };
}

/** What stands in place of a secret. */
type Marks = { text(secret: string): string; number(secret: number): number };

type Masking = {
  mask(secret: string): string;
  text(found: string): string;
  value(found: unknown, path: readonly string[]): unknown;
};

function masking(index: SecretIndex, secrets: ReadonlySet<string>, marks: Marks): Masking {
  // Half a character stays half a character: that it is one is a finding.
  const mask = (secret: string) =>
    secret === '' ? '' : `${marks.text(index.secretOf(secret))}${secret.isWellFormed() ? '' : '\ud800'}`;
  const texts = new Map<string, string>();
  const text = (found: string): string => {
    const known = texts.get(found);
    if (known !== undefined) return known;
    // An unparseable body is text too: what stands behind a sensitive name goes, known or not.
    const masked = replaceEscaped(replaceMembers(found, mask, marks.number), (plain) => index.replace(plain, mask));
    const redacted = index.replace(masked, mask);
    // Equal bodies, which a run gets many of, are redacted once.
    if (found.length > longTextLength) texts.set(found, redacted);
    return redacted;
  };
  const hide = (found: unknown): unknown => {
    if (typeof found === 'string') return mask(found);
    if (typeof found === 'number') return marks.number(found);
    if (Array.isArray(found)) return found.map(hide);
    if (typeof found === 'object' && found !== null) {
      return Object.fromEntries(Object.entries(found).map(([name, value]) => [text(name), hide(value)]));
    }
    return found;
  };
  const show = (found: unknown, path: readonly string[]): unknown => {
    if (path.some(isSensitiveName)) return hide(found);
    if (typeof found === 'string') return text(found);
    if (isBeyondDouble(found)) return beyondDouble;
    if (typeof found === 'number') return secrets.has(String(found)) ? hide(found) : found;
    if (Array.isArray(found)) return found.map((item) => show(item, path));
    if (typeof found === 'object' && found !== null) {
      return Object.fromEntries(
        Object.entries(found).map(([name, value]) => [text(name), show(value, [...path, name])]),
      );
    }
    return found;
  };
  return { mask, text, value: show };
}

/** Replaces the values of sensitive members in a text that need not be JSON as a whole, by their path alone. */
function replaceMembers(text: string, mask: (secret: string) => string, maskNumber: (found: number) => number): string {
  const string = (escaped: string) => `"${mask(unescapeJson(escaped))}"`;
  const number = (written: string) => String(maskNumber(Number(written)));
  let replaced = '';
  let kept = 0;
  for (const { at, length, secret, digits } of sensitiveMembers(text)) {
    // It stands within another sensitive member, and went with it.
    if (at < kept) continue;
    replaced += text.slice(kept, at);
    kept = at + length;
    if (secret !== undefined) replaced += string(secret);
    else if (digits !== undefined) replaced += number(digits);
    else {
      kept = endOf(text, at);
      replaced += text
        .slice(at, kept)
        .replace(token, (all, name: string | undefined, item: string | undefined, figure: string | undefined) => {
          if (item !== undefined) return string(item);
          return figure === undefined || name !== undefined ? all : number(figure);
        });
    }
  }
  return replaced + text.slice(kept);
}

/**
 * Redacts the strings of a JSON text that are escaped in a way of their own: any character may be, for which there are
 * too many forms to look for.
 */
function replaceEscaped(text: string, redact: (plain: string) => string): string {
  if (!text.includes('\\u')) return text;
  return text.replace(/"((?:[^"\\]|\\.)*)"/g, (whole, escaped: string) => {
    const plain = escaped.includes('\\u') ? unescapeJson(escaped) : '';
    const redacted = redact(plain);
    return redacted === plain ? whole : JSON.stringify(redacted);
  });
}

/** Where an array or object that begins at a place ends; the end of the text where it does not. */
function endOf(text: string, begin: number): number {
  let depth = 0;
  for (const match of text.slice(begin).matchAll(token)) {
    const [found] = match;
    if (found === '[' || found === '{') depth += 1;
    if (found === ']' || found === '}') depth -= 1;
    if (depth === 0) return begin + match.index + 1;
  }
  return text.length;
}

/** The tokens of a JSON text that say where values are: a name, a string, a number, a bracket. */
const token = /("(?:[^"\\]|\\.)*"\s*:)|"((?:[^"\\]|\\.)*)"?|(-?\d[\d.]*)|[[\]{}]/g;

/** A sensitive member's value: where it stands, and its string, still escaped, or number; neither where it is a container. */
type SensitiveValue = { at: number; length: number; secret: string | undefined; digits: string | undefined };

/** What may be a member's name, and what stands behind it. */
const memberName = /"((?:[^"\\]|\\.)*)"\s*:\s*/g;
const memberValue = /"((?:[^"\\]|\\.)*)"?|(-?\d[\d.]*)|(?=[[{])/y;

/** The values of sensitive members in a text that need not be JSON as a whole: any quote may begin a name. */
function* sensitiveMembers(text: string): Generator<SensitiveValue> {
  for (let from = 0; ; ) {
    memberName.lastIndex = from;
    const name = memberName.exec(text);
    if (!name) return;
    from = name.index + 1;
    if (!isSensitiveName(unescapeJson(name[1] as string))) continue;
    const at = name.index + name[0].length;
    memberValue.lastIndex = at;
    const found = memberValue.exec(text);
    if (!found) continue;
    const [whole, secret, digits] = found;
    yield { at, length: whole.length, secret, digits };
    from = at + whole.length;
  }
}

/** A shorter text is redacted as fast as it is looked up. */
const longTextLength = 200;

function unescapeJson(escaped: string): string {
  try {
    return JSON.parse(`"${escaped}"`) as string;
  } catch {
    return escaped;
  }
}

function collectSecrets(observations: Observations): Set<string> {
  const found = new Set<string>();
  const add = (secret: string) => {
    if (!publicWords.has(secret)) found.add(secret);
  };
  for (const observation of observations.all) {
    if (observation.kind === 'failure') continue;
    for (const [index, name] of observation.rawHeaders.entries()) {
      if (index % 2 === 0 && secretHeaders.test(name)) {
        for (const value of headerValues(observation.rawHeaders, name)) headerSecrets(value).forEach(add);
      }
    }
    const { json, text = '' } = observations.read(observation);
    for (const { secret = '', digits } of sensitiveMembers(text)) add(digits ?? unescapeJson(secret));
    visitSecrets(json?.ok ? json.value : whatIsJsonOf(text), add);
  }
  return found;
}

/** What can be made of a text that is no JSON as a whole: its members may hold secrets all the same. */
function whatIsJsonOf(text: string): unknown {
  try {
    return parseTolerantly(text) as unknown;
  } catch {
    // Nested deeper than the parser's stack.
    return undefined;
  }
}

/** The secrets of a credential header: its whole value, and what stands behind a scheme or a cookie's name. */
function headerSecrets(value: string): string[] {
  const [first = ''] = value.split(';');
  return [value, first, first.replace(/^[^=\s]+[=\s]\s*/, '')];
}

function visitSecrets(root: unknown, add: (secret: string) => void): void {
  // Iterative: a hostile body may be nested deeper than the stack.
  const pending: { found: unknown; sensitive: boolean }[] = [{ found: root, sensitive: false }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { found, sensitive } = next;
    if (sensitive && (typeof found === 'string' || typeof found === 'number')) add(String(found));
    else if (typeof found === 'string') pending.push(...encoded(found));
    else if (Array.isArray(found)) for (const item of found) pending.push({ found: item, sensitive });
    else if (typeof found === 'object' && found !== null) {
      for (const [name, value] of Object.entries(found)) {
        pending.push({ found: value, sensitive: sensitive || isSensitiveName(name) });
      }
    }
  }
}

/** JSON in a string: a body that was encoded twice. */
function encoded(text: string): { found: unknown; sensitive: boolean }[] {
  if (!/^\s*[[{]/.test(text)) return [];
  try {
    return [{ found: JSON.parse(text) as unknown, sensitive: false }];
  } catch {
    return [];
  }
}

/** Finds secrets in a text in one pass, whatever their number: by their first characters. */
class SecretIndex {
  private readonly byPrefix = new Map<string, { form: string; secret: string; within: boolean }[]>();

  constructor(secrets: Iterable<string>) {
    for (const secret of secrets) {
      for (const form of encodingsOf(secret)) {
        if (form.length < shortest) continue;
        const prefix = form.slice(0, shortest);
        const forms = this.byPrefix.get(prefix) ?? [];
        forms.push({ form, secret, within: form.length >= longEnoughWithin });
        this.byPrefix.set(prefix, forms);
      }
    }
    // The longest form first, so that a secret that begins with another one goes whole.
    for (const forms of this.byPrefix.values()) forms.sort((a, b) => b.form.length - a.form.length);
  }

  /** The secret that a text is an encoding of; the text itself where it is none. */
  secretOf(text: string): string {
    return this.byPrefix.get(text.slice(0, shortest))?.find(({ form }) => form === text)?.secret ?? text;
  }

  replace(text: string, mask: (secret: string) => string): string {
    if (this.byPrefix.size === 0 || text.length < shortest) return text;
    let replaced = '';
    let kept = 0;
    for (let at = 0; at + shortest <= text.length; at += 1) {
      const hit = this.byPrefix
        .get(text.slice(at, at + shortest))
        ?.find(({ form, within }) => text.startsWith(form, at) && (within || isWord(text, at, form.length)));
      if (!hit) continue;
      replaced += text.slice(kept, at) + mask(hit.secret);
      at += hit.form.length - 1;
      kept = at + 1;
    }
    return replaced + text.slice(kept);
  }
}

function isWord(text: string, at: number, length: number): boolean {
  const boundary = (character: string | undefined) => character === undefined || !/[\p{L}\p{N}]/u.test(character);
  return boundary(text[at - 1]) && boundary(text[at + length]);
}
