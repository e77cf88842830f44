import { isObject } from '../base/is-object.ts';
import { pointer } from '../base/pointer.ts';
import { isNamedSecret, isSensitiveName } from '../contract/sensitive-names.ts';
import type { BlemishCount } from './blemishes.ts';
import { outlineOf } from './outline.ts';
import { secretsIn } from './text-secrets.ts';

/** A walk over parsed values that visits each once. */
export type ValueWalk = {
  /**
   * Walks one value.
   * @param path the JSON pointer of the value
   */
  walk(value: unknown, path: readonly (string | number)[]): void;
  /** How many members all objects had. */
  members(): number;
};

/** The receivers of a walk's findings. */
export type WalkOptions = {
  /** Takes each secret: what a member holds that is named like one, at any depth, and in JSON within strings. */
  onSecret(secret: string): void;
  /** Takes each string; absent: nobody asks. */
  onString?(string: string): void;
  /** Counts lone surrogates; absent: no string of the text has an escape, and so none has one. */
  note?: BlemishCount['note'] | undefined;
};

/** Makes a walk of values that are nested no deeper than `deepest`, so that it may go down by recursion. */
export function createWalk({ onSecret, onString, note }: WalkOptions): ValueWalk {
  let members = 0;
  const path: (string | number)[] = [];
  const string = (found: string, isSensitive: boolean): void => {
    if (note && !found.isWellFormed()) note('loneSurrogates', pointer(path));
    if (isSensitive) onSecret(found);
    else if (found.includes('"')) encodedSecrets(found, onSecret);
    onString?.(found);
  };
  const visit = (value: unknown, isSensitive: boolean): void => {
    if (typeof value === 'string') string(value, isSensitive);
    else if (typeof value === 'number') {
      if (isSensitive) onSecret(String(value));
    } else if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index += 1) {
        if (note) path.push(index);
        visit(value[index], isSensitive);
        if (note) path.pop();
      }
    } else if (isObject(value)) {
      for (const name of Object.keys(value)) {
        members += 1;
        if (note) path.push(name);
        if (note && !name.isWellFormed()) note('loneSurrogates', pointer(path));
        visit(value[name], isSensitive || isSensitiveName(name) || isNamedSecret(name, value));
        if (note) path.pop();
      }
    }
  };
  return {
    walk(value, at) {
      if (note) path.push(...at);
      visit(value, false);
      path.length = 0;
    },
    members: () => members,
  };
}

/** The deepest nesting that is walked. RFC 8259 section 9 lets a parser have such a limit. */
export const deepest = 500;

/** The longest string that is looked into for JSON: a body that was encoded twice may be a whole list. */
const longestEncoded = 1024 * 1024;

/** Secrets of a string that holds JSON, alone or in other text. */
function encodedSecrets(text: string, onSecret: (secret: string) => void): void {
  secretsIn(text, onSecret);
  if (text.length > longestEncoded || !/^\s*[[{]/.test(text)) return;
  try {
    const value: unknown = JSON.parse(text);
    const { depth } = outlineOf(Buffer.from(text), [], Number.POSITIVE_INFINITY);
    if (depth <= deepest) createWalk({ onSecret }).walk(value, []);
  } catch {
    // No JSON: what can be told from its text was told.
  }
}
