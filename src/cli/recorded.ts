import type { Rollout } from '../record/rollout.ts';
import { readRun } from '../store/run-directory.ts';

/** All rollouts of a run, for a replay. */
export const recordedRollouts = async (dir: string): Promise<readonly Rollout[]> => {
  await using run = await readRun(dir);
  const rollouts: Rollout[] = [];
  for await (const rollout of run.rollouts()) rollouts.push(rollout);
  return rollouts;
};
