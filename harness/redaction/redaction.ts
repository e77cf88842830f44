import { createHmac, randomBytes } from 'node:crypto';
import type { Contract } from '../contract/contract.ts';
import { isNamedSecret, isSensitiveName } from '../contract/sensitive-names.ts';
import { headerValues } from '../http/answer.ts';
import { sensitiveValues, tokensOf, unescaped } from '../json/text-secrets.ts';
import { takeCutText } from '../json/texts.ts';
import type { Observations } from '../judging/observations.ts';
import { beyondDouble, isBeyondDouble } from '../judging/verdict.ts';
import { replaceEncoded, replaceEscaped } from './encoded-texts.ts';
import { createSecretIndex, type SecretIndex, shortest } from './secret-index.ts';

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
  /**
   * The beginning of a text, cut first and redacted then, so that showing costs what is shown; no half of a secret is
   * left at the end.
   * @param isWhole false: the text itself is the beginning of a longer one
   */
  beginning(text: string, characters: number, isWhole?: boolean): string;
  /** The value of a header. */
  header(name: string, value: string): string;
};

/** Characters of a header's value that are shown. */
const longestHeader = 4 * 1024;

/** Header fields whose whole value is a secret. */
const secretHeaders = /^(x-auth-token|x-subject-token|x-storage-token|(proxy-)?authorization|(set-)?cookie)$/i;

/**
 * Makes the redactor of a run.
 * @param observations where the secrets of the target are found: sensitive members of any body, credential headers
 * @param given secrets of the configuration
 */
export function createRedactor(observations: Observations, given: readonly string[]): Redactor {
  const key = randomBytes(32);
  const publicWords = publicWordsOf(observations.contract);
  const found = [...observations.secrets, ...headerSecrets(observations)].filter((secret) => !publicWords.has(secret));
  const secrets = new Set([...given, ...found].filter((secret) => secret.length >= shortest));
  const index = createSecretIndex(secrets);
  const digest = (secret: string) => createHmac('sha256', key).update(secret).digest('hex').slice(0, 8);
  const digests = masking(index, secrets, {
    text: (secret) => `[redacted ${digest(secret)}]`,
    number: (secret) => Number.parseInt(digest(String(secret)), 16),
  });
  const marks = masking(index, secrets, { text: () => '[redacted]', number: () => 0 });
  return {
    value: (found, path = []) => digests.value(found, path),
    plainly: (found, path = []) => marks.value(found, path),
    text: (text) => digests.text(text, false),
    beginning: (text, characters, isWhole = true) =>
      digests.text(text.slice(0, characters), text.length > characters || !isWhole),
    header: (name, value) => {
      if (!secretHeaders.test(name)) {
        return digests.text(value.slice(0, longestHeader), value.length > longestHeader);
      }
      // Where the value holds one of our own credentials, its digest is shown too: that it came back is a finding.
      const reflected = given.filter((secret) => secret !== value && value.includes(secret));
      return [digests.mask(value), ...reflected.map(digests.mask)].join(' ');
    },
  };
}

/** JSON texts within strings of JSON texts are looked through so deep; a target can nest them without end. */
const deepestText = 4;

/** The marks that replace secrets. */
type Marks = { text(secret: string): string; number(secret: number): number };

type Masking = {
  mask(secret: string): string;
  text(found: string, isCut: boolean): string;
  value(found: unknown, path: readonly string[]): unknown;
};

function masking(index: SecretIndex, secrets: ReadonlySet<string>, marks: Marks): Masking {
  // A lone surrogate in a secret is still shown as one, for it is a finding.
  const mask = (secret: string) =>
    secret === '' ? '' : `${marks.text(index.secretOf(secret))}${secret.isWellFormed() ? '' : '\ud800'}`;
  // An unparseable body is text too: what stands behind a sensitive name goes, known or not.
  const text = (found: string, isCut: boolean, depth = 0): string => {
    const plainly = (plain: string, ends: boolean) => index.replace(plain, mask, ends);
    // A value that is kept as its beginning may end within a secret.
    const cut = isCut ? undefined : takeCutText(found);
    if (cut) return text(cut.beginning, true) + cut.mark;
    // Unescaped secrets are replaced first: one may itself look like a string or an encoding.
    const known = plainly(replaceMembers(found, mask, marks.number), isCut);
    const within = (plain: string, ends: boolean) => text(plain, ends, depth + 1);
    const escaped = replaceEscaped(known, depth < deepestText ? within : plainly);
    return replaceEncoded(escaped, isCut, plainly);
  };
  const hide = (found: unknown): unknown => {
    if (typeof found === 'string') return mask(found);
    if (typeof found === 'number') return marks.number(found);
    if (Array.isArray(found)) return found.map(hide);
    if (typeof found === 'object' && found !== null) {
      return Object.fromEntries(Object.entries(found).map(([name, value]) => [text(name, false), hide(value)]));
    }
    return found;
  };
  const show = (found: unknown, path: readonly string[]): unknown => {
    if (path.some(isSensitiveName)) return hide(found);
    if (typeof found === 'string') return text(found, false);
    if (isBeyondDouble(found)) return beyondDouble;
    if (typeof found === 'number') return secrets.has(String(found)) ? hide(found) : found;
    if (Array.isArray(found)) return found.map((item) => show(item, path));
    if (typeof found === 'object' && found !== null) {
      return Object.fromEntries(
        Object.entries(found).map(([name, value]) => [
          text(name, false),
          isNamedSecret(name, found as Record<string, unknown>) ? hide(value) : show(value, [...path, name]),
        ]),
      );
    }
    return found;
  };
  return { mask, text, value: show };
}

/** Replaces the values of sensitive members in a text that need not be JSON as a whole, by their path alone. */
function replaceMembers(text: string, mask: (secret: string) => string, maskNumber: (found: number) => number): string {
  const masked = (kind: 'string' | 'number', from: number, to: number) =>
    kind === 'string'
      ? JSON.stringify(mask(unescaped(text, from, to)))
      : String(maskNumber(Number(text.slice(from, to))));
  let replaced = '';
  let kept = 0;
  const replace = (kind: 'string' | 'number', from: number, to: number) => {
    replaced += text.slice(kept, from) + masked(kind, from, to);
    kept = to;
  };
  for (const { kind, from, to } of sensitiveValues(text)) {
    if (kind !== 'container') {
      replace(kind, from, to);
      continue;
    }
    for (const token of tokensOf(text, from, to)) {
      if (token.kind === 'string' || token.kind === 'number') replace(token.kind, token.from, token.to);
    }
  }
  return replaced + text.slice(kept);
}

/** Words of the contract itself are no secrets, even where a psk is one of them. */
function publicWordsOf({ parameters }: Contract): ReadonlySet<string> {
  return new Set(
    parameters.flatMap(({ schema, name }) => [
      name,
      ...(schema.enum ?? []).map(String),
      ...(schema.allOf ?? []).flatMap((node) => (node.enum ?? []).map(String)),
    ]),
  );
}

/** The secrets of credential headers: their whole values, and what stands behind a scheme or a cookie's name. */
function headerSecrets({ all }: Observations): readonly string[] {
  return all.flatMap((observation) => {
    if (observation.kind === 'failure') return [];
    const { rawHeaders } = observation;
    const names = rawHeaders.filter((name, index) => index % 2 === 0 && secretHeaders.test(name));
    return names.flatMap((name) => headerValues(rawHeaders, name)).flatMap(partsOf);
  });
}

function partsOf(value: string): readonly string[] {
  const [first = ''] = value.split(';');
  return [value, first, first.replace(/^[^=\s]+[=\s]\s*/, '')];
}
