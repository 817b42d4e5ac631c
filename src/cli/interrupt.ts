/**
 * Graceful stop. The first Ctrl-C drains: what runs is finished, nothing new starts. The second aborts what runs. Both
 * leave a run that can be resumed. A third, when even aborting hangs, ends the process.
 */
export interface Interrupt extends Disposable {
  readonly drain: AbortSignal;
  readonly abort: AbortSignal;
}

const SAME_KEY_MS = 300;

export const interruptible = (say: (message: string) => void): Interrupt => {
  const drain = new AbortController();
  const abort = new AbortController();
  let lastMs = Number.NEGATIVE_INFINITY;
  const onSignal = (): void => {
    // A launcher passes on what a terminal has sent to both: one key, two signals.
    const nowMs = performance.now();
    if (nowMs - lastMs < SAME_KEY_MS) return;
    lastMs = nowMs;
    if (!drain.signal.aborted) {
      drain.abort(new Error('stopped by Ctrl-C'));
      say('Stopping: finishing what runs. Press Ctrl-C again to stop at once. The run can be resumed.');
    } else if (!abort.signal.aborted) {
      abort.abort(new Error('stopped at once by Ctrl-C'));
      say('Stopping at once. The run can be resumed.');
    } else process.exit(3);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  process.on('SIGHUP', onSignal);
  return {
    drain: drain.signal,
    abort: abort.signal,
    [Symbol.dispose]: () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
      process.off('SIGHUP', onSignal);
    },
  };
};

/**
 * For a process that another one started with a channel to it, as a sweep does: aborted when that one ends, however it
 * ends. Nothing is left running that nobody waits for. Never aborted where there is no such channel.
 */
export const whenOrphaned = (): Disposable & { readonly signal: AbortSignal } => {
  const orphaned = new AbortController();
  const onGone = (): void => orphaned.abort(new Error('the process that started this one has ended'));
  // Listening keeps a channel open, and with it the process, until it is given back.
  if (process.connected) process.once('disconnect', onGone);
  // There was one, and it ended while this process was still being loaded.
  else if (process.send !== undefined) onGone();
  return { signal: orphaned.signal, [Symbol.dispose]: () => process.off('disconnect', onGone) };
};
