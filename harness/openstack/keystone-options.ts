import { ConfigurationError } from '../base/configuration-error.ts';
import { type Network, type Proxies, plainNetwork } from '../http/network.ts';
import { cloudOptions } from './clouds-yaml.ts';
import { type Login, readKeystoneTls, readLogin } from './login.ts';
import { environmentOptions, type OptionName, variableOf } from './options.ts';

/** The logins for the tokens that are not given; null: none. */
export type KeystoneLogins = { first: Login | null; second: Login | null };

/** The settings for Keystone from the environment. */
export type KeystoneOptions = {
  logins: KeystoneLogins;
  /** How Keystone is reached: the target too, where nothing else is said of it. */
  tls: Network['tls'];
  /** A line for the user; null: nothing to say. */
  remark: string | null;
};

/** Variables that nobody sets without Keystone in mind. */
const telling: readonly OptionName[] = [
  'username',
  'user_id',
  'password',
  'token',
  'application_credential_id',
  'application_credential_name',
  'application_credential_secret',
];

/** Options that only a cloud of clouds.yaml gives: identity, project and place. */
const ofCloudAlone: readonly OptionName[] = [
  ...telling.filter((option) => !/^(password|application_credential_secret)$/.test(option)),
  'auth_url',
  'project_name',
  'project_id',
  'tenant_name',
  'tenant_id',
  'domain_name',
  'domain_id',
];

/**
 * Reads the OS_ variables, and the clouds that OS_CLOUD and SECOND_OS_CLOUD name. Without OS_CLOUD and OS_AUTH_URL
 * nothing is asked of Keystone, whatever else is set.
 * @param given TARGET_URL, and whether tokens are: with a URL and a token, Keystone has nothing to add
 * @throws ConfigurationError
 */
export function readKeystone(
  environment: NodeJS.ProcessEnv,
  given: { url: string | undefined; token: boolean; secondToken: boolean },
  proxies: Proxies,
): KeystoneOptions {
  const own = environmentOptions(environment);
  const { OS_CLOUD, SECOND_OS_CLOUD } = environment;
  if (SECOND_OS_CLOUD && given.secondToken) {
    throw new ConfigurationError('SECOND_OS_CLOUD and SECOND_TOKEN are both set: one is enough');
  }
  const second = SECOND_OS_CLOUD
    ? readLogin(cloudOptions(environment, SECOND_OS_CLOUD, 'SECOND_OS_CLOUD'), proxies)
    : null;
  // A plain target has no use for TLS settings: a mistake in them must not stop the run.
  const tls = () => (/^https:/i.test(given.url ?? '') ? readKeystoneTls(own) : plainNetwork.tls);
  if (given.url !== undefined && given.token) return { logins: { first: null, second }, tls: tls(), remark: null };
  if (!OS_CLOUD && own.values.auth_url === undefined) {
    const found = telling.find((option) => own.values[option] !== undefined);
    const remark =
      found === undefined || given.token
        ? null
        : `${variableOf(found)} is set without OS_AUTH_URL or OS_CLOUD: Keystone is not asked`;
    return { logins: { first: null, second }, tls: tls(), remark };
  }
  const first = readLogin(OS_CLOUD ? cloudOptions(environment, OS_CLOUD, 'OS_CLOUD') : own, proxies);
  const unused = OS_CLOUD ? ofCloudAlone.filter((option) => own.values[option] !== undefined).map(variableOf) : [];
  const verb = unused.length === 1 ? 'is' : 'are';
  const remark = unused.length === 0 ? null : `${unused.join(', ')} ${verb} set beside OS_CLOUD, and not used`;
  return { logins: { first, second }, tls: first.network.tls, remark };
}
