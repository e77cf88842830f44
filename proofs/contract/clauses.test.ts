import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { clauses } from '../../harness/contract/clauses.ts';
import { editions } from '../../harness/contract/editions.ts';

const root = new URL('../../', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, root), 'utf8');
const known: ReadonlySet<string> = new Set(clauses);

const folders = [
  'commands',
  'docs',
  'harness',
  'interop',
  'page',
  'proofs',
  'reference',
  'reporters',
  'schemas',
  'suites',
];

/** The files that a person wrote, but for this one, which makes names up. */
function ownFiles(): readonly string[] {
  const inFolders = folders.flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  );
  return ['README.md', ...inFolders].filter(
    (file) => /\.(ts|mjs|md|json)$/.test(file) && !file.endsWith('clauses.test.ts'),
  );
}

/** The names that a text cites, over the line ends of comments too. */
function citedIn(text: string): readonly string[] {
  const plain = text.replace(/\n\s*(\*|\/\/)\s*/g, ' ');
  const lists = plain.matchAll(/\bclauses? (`[a-z-]+`(?:(?:,| and|, and) `[a-z-]+`)*)/gi);
  return [...lists].flatMap(([, list = '']) => [...list.matchAll(/`([a-z-]+)`/g)].map(([, name = '']) => name));
}

describe('clauses of docs/contract.md', () => {
  test('are those that code can name, in the same order', () => {
    const headings = [...read('docs/contract.md').matchAll(/^### (.+)$/gm)].map(([, name]) => name);
    expect(headings).toEqual([...clauses]);
  });

  test('are cited by a name that exists, and never by a number', () => {
    const cited = ownFiles().flatMap((file) => citedIn(read(file)).map((name) => ({ file, name })));
    expect(cited.length).toBeGreaterThan(50);
    expect(cited.filter(({ name }) => !known.has(name))).toEqual([]);
    const numbered = ownFiles().filter((file) => /\bclauses? \d/i.test(read(file)));
    expect(numbered).toEqual([]);
  });

  test('refer to each other by names that exist', () => {
    const inBrackets = [...read('docs/contract.md').matchAll(/\(`([a-z-]+)`\)/g)].map(([, name = '']) => name);
    expect(inBrackets.length).toBeGreaterThan(5);
    expect(inBrackets.filter((name) => !known.has(name))).toEqual([]);
  });

  test('say what each erratum comes to', () => {
    const errata = editions.flatMap((edition) => edition.errata);
    expect(errata.filter(({ clause }) => !known.has(clause))).toEqual([]);
  });
});

test('a citation is found where it goes on in the next line', () => {
  expect(citedIn('/**\n * What it is (clauses `a`, `b-c` and\n * `d`): no clause says so.\n */')).toEqual([
    'a',
    'b-c',
    'd',
  ]);
});
