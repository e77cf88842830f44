import type { Auth } from '../probes/probe.ts';

/** The tokens of a run: they stay in memory, and only a request to the target's own origin carries them. */
export type Credentials = { first: string | null; second: string | null };

/** The value of X-Auth-Token for a probe; null leaves the header out. `altered` spoils the first token in one way. */
export function tokenFor(auth: Auth, { first, second }: Credentials): string | null {
  switch (auth.kind) {
    case 'first':
      return first;
    case 'second':
      return second;
    case 'none':
      return null;
    case 'altered':
      return alterations[auth.how](first ?? '');
  }
}

const alterations: Readonly<Record<(Auth & { kind: 'altered' })['how'], (token: string) => string>> = {
  empty: () => '',
  garbage: () => 'not-a-token',
  truncated: (token) => token.slice(0, Math.floor(token.length / 2)),
  // Alphanumerics, never padding: base64 decoders may ignore a trailing equals sign.
  extended: (token) => `${token}A1b2C3d4`,
  'case-swapped': (token) =>
    token.replace(/[a-z]/gi, (letter) =>
      letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
    ),
};

/** Whether swapping the letter case makes another token: not so for hexadecimal or letterless ones. */
export function isCaseSensitive(token: string): boolean {
  return /[a-z]/i.test(token) && !/^[\da-f-]+$/i.test(token);
}
