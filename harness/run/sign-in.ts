import { ConfigurationError } from '../base/configuration-error.ts';
import { type Configuration, readTarget } from '../configuration/configuration.ts';
import { unverifiedWarning } from '../configuration/target-network.ts';
import { issueToken, type Ticket } from '../openstack/keystone.ts';
import type { Login } from '../openstack/login.ts';
import { networkEndpoint } from '../openstack/service-catalogue.ts';

/**
 * Fetches from Keystone what the configuration leaves to it: the tokens that are not given, and the target's URL.
 * @returns the configuration with both, and what the user is told; `keystone` keeps who can renew a token
 * @throws ConfigurationError one line
 */
export async function signIn(given: Configuration): Promise<Configuration> {
  const { first, second } = given.keystone;
  const { timeoutMilliseconds } = given;
  const own = first === null ? null : await issueToken(first, timeoutMilliseconds);
  const other = second === null ? null : await issueToken(second, timeoutMilliseconds);
  if (own?.project && own.project.id === other?.project?.id && given.credentials.first === null) {
    throw new ConfigurationError(
      'SECOND_OS_CLOUD is for the project of the first credentials: isolation needs another',
    );
  }
  const target = first === null || own === null ? given.target : (given.target ?? locate(first, own));
  const isGiven = given.credentials.first !== null;
  return {
    ...given,
    target,
    credentials: {
      first: given.credentials.first ?? own?.token ?? null,
      second: given.credentials.second ?? other?.token ?? null,
    },
    keystone: { first: isGiven ? null : first, second },
    remarks: [
      ...given.remarks,
      ...warnings(first, second),
      ...(first === null || own === null ? [] : [introduce(first, own, given)]),
    ],
  };
}

function locate(login: Login, ticket: Ticket) {
  if (login.endpoint !== null) return readTarget(login.endpoint, login.written.endpoint);
  return readTarget(networkEndpoint(ticket.catalogue, login), "the catalogue's network endpoint");
}

/** The line that a run says of its sign-in: what Keystone gave, and to which user, project and region. */
function introduce({ authUrl, region }: Login, { user, project }: Ticket, given: Configuration): string {
  const whose = project === null ? user : `${user}, project ${project.name}`;
  const where = region === null ? '' : `, region ${region}`;
  const what = [
    ...(given.credentials.first === null ? ['the token'] : []),
    ...(given.target === null ? ['the target'] : []),
  ];
  return `Keystone at ${authUrl} gave ${what.join(' and ')}: user ${whose}${where}`;
}

function warnings(...logins: readonly (Login | null)[]): readonly string[] {
  return [
    ...new Set(
      logins.flatMap((login) =>
        login === null ? [] : unverifiedWarning(new URL(login.authUrl).origin, login.network.tls),
      ),
    ),
  ];
}
