import { type Probe, requestTarget } from '../harness/probe.ts';

/** The environment variable that holds the token of a probe, for a shell; null where none is sent. */
function tokenArgument({ auth }: Probe, hasToken: boolean): string | null {
  switch (auth.kind) {
    case 'first':
      return hasToken ? '-H "X-Auth-Token: $TARGET_TOKEN"' : null;
    case 'second':
      return '-H "X-Auth-Token: $SECOND_TOKEN"';
    case 'none':
      return null;
    case 'altered':
      return alteredToken[auth.how];
  }
}

const alteredToken = {
  empty: "-H 'X-Auth-Token;'",
  garbage: "-H 'X-Auth-Token: not-a-token'",
  truncated: `-H "X-Auth-Token: $(printf %s "$TARGET_TOKEN" | head -c $(( \${#TARGET_TOKEN} / 2 )))"`,
  extended: `-H "X-Auth-Token: \${TARGET_TOKEN}A1b2C3d4"`,
  'case-swapped': `-H "X-Auth-Token: $(printf %s "$TARGET_TOKEN" | tr 'a-zA-Z' 'A-Za-z')"`,
} as const;

/**
 * A command line for a POSIX shell that sends a probe again and shows the whole answer. Credentials stand in it as
 * references to the environment.
 */
export function curl(probe: Probe, origin: string, basePath: string, hasToken: boolean): string {
  const token = tokenArgument(probe, hasToken);
  return [
    `curl -sS -g --path-as-is ${probe.method === 'HEAD' ? '-I' : '-i'} --compressed`,
    probe.accept === null ? "-H 'Accept:'" : `-H ${quote(`Accept: ${probe.accept}`)}`,
    ...(token === null ? [] : [token]),
    quote(origin + requestTarget(basePath, probe)),
  ].join(' ');
}

/** The command that runs one requirement again: the title begins with its id and a colon. */
export function rerun(id: string): string {
  return `npm test -- -t '${id.replace(/[.]/g, '\\.')}:'`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
