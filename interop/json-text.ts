/**
 * JSON as this project's formatter leaves it, so that what is generated needs no second tool: objects open for some
 * levels, and everything below on one line.
 * @param levels how many levels of objects have a line for each member
 */
export function jsonText(value: unknown, levels: number): string {
  return `${opened(value, levels, '')}\n`;
}

function opened(value: unknown, levels: number, indent: string): string {
  if (levels === 0 || !isNonEmptyObject(value)) return inline(value);
  const inner = `${indent}  `;
  const lines = Object.entries(value).map(
    ([name, each]) => `${inner}${JSON.stringify(name)}: ${opened(each, levels - 1, inner)}`,
  );
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (!isNonEmptyObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${inline(each)}`);
  return `{ ${members.join(', ')} }`;
}

function isNonEmptyObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}
