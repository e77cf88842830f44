import { shellQuoted } from '../base/shell.ts';
import type { Access } from '../configuration/access.ts';
import { acceptedCodings } from '../http/request-headers.ts';
import { type Probe, requestTarget } from '../probes/probe.ts';

/** The way to a target, as a curl line must know it. */
export type CurlTarget = { origin: string; basePath: string; hasToken: boolean; access: Access };

/** The argument that sends a probe's token, as references to the environment; null where none is sent. */
function tokenArgument({ auth }: Probe, { hasToken, access }: CurlTarget): string | null {
  switch (auth.kind) {
    case 'first':
      return hasToken
        ? `-H "X-Auth-Token: ${access.isIssued.first ? issued : `$${access.variables.TARGET_TOKEN}`}"`
        : null;
    case 'second':
      return `-H "X-Auth-Token: ${access.isIssued.second ? issuedToSecond : `$${access.variables.SECOND_TOKEN}`}"`;
    case 'none':
      return null;
    case 'altered':
      return alteredToken(auth.how, access.variables.TARGET_TOKEN);
  }
}

// A token that Keystone issued is in no variable: OpenStack's own client asks for one with the same settings.
const issued = '$(openstack token issue -f value -c id)';
const issuedToSecond = '$(openstack --os-cloud "$SECOND_OS_CLOUD" token issue -f value -c id)';

type Alteration = Extract<Probe['auth'], { kind: 'altered' }>['how'];

/** @param name the variable that holds the token */
function alteredToken(how: Alteration, name: string): string {
  const forms: Readonly<Record<Alteration, string>> = {
    empty: "-H 'X-Auth-Token;'",
    garbage: "-H 'X-Auth-Token: not-a-token'",
    truncated: `-H "X-Auth-Token: $(printf %s "$${name}" | head -c $(( \${#${name}} / 2 )))"`,
    extended: `-H "X-Auth-Token: \${${name}}A1b2C3d4"`,
    'case-swapped': `-H "X-Auth-Token: $(printf %s "$${name}" | tr 'a-zA-Z' 'A-Za-z')"`,
  };
  return forms[how];
}

/**
 * A command line for a POSIX shell that sends a probe again and shows the whole answer. Credentials stand in it as
 * references to the environment.
 */
export function curl(probe: Probe, way: CurlTarget): string {
  const token = tokenArgument(probe, way);
  // The altered forms are made from the token, wherever it comes from.
  const variable = way.access.variables.TARGET_TOKEN;
  const isAltered = probe.auth.kind === 'altered' && token?.includes(variable);
  return [
    ...(isAltered && way.access.isIssued.first ? [`${variable}="${issued}";`] : []),
    `curl -sS -g --path-as-is ${probe.method === 'HEAD' ? '-I' : '-i'}`,
    // Over TLS, curl would speak HTTP/2 where it can.
    ...(way.origin.startsWith('https:') ? ['--http1.1'] : []),
    ...accessArguments(way.access),
    // The suite names no user agent; and curl alone would offer more codings than the suite takes.
    `-A '' --compressed -H ${shellQuoted(`Accept-Encoding: ${probe.acceptEncoding ?? acceptedCodings.join(', ')}`)}`,
    ...(probe.ifNoneMatch === undefined ? [] : [`-H ${shellQuoted(`If-None-Match: ${probe.ifNoneMatch}`)}`]),
    probe.accept === null ? "-H 'Accept:'" : `-H ${shellQuoted(`Accept: ${probe.accept}`)}`,
    ...(token === null ? [] : [token]),
    shellQuoted(way.origin + requestTarget(way.basePath, probe)),
  ].join(' ');
}

function accessArguments({ headerNames, variables, ca, client, isVerified, proxy }: Access): readonly string[] {
  return [
    ...headerNames.map(
      (name) => `-H "${name}: $(node -p 'JSON.parse(process.env.${variables.TARGET_HEADERS})["${name}"]')"`,
    ),
    ...(ca === null ? [] : [`--cacert ${ca}`]),
    ...(client === null ? [] : [`--cert ${client.certificate} --key ${client.key}`]),
    ...(client?.hasPassphrase ? [`--pass "$${variables.TARGET_KEY_PASSPHRASE}"`] : []),
    ...(isVerified ? [] : ['-k']),
    ...(proxy === 'none' ? ["--noproxy '*'"] : []),
    ...(proxy === 'upper-case' ? ['--proxy "$HTTP_PROXY"'] : []),
  ];
}

/**
 * The command that runs one requirement again: the title begins with its id and a colon.
 * @param invocation the command that runs all of them, with its settings
 */
export function rerun(id: string, invocation: string): string {
  return `${invocation} -t '${id.replace(/[.]/g, '\\.')}:'`;
}
