/** For a command whose work cannot be gone on with: one Ctrl-C ends it in an orderly way, the next one at once. */
const SAME_KEY_MS = 300;

export const stopSignal = (say: (message: string) => void): Disposable & { readonly signal: AbortSignal } => {
  const stop = new AbortController();
  let lastMs = Number.NEGATIVE_INFINITY;
  const onSignal = (): void => {
    // A launcher passes on what a terminal has sent to both: one key, two signals.
    const nowMs = performance.now();
    if (nowMs - lastMs < SAME_KEY_MS) return;
    lastMs = nowMs;
    if (stop.signal.aborted) process.exit(3);
    stop.abort(new Error('stopped by a signal'));
    say('Stopping. Press Ctrl-C again to stop at once.');
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  return {
    signal: stop.signal,
    [Symbol.dispose]: () => {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(name, onSignal);
    },
  };
};
