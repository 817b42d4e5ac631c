import type { SubterfugeError } from '../base/errors.ts';
import type { Environment } from '../env/environment.ts';
import { playAndGrade } from '../evaluate/evaluate.ts';
import { plannedRollouts } from '../evaluate/plan.ts';
import type { Model } from '../policy/policy.ts';
import type { Rollout, Usage } from '../record/rollout.ts';
import type { EvalPlan } from '../record/run.ts';
import { openOrCreateRun } from '../store/open-or-create.ts';
import type { RunDirectory } from '../store/run-directory.ts';
import type { TrainSetup } from './setup.ts';
import type { TokenCounts } from './training-record.ts';

export interface PlayedRun extends AsyncDisposable {
  readonly store: RunDirectory;
  /** False where it was stopped before the end. */
  readonly finished: boolean;
  readonly stoppedBy: SubterfugeError | null;
  readonly tokens: Pick<TokenCounts, 'sampled' | 'prompt'>;
}

/** What playing needs of the setup. */
export type PlaySetup = Pick<
  TrainSetup,
  'sandboxes' | 'context' | 'clock' | 'concurrency' | 'drain' | 'abort' | 'versions'
>;

/**
 * Plays and grades everything of a plan into an ordinary run directory, or what is still missing there. The caller
 * closes it.
 */
export const playRun = async (
  setup: PlaySetup,
  dir: string,
  plan: EvalPlan,
  environments: readonly Environment[],
  model: Model,
  onProgress: (done: number, total: number) => void,
): Promise<PlayedRun> => {
  const { clock, versions } = setup;
  const store = await openOrCreateRun(dir, { id: plan.model.replace(':', '/'), plan, versions }, { clock });
  try {
    const total = [...plannedRollouts(plan, environments).values()].reduce((sum, count) => sum + count, 0);
    const usages = new Map<string, Usage>();
    for await (const rollout of store.rollouts()) note(usages, rollout);
    onProgress(usages.size, total);
    const { finished, stoppedBy } = await playAndGrade({
      ...setup,
      store,
      model,
      environments,
      concurrency: setup.concurrency(model),
      onRollout: (rollout) => {
        note(usages, rollout);
        onProgress(usages.size, total);
      },
    });
    return {
      store,
      finished,
      stoppedBy,
      tokens: tokensOf(usages.values()),
      [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
    };
  } catch (thrown) {
    await store[Symbol.asyncDispose]();
    throw thrown;
  }
};

const note = (usages: Map<string, Usage>, rollout: Rollout): void => {
  // One that ended in a fault is played again when the run is resumed.
  if (rollout.stop !== 'fault') usages.set(rollout.id, rollout.usage);
};

const tokensOf = (usages: Iterable<Usage>): Pick<TokenCounts, 'sampled' | 'prompt'> => {
  let [sampled, prompt] = [0, 0];
  for (const { inputTokens, outputTokens } of usages) {
    sampled += outputTokens;
    prompt += inputTokens;
  }
  return { sampled, prompt };
};
