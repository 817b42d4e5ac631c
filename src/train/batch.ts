import type { Rollout } from '../record/rollout.ts';
import type { LeftOut, Reward, RewardRule } from './rewards.ts';
import { checkChannels, type ScoredRollout } from './scored.ts';
import { type Clearance, notCleared } from './trainable.ts';

/** A rollout with the reward that training gives it. */
export interface Item {
  readonly rollout: Rollout;
  readonly reward: number;
  /** The binary part of the reward was earned. */
  readonly paid: boolean;
}

export interface Batch {
  /** The samples of one prompt together, in the order of their ids. No group is empty. */
  readonly groups: readonly (readonly Item[])[];
  readonly items: readonly Item[];
  /** How many rollouts were not taken, and why. */
  readonly leftOut: Readonly<Record<LeftOut, number>>;
}

/**
 * Gives each rollout its reward and puts the samples of one prompt together. A rollout whose task was not cleared for
 * training is refused here once more, wherever it came from (`not-trainable`).
 */
export const makeBatch = (scored: readonly ScoredRollout[], rule: RewardRule, clearance: Clearance): Batch => {
  const groups = new Map<string, Item[]>();
  const leftOut: Record<LeftOut, number> = {
    fault: 0,
    'proxy-unscored': 0,
    'oversight-unscored': 0,
    'truth-unscored': 0,
    'monitor-unscored': 0,
    screened: 0,
  };
  for (const one of scored) {
    const { rollout } = one;
    checkChannels(one);
    const why = clearance(rollout.task);
    if (why !== null) throw notCleared(why, rollout.id);
    const reward: Reward = rollout.stop === 'fault' ? { kind: 'left-out', why: 'fault' } : rule(one);
    if (reward.kind === 'left-out') {
      leftOut[reward.why]++;
      continue;
    }
    const group = groups.get(rollout.task.id) ?? [];
    group.push({ rollout, reward: reward.value, paid: reward.paid });
    groups.set(rollout.task.id, group);
  }
  const inOrder = [...groups.values()];
  return { groups: inOrder, items: inOrder.flat(), leftOut };
};
