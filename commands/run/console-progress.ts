import type { Progress, ProgressListener } from '../../harness/run/progress.ts';

/** Where progress is shown: standard error, or what stands in for it. */
export type ProgressStream = { isTTY?: boolean; columns?: number; write(text: string): unknown };

/** Progress on a console, and its end. */
export type ConsoleProgress = ProgressListener & {
  /** How many requests were answered so far, and how many are planned. */
  readonly latest: Progress | undefined;
  /** Writes a line that stays. */
  say(line: string): void;
  /** Takes the line away. */
  end(): void;
};

/** How often a line is rewritten on a terminal, and written in a pipe. Milliseconds. */
const intervals = { terminal: 250, pipe: 10_000 } as const;

/** Back to the beginning of a terminal's line, which is emptied. */
const clear = '\r\x1b[2K';

/** An answer that takes longer than this is named. Milliseconds. */
const slow = 2_000;

/**
 * Shows that a run is alive: on a terminal one line that is rewritten, in a pipe a line every ten seconds.
 * @param now the clock, in milliseconds
 */
export function createConsoleProgress(stream: ProgressStream, now = () => performance.now()): ConsoleProgress {
  const isTerminal = stream.isTTY === true;
  let latest: Progress | undefined;
  let latestAt = now();
  let waitUntil = 0;
  const show = () => {
    if (!latest) return;
    const line = progressLine(latest, { unanswered: now() - latestAt, toWait: waitUntil - now() });
    if (isTerminal) stream.write(`${clear}${line.slice(0, (stream.columns ?? 80) - 1)}`);
    else stream.write(`${line}\n`);
  };
  const timer = setInterval(show, isTerminal ? intervals.terminal : intervals.pipe);
  timer.unref();
  return {
    get latest() {
      return latest;
    },
    advanced(progress) {
      latest = progress;
      latestAt = now();
    },
    waiting(milliseconds) {
      waitUntil = Math.max(waitUntil, now() + milliseconds);
    },
    say(line) {
      stream.write(`${isTerminal && latest ? clear : ''}${line}\n`);
    },
    end() {
      clearInterval(timer);
      if (isTerminal && latest) stream.write(clear);
    },
  };
}

/**
 * One line: how far the asking is, and what it waits for.
 * @param waits `unanswered`: since the latest answer; `toWait`: until a retry. Milliseconds
 */
export function progressLine(
  { phase, asked, planned, meanMilliseconds, elapsedMilliseconds }: Progress,
  { unanswered, toWait }: { unanswered: number; toWait: number },
): string {
  if (asked === 0)
    return unanswered > slow ? `asking for the list, no answer for ${seconds(unanswered)}` : 'asking for the list';
  const left = (Math.max(0, planned - asked) * elapsedMilliseconds) / asked;
  const rate = meanMilliseconds < 1 ? 'under 1 ms an answer' : `${Math.round(meanMilliseconds)} ms an answer`;
  const parts = [`${phase} ${asked} of ${planned}`, rate];
  if (left >= 1000) parts.push(`about ${seconds(left)} left`);
  if (toWait > 0) parts.push(`waiting ${seconds(toWait)}: the target answered 429 or 503`);
  else if (unanswered > slow) parts.push(`no answer for ${seconds(unanswered)}`);
  return parts.join(', ');
}

function seconds(milliseconds: number): string {
  return `${Math.max(1, Math.round(milliseconds / 1000))} s`;
}
