import type { Concurrency } from '../policy/concurrency.ts';
import type { Rollout } from '../record/rollout.ts';
import { showProgress } from '../report/progress.ts';
import type { RunReader } from '../store/run-store.ts';
import type { Io } from './io.ts';

export interface Watch extends Disposable {
  readonly onRollout: (rollout: Rollout) => void;
}

interface Count {
  done: number;
  faults: number;
}

export interface WatchOptions {
  readonly planned: ReadonlyMap<string, number>;
  readonly concurrency: Concurrency;
  readonly maxUsd: number | null;
  /** Before this process began. */
  readonly spentUsd: number;
  readonly quiet: boolean;
}

/** Shows how a run goes, from what is in it already and from each rollout that comes in. */
export const watchProgress = async (io: Io, store: RunReader, options: WatchOptions): Promise<Watch> => {
  const { planned, concurrency, maxUsd, quiet } = options;
  const counts = new Map<string, Count>([...planned.keys()].map((name) => [name, { done: 0, faults: 0 }]));
  let resumed = 0;
  for await (const { environment, stop } of store.entries()) {
    const count = counts.get(environment);
    // A faulted rollout is done again, so it is not done yet.
    if (count === undefined || stop === 'fault') continue;
    count.done++;
    resumed++;
  }
  let inputTokens = 0;
  let outputTokens = 0;
  let usd: number | null = options.spentUsd;
  const progress = showProgress({
    stream: io.errStream,
    clock: io.clock,
    mode: quiet ? 'silent' : io.errIsTerminal ? 'live' : 'lines',
  });
  const draw = (): void => {
    progress.update({
      environments: [...planned].map(([name, total]) => ({
        name,
        total,
        ...(counts.get(name) ?? { done: 0, faults: 0 }),
      })),
      resumed,
      inputTokens,
      outputTokens,
      usd,
      maxUsd,
      concurrency: concurrency.active,
    });
  };
  draw();
  return {
    onRollout: (rollout) => {
      const count = counts.get(rollout.task.environment);
      if (count !== undefined) {
        count.done++;
        if (rollout.stop === 'fault') count.faults++;
      }
      inputTokens += rollout.usage.inputTokens;
      outputTokens += rollout.usage.outputTokens;
      usd = usd === null || rollout.usage.usd === null ? null : usd + rollout.usage.usd;
      draw();
    },
    [Symbol.dispose]: () => progress.stop(),
  };
};
