import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Api, header, withBody } from '../../reference/http.ts';
import { startCloud } from '../expiring-cloud.ts';
import { account } from '../fake-keystone.ts';
import { removeRun, runSuite } from './run-suite.ts';

/** Reflects the token, and violates, so that an answer is shown. */
const leaky =
  (api: Api): Api =>
  (request) => {
    const answer = api(request);
    const text = Buffer.from(answer.body).toString();
    const spoilt = withBody(answer, text.replace(/"mtu":\d+/, '"mtu":"1500"'));
    return { ...spoilt, headers: [...spoilt.headers, ['X-Echo', header(request, 'x-auth-token') ?? '']] };
  };

test('a run tells that the token was renewed, and shows neither', async () => {
  const cloud = await startCloud([60], leaky);
  const run = await runSuite(cloud.environment);
  await cloud.close();
  try {
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('✗ parameters.type.mtu ');
    expect(run.stdout).toMatch(/The token expired and was renewed once; retried: \d+\./);
    expect(run.stderr).toMatch(
      /^ipsec-vpn-conformance 0\.2\.0: \S+\nKeystone at \S+ gave the token and the target: user alpha, project alpha-project\n$/,
    );
    expect(cloud.keystone.issued).toHaveLength(2);
    const written = readdirSync(run.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    for (const text of [run.stdout, run.stderr, ...written]) {
      for (const secret of [...cloud.keystone.issued, account.password]) expect(text).not.toContain(secret);
    }
  } finally {
    removeRun(run);
  }
});
