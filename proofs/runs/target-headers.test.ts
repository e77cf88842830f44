import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createApi } from '../../reference/api.ts';
import { type Api, header, withBody } from '../../reference/http.ts';
import { serve } from '../../reference/server.ts';
import { createWorld } from '../../reference/world.ts';
import { removeRun, runSuite } from './run-suite.ts';

test('TARGET_HEADERS are sent with every request, and show in no output of a target that reflects them', async () => {
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
  const run = await runSuite({ TARGET_URL: target.url, TARGET_HEADERS: JSON.stringify({ 'X-Gateway-Key': secret }) });
  await target.close();
  try {
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
  } finally {
    removeRun(run);
  }
});
