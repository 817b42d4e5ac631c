/**
 * Graceful stop. The first Ctrl-C drains: what runs is finished, nothing new starts. The second aborts what runs. Both
 * leave a run that can be resumed. A third, when even aborting hangs, ends the process.
 */
export interface Interrupt extends Disposable {
  readonly drain: AbortSignal;
  readonly abort: AbortSignal;
}

export const interruptible = (say: (message: string) => void): Interrupt => {
  const drain = new AbortController();
  const abort = new AbortController();
  const onSignal = (): void => {
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
  return {
    drain: drain.signal,
    abort: abort.signal,
    [Symbol.dispose]: () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
};
