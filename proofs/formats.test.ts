import { describe, expect, test } from 'vitest';
import { formats } from '../harness/base/formats.ts';

const cases: Readonly<Record<string, { valid: readonly string[]; invalid: readonly string[] }>> = {
  cidr: {
    valid: ['10.0.0.0/8', '10.1.2.3/24', '0.0.0.0/0', '192.0.2.1/32', '2001:db8::/64', '::/0', '::ffff:192.0.2.0/128'],
    invalid: [
      '10.0.0.0',
      '10.0.0.0/33',
      '10.0.0.0/255.0.0.0',
      '2001:db8::/129',
      '10.0.0/8',
      'a/8',
      '10.0.0.0/08',
      'fe80::1%eth0/64',
      '10.0.0.0/-1',
      '10.0.0.0/8/8',
      '',
    ],
  },
  'ip-or-host-name': {
    valid: [
      '198.51.100.1',
      '2001:db8::1',
      '::',
      'vpn',
      'vpn.example.com',
      'vpn.example.com.',
      'my_gateway.example',
      'a1',
      '3com.example',
      `${'a'.repeat(63)}.example`,
    ],
    invalid: [
      '',
      '999.1.1.1',
      '1.2.3',
      '10.0.0.1/24',
      '-vpn.example',
      'vpn-.example',
      'vpn..example',
      'vpn example',
      '2001:db8::1::',
      'fe80::1%eth0',
      'http://vpn.example',
      `${'a'.repeat(64)}.example`,
      `${'a.'.repeat(127)}aa`,
    ],
  },
  'resource-uuid': {
    valid: ['851f280f-5639-4ea3-81aa-e298525ab74b', '851F280F-5639-4EA3-81AA-E298525AB74B'],
    invalid: [
      'urn:uuid:851f280f-5639-4ea3-81aa-e298525ab74b',
      '851f280f56394ea381aae298525ab74b',
      '{851f280f-5639-4ea3-81aa-e298525ab74b}',
      '',
    ],
  },
};

describe.for(Object.entries(cases))('the format %s', ([format, { valid, invalid }]) => {
  const accepts = formats[format] as (value: string) => boolean;
  test.for(valid)('takes %s', (text) => expect(accepts(text)).toBe(true));
  test.for(invalid)('refuses %s', (text) => expect(accepts(text)).toBe(false));
});
