import wrapAnsi from 'wrap-ansi';

/** The narrowest text beside an indent, in characters. */
const narrowest = 20;

/**
 * A line as lines that are no wider than a terminal. A command stays one: it goes on in the next line where a backslash
 * ends this one, and is broken only between its words: a longer word, an address, is left to the terminal.
 * @param columns the terminal's width, in characters
 */
export function fitted(line: string, columns: number): readonly string[] {
  if (line.length <= columns) return [line];
  const [indent = ''] = /^ *(?:[a-z]+ {2,})?/.exec(line) ?? [];
  const text = line.slice(indent.length);
  const room = columns - indent.length;
  const lines = isCommand(line)
    ? wrappedCommand(text, Math.max(narrowest, room - 2))
    : wrapAnsi(text, Math.max(narrowest, room), { hard: true }).split('\n');
  return lines.map((each, index) => (index === 0 ? indent : ' '.repeat(indent.length)) + each);
}

/** The commands of a failure: the one behind `again`, and the one below it, which runs a requirement. */
function isCommand(line: string): boolean {
  return /^ *again {2,}/.test(line) || /^ {10,}.* -t '[^']+:'$/.test(line);
}

/** A word of a POSIX shell: characters, escapes and quoted parts without a blank between them. */
const shellWord = /(?:\\.|'[^']*'|"(?:\\.|[^"\\])*"|[^\s'"\\])+/gs;

function wrappedCommand(command: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const each of command.match(shellWord) ?? []) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + each.length <= width) lines[lines.length - 1] = `${last} ${each}`;
    else lines.push(each);
  }
  return lines.map((each, index) => (index < lines.length - 1 ? `${each} \\` : each));
}
