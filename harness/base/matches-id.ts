/** The expression of an id pattern, in which an asterisk stands for any run of characters. */
export function expressionOf(pattern: string): RegExp {
  const source = pattern.split('*').map((part) => part.replace(/[.\\+?^${}()|[\]]/g, '\\$&'));
  return new RegExp(`^${source.join('.*')}$`);
}

/** Whether an id pattern fits a requirement id. */
export function matchesId(pattern: string, id: string): boolean {
  return expressionOf(pattern).test(id);
}
