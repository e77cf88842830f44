import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfigurationError } from '../harness/configuration-error.ts';
import { readTargetHeaders } from '../harness/target-headers.ts';
import { createApi } from '../reference/api.ts';
import { type Api, header, withBody } from '../reference/http.ts';
import { serve } from '../reference/server.ts';
import { createWorld } from '../reference/world.ts';
import { removeRun, runSuite, type SuiteRun } from './run-suite.ts';

const open: { close(): Promise<void> }[] = [];
const runs: SuiteRun[] = [];
afterAll(async () => {
  runs.forEach(removeRun);
  for (const each of open.splice(0)) await each.close();
});

describe('TARGET_HEADERS', () => {
  test('is an object of texts', () => {
    const headers = { 'X-Gateway-Key': 'a "b" $c', Authorization: 'Bearer 1', Cookie: 'a=b; c=d' };
    expect(readTargetHeaders(JSON.stringify(headers))).toEqual(headers);
    expect(readTargetHeaders(undefined)).toEqual({});
  });

  test.for<[string, string]>([
    ['X-Key: hunter2', 'TARGET_HEADERS is not JSON; it is an object like {"X-Gateway-Key": "…"}'],
    ['["hunter2"]', 'TARGET_HEADERS must be a JSON object'],
    ['"hunter2"', 'TARGET_HEADERS must be a JSON object'],
    ['{"X-Key": 12345}', 'TARGET_HEADERS: the value of X-Key must be a text of printable ASCII'],
    ['{"X-Key": "hunter2\\r\\nX-Other: 1"}', 'TARGET_HEADERS: the value of X-Key must be a text of printable ASCII'],
    ['{"X-Key": ""}', 'TARGET_HEADERS: the value of X-Key must be a text of printable ASCII'],
    ['{"a/b": "hunter2"}', 'TARGET_HEADERS has a name that is not made of letters, digits, ".", "_" and "-"'],
    ['{"": "hunter2"}', 'TARGET_HEADERS has a name that is not made of letters, digits, ".", "_" and "-"'],
    ['{"x-auth-token": "hunter2"}', 'TARGET_HEADERS cannot hold x-auth-token: it is what TARGET_TOKEN is for'],
    ['{"Host": "hunter2"}', 'TARGET_HEADERS cannot hold Host: it belongs to the connection'],
    ['{"Accept": "hunter2"}', 'TARGET_HEADERS cannot hold Accept: it is what the suite tests'],
    ['{"If-None-Match": "*"}', 'TARGET_HEADERS cannot hold If-None-Match: it asks for another answer than the list'],
    ['{"x-key": "1", "X-Key": "2"}', 'TARGET_HEADERS holds x-key twice: names differ only in letter case'],
  ])('%s is refused in one line, without a value', ([text, line]) => {
    const read = () => readTargetHeaders(text);
    expect(read).toThrow(new ConfigurationError(line));
    expect(line).not.toMatch(/hunter2|12345/);
  });

  test('is sent with every request, and shows in no output of a target that reflects it', async () => {
    const secret = 'gateway-Key+with/"quotes"=1';
    const reflecting =
      (api: Api): Api =>
      (request) => {
        seen.push(header(request, 'X-Gateway-Key'));
        const answer = api(request);
        const spoilt = withBody(
          answer,
          Buffer.from(answer.body)
            .toString()
            .replaceAll(/"name":"[^"]*"/g, `"name":${JSON.stringify(secret)}`)
            .replace(/"mtu":\d+/, `"mtu":${JSON.stringify(secret)}`),
        );
        return { ...spoilt, headers: [...spoilt.headers, ['X-Seen', header(request, 'X-Gateway-Key') ?? '']] };
      };
    const seen: (string | undefined)[] = [];
    const target = await serve(reflecting(createApi(createWorld({ seed: 1, items: 12 }))));
    open.push(target);
    const run = await runSuite({ TARGET_URL: target.url, TARGET_HEADERS: JSON.stringify({ 'X-Gateway-Key': secret }) });
    runs.push(run);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('✗ parameters.type.mtu ');
    expect(run.stdout).toContain('-H "X-Gateway-Key: $(');
    expect(seen.length).toBeGreaterThan(100);
    expect(new Set(seen)).toEqual(new Set([secret]));
    const written = readdirSync(run.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    const forms = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), btoa(secret)];
    for (const text of [run.stdout, run.stderr, ...written]) for (const form of forms) expect(text).not.toContain(form);
  });
});
