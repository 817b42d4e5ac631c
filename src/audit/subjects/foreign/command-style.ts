import type { Attempted } from './isolate.ts';

/**
 * How a command is best asked. One that answers each line as it comes is kept for many batches: starting it may cost more than all its calls. One
 * that waits for the end of its input, or keeps its output in a buffer when that goes to a pipe, would never answer while its input is open, so
 * it is started for each batch. Which of the two it is shows when a batch comes whole while the input is open; how long to wait for that is
 * known from the first batch, which is asked with an end.
 */
export interface CommandStyle {
  /** How long the input of the next batch stays open without a reply; null: it is ended at once. */
  endAfterMs(timeoutMs: number): number | null;
  learn(attempt: Pick<Attempted, 'replies'> & { readonly waited: boolean; readonly ms: number }): void;
}

const LEAST_WAIT_MS = 1_000;
const MOST_WAIT_MS = 5_000;
/** Times the whole first batch, with its start. */
const MARGIN = 3;
/** One that was kept and then had to be ended so often answers in chunks, and is better started for each batch. */
const MOST_WAITS = 3;

export const commandStyle = (): CommandStyle => {
  let style: 'unknown' | 'stays' | 'ends' = 'unknown';
  let waitMs: number | null = null;
  let waits = 0;
  return {
    endAfterMs: (timeoutMs) => {
      if (style === 'ends' || waitMs === null) return null;
      // It has shown that it answers with an open input: a slow call is not hurried.
      return style === 'stays' ? Math.max(waitMs, timeoutMs / 2) : waitMs;
    },
    learn: ({ replies, waited, ms }) => {
      // A batch with a fault says nothing.
      if (style === 'ends' || replies.includes(null)) return;
      if (waitMs === null) waitMs = Math.min(MOST_WAIT_MS, Math.max(LEAST_WAIT_MS, MARGIN * ms));
      else if (style === 'unknown') style = waited ? 'ends' : 'stays';
      else if (waited) {
        waits += 1;
        if (waits >= MOST_WAITS) style = 'ends';
      }
    },
  };
};
