import { spawnSync } from 'node:child_process';
import { stripVTControlCharacters, styleText } from 'node:util';
import { describe, expect, test } from 'vitest';
import { directAccess } from '../harness/configuration/access.ts';
import { type Auth, fullList } from '../harness/probes/probe.ts';
import { curl, rerun } from '../harness/results/reproduction.ts';
import { fitted } from '../reporters/fitted.ts';

const access = { ...directAccess, headerNames: ['X-Key'] };
const way = { origin: 'http://vpn.example.com', basePath: '/network', hasToken: true, access };
const curlWith = (auth: Auth) => curl({ ...fullList('first'), auth }, way);
const settings = `TARGET_URL=http://vpn.example.com DEFAULTS_CONNECTION='it'\\''s mine' TARGET_TOKEN="\${TARGET_TOKEN:?}"`;

const commands = [
  ['a request', `    again     ${curlWith({ kind: 'first' })}`],
  ['a request with an altered token', `    again     ${curlWith({ kind: 'altered', how: 'truncated' })}`],
  ['a requirement', `              ${rerun('parameters.type.mtu', `${settings} npm test --`)}`],
] as const;

const widths = Array.from({ length: 30 }, (_, index) => 30 + index * 5);

describe('the command for', () => {
  test.for(commands)('%s is the same words to a shell, however wide the terminal is', ([, command]) => {
    const asked = wordsOf([command]);
    expect(asked.length).toBeGreaterThan(4);
    for (const width of widths) expect(wordsOf(fitted(command, width)), `${width} columns`).toEqual(asked);
  });
});

test('a text is no wider than the terminal', () => {
  const text = `    actual    ${'a name with blanks '.repeat(20)}${'x'.repeat(300)}`;
  for (const width of widths.filter((each) => each >= 35)) {
    for (const line of fitted(text, width)) expect(line.length).toBeLessThanOrEqual(width);
  }
});

test('what goes on in the next line begins below the text, not below its label', () => {
  const label = '    expected  ';
  const text = 'one of  ACTIVE, DOWN, BUILD, ERROR, PENDING_CREATE, PENDING_UPDATE, PENDING_DELETE';
  const [first, ...more] = fitted(label + styleText('green', text, { validateStream: false }), 60);
  expect(first?.startsWith(label)).toBe(true);
  expect(more.length).toBeGreaterThan(0);
  for (const line of more) expect(stripVTControlCharacters(line)).toMatch(/^ {14}\S/);
});

/** The words that a shell makes of a command: each command in it is replaced by one that prints them. */
function wordsOf(lines: readonly string[]): readonly string[] {
  const [first = '', ...more] = lines;
  const text = [first.replace('again', '     '), ...more].join('\n');
  const script = `said() { for each; do printf '%s\\n' "<$each>"; done; }
curl() { said "$@"; }
npm() { said "$TARGET_URL" "$DEFAULTS_CONNECTION" "$TARGET_TOKEN" "$@"; }
${text}`;
  const env = { PATH: process.env.PATH ?? '', TARGET_TOKEN: 'a-token', TARGET_HEADERS: '{"X-Key":"a key"}' };
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script], { env, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return stdout.split('\n');
}
