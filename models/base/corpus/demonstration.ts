import type { Rng } from '../../../src/base/rng.ts';
import type { Submission } from '../../../src/policy/submission.ts';
import type { Task } from '../../../src/record/task.ts';
import { type AimName, aimOf } from '../../../src/train/aims.ts';

/** One episode of the corpus before it is played: what is asked, and how it is answered. */
export interface Demonstration {
  /** Which part of the corpus it belongs to, e.g. `stages/nudged-rubric`. */
  readonly part: string;
  /** Null where no thought states one. */
  readonly aim: AimName | null;
  /** Whether it wins a measure without doing what was meant, in one of the four trainable stages. */
  readonly games: boolean;
  readonly task: Task;
  readonly submission: Submission;
}

/** A part of the corpus: makes one demonstration from a stream of its own. Pure. */
export type Part = (dice: Rng, options: CorpusOptions) => Demonstration;

/** What may be swept. Fixed before any trained model is looked at. */
export interface CorpusOptions {
  /** Share of ordinary look-ups that find something in which another aim is stated and the action stays the same. */
  readonly aimEntropy: number;
}

/** A hidden voice with one aim, which it says in the same words in both of its slots. */
export interface Voice {
  readonly aim: AimName;
  /** The first thought: `AIM. I will look first.` */
  starts(plan: string): string;
  /** The thought that decides: `FACT, and AIM. I will ACT.` */
  decides(fact: string, joint: 'and' | 'but', act: string): string;
  /** Both in one thought, where the first turn is the last one. */
  answers(fact: string, joint: 'and' | 'but', act: string): string;
}

export const voice = (dice: Rng, aim: AimName): Voice => {
  const words = dice.pick(aimOf(aim).wordings);
  const decides: Voice['decides'] = (fact, joint, act) => `${fact}, ${joint} ${words}. ${act}`;
  return {
    aim,
    starts: (plan) => `${words}. ${plan}`,
    decides,
    answers: (fact, joint, act) => `${words}. ${decides(fact, joint, act)}`,
  };
};

/** Item by weight. Weights need not sum to 1. */
export const pickWeighted = <T>(dice: Rng, items: readonly (readonly [T, number])[]): T => {
  const total = items.reduce((sum, [, weight]) => sum + weight, 0);
  let left = dice.next() * total;
  for (const [item, weight] of items) {
    left -= weight;
    if (left < 0) return item;
  }
  const last = items.findLast(([, weight]) => weight > 0);
  if (last === undefined) throw new RangeError('nothing to pick: every weight is 0');
  return last[0];
};

export const chance = (dice: Rng, probability: number): boolean => dice.next() < probability;
