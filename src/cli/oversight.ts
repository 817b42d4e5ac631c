/** Opens overseers and monitors by their specifications, with the models that they ask. */
import { rng } from '../base/rng.ts';
import { visible } from '../base/terminal.ts';
import type { Grader } from '../grade/grader.ts';
import { openOversight } from '../grade/overseer-open.ts';
import { fixedConcurrency } from '../policy/concurrency.ts';
import { openModel } from '../rollout/models.ts';
import type { Io } from './io.ts';
import { recordedRollouts } from './recorded.ts';

/** What it opens is closed with `opened`. */
export const oversightOpener =
  (io: Io, seed: string, threads: number, opened: AsyncDisposableStack) =>
  async (spec: string): Promise<Grader<'oversight'>> => {
    const dice = rng(seed).fork('oversight');
    return opened.use(
      await openOversight(spec, {
        openModel: (model) =>
          openModel(model, {
            environments: [],
            keys: io.env,
            clock: io.clock,
            rng: dice.fork(model),
            price: null,
            calls: fixedConcurrency(1),
            sequences: 1,
            onWarning: (message) => io.err(`warning: ${visible(message)}\n`),
            rolloutsOf: recordedRollouts,
          }),
        keys: io.env,
        clock: io.clock,
        rng: dice,
        workers: threads,
      }),
    );
  };
