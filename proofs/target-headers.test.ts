import { describe, expect, test } from 'vitest';
import { ConfigurationError } from '../harness/base/configuration-error.ts';
import { readTargetHeaders } from '../harness/http/target-headers.ts';

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
});
