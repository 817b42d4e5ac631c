import type { Rollout } from '../record/rollout.ts';
import { showProgress } from '../report/progress.ts';
import type { RunReader } from '../store/run-store.ts';
import type { Io } from './io.ts';
import type { Meter } from './meter.ts';

/** Rollouts by environment. */
export type Tally = ReadonlyMap<string, number>;

export interface Watch extends Disposable {
  /** One more of this environment is done. */
  readonly onDone: (environment: string, isFault?: boolean) => void;
}

export interface WatchOptions {
  readonly planned: Tally;
  /** Before this process began. */
  readonly done: Tally;
  /** Rollouts under way at this moment. */
  readonly concurrency: { readonly active: number };
  readonly maxUsd: number | null;
  readonly meter: Meter;
  readonly quiet: boolean;
}

/** What is in a run and need not be done again: a rollout that ended in a fault is. */
export const recordedIn = async (store: RunReader): Promise<Tally> => {
  const done = new Map<string, number>();
  for await (const { environment, stop } of store.entries())
    if (stop !== 'fault') done.set(environment, (done.get(environment) ?? 0) + 1);
  return done;
};

/** Shows how a run goes: on a terminal in place, elsewhere as a line now and then. */
export const watchProgress = (io: Io, options: WatchOptions): Watch => {
  const { planned, done, concurrency, maxUsd, meter, quiet } = options;
  const counts = new Map(
    [...planned].map(([name, total]) => [name, { name, total, done: done.get(name) ?? 0, faults: 0 }]),
  );
  const resumed = [...counts.values()].reduce((sum, count) => sum + count.done, 0);
  const progress = showProgress({
    stream: io.errStream,
    clock: io.clock,
    mode: quiet ? 'silent' : io.errIsTerminal ? 'live' : 'lines',
  });
  const draw = (): void => {
    const environments = [...counts.values()].map((count) => ({ ...count }));
    progress.update({ environments, resumed, ...meter.used, maxUsd, concurrency: concurrency.active });
  };
  meter.onPaid = draw;
  draw();
  return {
    onDone: (environment, isFault = false) => {
      const count = counts.get(environment);
      if (count !== undefined) {
        count.done++;
        if (isFault) count.faults++;
      }
      draw();
    },
    [Symbol.dispose]: () => progress.stop(),
  };
};

/** For an evaluation, which tells of each rollout that it has played. */
export const onRollout =
  ({ onDone }: Watch) =>
  ({ task, stop }: Rollout): void =>
    onDone(task.environment, stop === 'fault');
