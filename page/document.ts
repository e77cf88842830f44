import { marked } from 'marked';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { toPlainUtf8 } from '../harness/answers/character-encoding.ts';
import { ConfigurationError } from '../harness/base/configuration-error.ts';

type Node = DefaultTreeAdapterTypes.ChildNode | DefaultTreeAdapterTypes.Document;
/** An element of a page. */
export type PageElement = DefaultTreeAdapterTypes.Element;

/**
 * Reads a page: HTML, or Markdown with or without HTML in it.
 * @throws ConfigurationError for other markup
 */
export function readDocument(bytes: Uint8Array, file: string): PageElement {
  const text = Buffer.from(toPlainUtf8(bytes).bytes).toString();
  // A page without its head begins with a tag all the same, and has no headings of Markdown.
  const isHtml =
    /^\s*(<!doctype html|<html|<\?xml|<head|<body)/i.test(text) || (/^\s*</.test(text) && !/^#{1,6}\s/m.test(text));
  if (!isHtml && (/^\s*\+=[=+]+\+\s*$/m.test(text) || /^\s*\.\. [\w-]+::/m.test(text))) {
    throw new ConfigurationError(`${file} is reStructuredText: make HTML of it first (docutils: rst2html)`);
  }
  // List<Object> is no tag.
  const markdown = text.replace(/\b(List|Array|Map|Set|Dict)\s*<(\w+)>?/gi, '$1&lt;$2&gt;');
  const html = isHtml ? text : marked.parse(markdown, { gfm: true, async: false });
  const root = parse(html).childNodes.find((node): node is PageElement => 'tagName' in node && node.tagName === 'html');
  if (!root) throw new ConfigurationError(`${file} is no page`);
  return root;
}

export function isElement(node: Node): node is PageElement {
  return 'tagName' in node;
}

export function attribute(element: PageElement, name: string): string | undefined {
  return element.attrs.find((each) => each.name === name)?.value;
}

/** All elements below one, in the order of the page. */
export function* elementsBelow(element: PageElement): Generator<PageElement> {
  for (const child of element.childNodes) {
    if (!isElement(child)) continue;
    yield child;
    yield* elementsBelow(child);
  }
}

/** Where a marked word, a list item and a line begin and end in a cell's text. */
export const marks = { open: '\u0001', close: '\u0002', item: '\u0003' } as const;

const markedTags = new Set(['strong', 'b', 'code', 'tt', 'kbd', 'samp']);
const blocks = new Set(['p', 'div', 'br', 'tr', 'ul', 'ol', 'dl', 'dd', 'dt', 'pre', 'table']);
const hidden = new Set(['script', 'style', 'template', 'noscript']);

/**
 * The text of an element, with what is marked in bold or as code between marks, and list items begun by one.
 * @param without elements that are left out, with what is in them
 */
export function markedText(element: PageElement, without: ReadonlySet<string> = new Set()): string {
  const walk = (node: Node): string => {
    if ('value' in node) return node.value;
    if (!isElement(node)) return '';
    if (hidden.has(node.tagName) || without.has(node.tagName)) return '';
    if (/\b(headerlink|sr-only)\b/.test(attribute(node, 'class') ?? '')) return '';
    const inner = node.childNodes.map(walk).join('');
    if (markedTags.has(node.tagName)) return inner.trim() === '' ? inner : `${marks.open}${inner}${marks.close}`;
    if (node.tagName === 'li') return `\n${marks.item}${inner}\n`;
    return blocks.has(node.tagName) ? `\n${inner}\n` : inner;
  };
  return element.childNodes
    .map(walk)
    .join('')
    .replace(/\*\*(?=\S)(.+?)\*\*/g, `${marks.open}$1${marks.close}`)
    .replace(/`([^`\n]+)`/g, `${marks.open}$1${marks.close}`)
    .replace(/\\([_*<>[\]])/g, '$1')
    .replace(/[\u200b\ufeff]/g, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ *\n\s*/g, '\n')
    .replace(/\u0003\s+/g, marks.item)
    .trim();
}

/** A marked text without its marks, on one line. */
export function plain(text: string): string {
  return text
    .replace(/[\u0001-\u0003]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
