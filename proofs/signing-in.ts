import { afterEach, expect } from 'vitest';
import { encodingsOf } from '../harness/base/encodings.ts';
import { type Configuration, ConfigurationError, readConfiguration } from '../harness/configuration/configuration.ts';
import { signIn } from '../harness/run/sign-in.ts';
import {
  account,
  endpoint,
  type FakeKeystone,
  type FakeOptions,
  otherAccount,
  startKeystone,
} from './fake-keystone.ts';

/** Variables of the environment. */
export type Environment = Readonly<Record<string, string>>;

/** The network service of the fakes: nothing is asked of it. */
export const network = 'http://network.example:9696';

/** A login, and the scope that it asks for. */
export const user = { OS_USERNAME: account.user.name, OS_PASSWORD: account.password };
export const project = { OS_PROJECT_NAME: account.project.name };

const secrets = [account.password, account.credentialSecret, account.token, otherAccount.password];

const fakes: FakeKeystone[] = [];
afterEach(async () => {
  const ended = fakes.splice(0);
  for (const { close } of ended) await close();
  const seen = ended.flatMap(({ asked }) => asked.map(({ method, path }) => `${method} ${path}`));
  expect(seen.filter((request) => request !== 'POST /v3/auth/tokens')).toEqual([]);
});

/** Starts a fake for one proof. Whatever it is about: nothing but tokens is ever asked of Keystone. */
export async function keystone(options: FakeOptions = {}): Promise<FakeKeystone> {
  const fake = await startKeystone({ catalogue: [endpoint(network)], ...options });
  fakes.push(fake);
  return fake;
}

/** The configuration that a run with these variables begins with. */
export async function asUser(environment: Environment): Promise<Configuration> {
  return signIn(readConfiguration(environment, 'no-such.env'));
}

/** The line that ends such a run. Whatever it says: it is one line, and shows no secret. */
export async function lineOf(environment: Environment): Promise<string> {
  const error = await asUser(environment).then(
    () => new Error('was let in'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ConfigurationError);
  const { message } = error as ConfigurationError;
  expect(message).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
  for (const secret of secrets) {
    for (const form of encodingsOf(secret)) expect(message).not.toContain(form);
  }
  return message;
}
