import { distance } from 'fastest-levenshtein';
import { ConfigurationError } from '../base/configuration-error.ts';

/**
 * Takes from an environment the variables that are known; an empty one counts as not set.
 * @param known the names
 * @throws ConfigurationError where a name is nearly one of them: it was mistyped, and would be lost without a word.
 * Other names are somebody else's, whatever they begin with
 */
export function takeKnown(environment: NodeJS.ProcessEnv, known: ReadonlySet<string>): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [name, text] of Object.entries(environment)) {
    if (text === undefined || text === '') continue;
    if (known.has(name)) {
      variables[name] = text;
      continue;
    }
    const meant = [...known].filter((each) => isNear(name, each));
    if (meant.length > 0) throw new ConfigurationError(`${name} is not known: did you mean ${meant.join(' or ')}?`);
  }
  return variables;
}

/** Whether a name was probably meant to be a known one. */
function isNear(name: string, known: string): boolean {
  if (lettersAndDigits(name) === lettersAndDigits(known) || name === `${known}S` || known === `${name}S`) return true;
  const allowed = mistakes(known);
  if (Math.abs(name.length - known.length) > allowed) return false;
  const steps = distance(name.toUpperCase(), known);
  // Two letters in each other's place are one mistake.
  const isSwapped = steps === 2 && sortedLetters(name) === sortedLetters(known);
  return steps <= allowed || (isSwapped && allowed > 0);
}

/** Of a short name, each change makes another word: DATE is no GATE. */
function mistakes(known: string): number {
  const own = known.replace(/^TARGET_/, '');
  if (own.length < 3 || (own === known && own.length < 5)) return 0;
  return own.length < 9 ? 1 : 2;
}

function lettersAndDigits(name: string): string {
  return name.toUpperCase().replace(/[^A-Z\d]/g, '');
}

function sortedLetters(name: string): string {
  return [...name.toUpperCase()].sort().join('');
}
