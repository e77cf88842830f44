import { isObject } from '../harness/base/is-object.ts';
import { markedText, type PageElement, plain } from './document.ts';
import { nearestTable } from './grid.ts';

/** Elements within a paragraph or an item that are no words of its own. */
const blocks: ReadonlySet<string> = new Set(['p', 'div', 'ul', 'ol', 'table', 'pre']);

/** The answer that the page shows: the first block of JSON under a heading that speaks of a response. */
export function exampleOf(all: readonly PageElement[], remarks: string[]): object | null {
  let heading = '';
  const code: { heading: string; text: string }[] = [];
  for (const element of all) {
    if (/^h[1-6]$/.test(element.tagName)) heading = plain(markedText(element));
    else if (element.tagName === 'p' || element.tagName === 'li') {
      const text = plain(markedText(element, blocks));
      if (text.length < 120 && /example|response|request/i.test(text)) heading = `${heading} ${text}`;
    } else if (element.tagName === 'pre') code.push({ heading, text: rawText(element) });
  }
  const last = (text: string) => /.*(response|request)/i.exec(text)?.[1]?.toLowerCase();
  const json = code.filter(({ text }) => /[{[]/.test(text) && !/^\s*(GET|POST|PUT|curl)\b[^{]*$/.test(text));
  const chosen =
    json.find(({ heading: of }) => last(of) === 'response') ??
    json.find(({ text }) => /ipsec_site_connection/.test(text));
  if (!chosen) return null;
  const begin = chosen.text.search(/[{[]/);
  try {
    const found: unknown = JSON.parse(chosen.text.slice(begin));
    if (isObject(found)) return found;
    remarks.push(`the example under “${chosen.heading}” is no JSON object`);
  } catch (error) {
    remarks.push(`the example under “${chosen.heading}” is no JSON: ${(error as Error).message.slice(0, 100)}`);
  }
  return null;
}

function rawText(element: PageElement): string {
  const walk = (node: PageElement['childNodes'][number]): string => {
    if ('value' in node) return node.value;
    return 'childNodes' in node ? node.childNodes.map(walk).join('') : '';
  };
  return element.childNodes
    .map(walk)
    .join('')
    .replace(/\u00a0/g, ' ');
}

/** The names of which the page says outside its tables that they are not supported. */
export function notesOf(all: readonly PageElement[]): readonly string[] {
  const names = new Set<string>();
  for (const element of all) {
    if (!/^(p|li|div|dd)$/.test(element.tagName) || nearestTable(element) !== null) continue;
    const text = markedText(element, new Set(['p', 'div', 'ul', 'ol', 'table', 'li']));
    for (const sentence of text.split(/(?<=[.。])\s+/)) {
      if (!/\b(not|no longer|never) supported\b|\bunsupported\b|\bnot support\b/i.test(sentence)) continue;
      const marked = [...sentence.matchAll(/\u0001([^\u0002]+)\u0002/g)].map(([, word = '']) => plain(word));
      const found = marked.length > 0 ? marked : (sentence.match(/\b[a-z]+(?:_[a-z]+)+\b/g) ?? []);
      for (const name of found.flatMap((each) => each.split(/\s*,\s*/)))
        if (/^[a-z][\w.]*$/.test(name)) names.add(name);
    }
  }
  return [...names];
}
