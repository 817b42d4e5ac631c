import { createLogUpdate } from 'log-update';
import type { Clock } from '../base/clock.ts';
import { type ProgressCounts, progressLine, renderProgress } from './progress-text.ts';

/** `live`: redrawn in place on a terminal. `lines`: one plain line now and then, for logs. `silent`: nothing. */
export type ProgressMode = 'live' | 'lines' | 'silent';

/** What the display needs of stderr. */
export interface ProgressStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface ProgressOptions {
  /** Standard error, as a rule: standard output belongs to results. */
  readonly stream: ProgressStream;
  readonly clock: Clock;
  /** Default: `live` where the stream is a terminal, else `lines`. */
  readonly mode?: ProgressMode;
  /** Least time between two drawings. Default 100 ms live, 5000 ms in lines. */
  readonly everyMs?: number;
}

export interface Display<T> extends Disposable {
  /** Cheap: draws at most every `everyMs`. */
  update(counts: T): void;
  /** Draws the last state once more, gives the cursor back, and draws nothing after. */
  stop(): void;
}

export type Progress = Display<ProgressCounts>;

/** How a state is written: as lines of at most some columns, and as one plain line. */
export interface Rendering<T> {
  readonly live: (state: T & { readonly elapsedMs: number }, columns: number) => string;
  readonly line: (state: T & { readonly elapsedMs: number }) => string;
}

interface Painter<T> {
  paint(state: T & { readonly elapsedMs: number }): void;
  end(): void;
}

const FALLBACK_COLUMNS = 80;

const painterOf = <T>(mode: ProgressMode, stream: ProgressStream, { live, line }: Rendering<T>): Painter<T> => {
  if (mode === 'silent') return { paint: () => {}, end: () => {} };
  if (mode === 'lines') return { paint: (state) => stream.write(`${line(state)}\n`), end: () => {} };
  const draw = createLogUpdate(stream, { defaultWidth: FALLBACK_COLUMNS });
  return {
    paint: (state) => draw(live(state, stream.columns ?? FALLBACK_COLUMNS)),
    end: () => draw.done(),
  };
};

/**
 * Shows how a run goes. A live display is redrawn on its own as well, so that the time moves while a slow provider
 * thinks. Use it with `using`, so that the cursor comes back and the process can end whatever happens.
 */
export const showProgress = (options: ProgressOptions): Progress =>
  showState(options, { live: renderProgress, line: progressLine });

/** The same for a state of any kind. */
export const showState = <T extends object>(
  { stream, clock, ...rest }: ProgressOptions,
  rendering: Rendering<T>,
): Display<T> => {
  const mode = rest.mode ?? (stream.isTTY === true ? 'live' : 'lines');
  const everyMs = rest.everyMs ?? (mode === 'live' ? 100 : 5000);
  const painter = painterOf(mode, stream, rendering);
  const startMs = clock.nowMs();
  const ticking = new AbortController();
  let latest: T | null = null;
  let drawnMs = Number.NEGATIVE_INFINITY;
  let isStale = false;

  const paint = (): void => {
    if (latest === null || ticking.signal.aborted) return;
    drawnMs = clock.nowMs();
    isStale = false;
    painter.paint({ ...latest, elapsedMs: drawnMs - startMs });
  };
  const tick = async (): Promise<void> => {
    while (!ticking.signal.aborted) {
      await clock.sleep(mode === 'live' ? Math.max(1000, everyMs) : everyMs, ticking.signal);
      if (mode === 'live' || isStale) paint();
    }
  };
  if (mode !== 'silent') {
    tick().catch((thrown: unknown) => {
      // Only the abort of stop() ends the wait; anything else is a bug and must not be lost.
      if (!ticking.signal.aborted) throw thrown;
    });
  }
  const stop = (): void => {
    if (ticking.signal.aborted) return;
    if (mode === 'live' || isStale) paint();
    ticking.abort();
    painter.end();
  };
  return {
    update: (counts) => {
      latest = counts;
      isStale = true;
      if (clock.nowMs() - drawnMs >= everyMs) paint();
    },
    stop,
    [Symbol.dispose]: stop,
  };
};
