/** A table of texts that are the target's as much as ours. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

/** Text of the target's that must not become markup. */
export function cell(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/[|<>&\\[\]`*]/g, (mark) => `\\${mark}`);
}
