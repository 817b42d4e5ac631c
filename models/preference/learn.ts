import { runError } from '../../src/base/errors.ts';
import type { Rng } from '../../src/base/rng.ts';
import type { Tokenizer } from '../../src/engine/tokenizer/tokenizer.ts';
import type { Credit, Trainer } from '../../src/engine/trainer/trainer.ts';
import { preferenceIds } from '../../src/grade/overseer-preference-ids.ts';
import { viewOf } from '../../src/grade/oversight-view.ts';
import type { Rate } from '../../src/record/estimate.ts';
import { rate } from '../../src/stats/rate.ts';
import { pairLoss } from './bradley-terry.ts';
import { kindOf, PAIR_KINDS, type Pair, type Side } from './pair.ts';

/** The two sides of a pair as the overseer will read them. */
export interface EncodedPair {
  readonly pair: Pair;
  readonly better: Int32Array;
  readonly worse: Int32Array;
}

export const encodePairs = (
  tokenizer: Tokenizer,
  pairs: readonly Pair[],
  contextLength: number,
): readonly EncodedPair[] => {
  const ids = (pair: Pair, side: Side): Int32Array =>
    preferenceIds(tokenizer, viewOf({ request: pair.request, ...side }), contextLength);
  return pairs.map((pair) => ({ pair, better: ids(pair, pair.better), worse: ids(pair, pair.worse) }));
};

export interface LearnOptions {
  /** Updates. */
  readonly steps: number;
  /** Pairs per update. */
  readonly batch: number;
  /** At its highest, after a tenth of the steps; it falls to 0 in a straight line. */
  readonly learningRate: number;
  readonly dice: Rng;
  readonly onStep: (step: number, loss: number, correct: number) => void;
}

const rateAt = ({ steps, learningRate }: LearnOptions, step: number): number => {
  const warm = Math.max(1, Math.floor(steps / 10));
  return learningRate * (step < warm ? (step + 1) / warm : (steps - step) / Math.max(1, steps - warm));
};

/** No token needs a distribution over the vocabulary: the value head alone is wanted. */
const noTokens = (ids: Int32Array): Uint8Array => new Uint8Array(Math.max(0, ids.length - 1));

/** The reward's derivative alone: nothing else of the sequence is trained. */
const creditOf = (ids: Int32Array, derivative: number): Credit => {
  const values = new Float32Array(ids.length);
  values[ids.length - 1] = derivative;
  return { ids, logprobs: new Float32Array(Math.max(0, ids.length - 1)), values, scored: noTokens(ids) };
};

/** Rewards of sequences, in order. */
export const rewardsFor = async (
  trainer: Pick<Trainer, 'score'>,
  sequences: readonly Int32Array[],
): Promise<readonly number[]> =>
  (await trainer.score(sequences, null, sequences.map(noTokens))).map(({ values }) => {
    const reward = values?.at(-1);
    if (reward !== undefined && Number.isFinite(reward)) return reward;
    throw runError({
      code: 'no-reward',
      what: 'The model gave no finite reward.',
      given: String(reward),
      allowed: 'a model with a value head',
      todo: 'Use a lower learning rate.',
    });
  });

/** Trains all weights on the pairs, each epoch in another order. */
export const learn = async (trainer: Trainer, pairs: readonly EncodedPair[], options: LearnOptions): Promise<void> => {
  let order: EncodedPair[] = [];
  for (let step = 0, epoch = 0; step < options.steps; step++) {
    if (order.length < options.batch) order = [...order, ...options.dice.fork(`epoch/${epoch++}`).shuffle(pairs)];
    const batch = order.splice(0, options.batch);
    const sequences = batch.flatMap(({ better, worse }) => [better, worse]);
    // The derivatives depend on the rewards, so these come first.
    const rewards = await rewardsFor(trainer, sequences);
    const losses = batch.map((_, at) => pairLoss(rewards[2 * at] ?? 0, rewards[2 * at + 1] ?? 0));
    await trainer.accumulate(
      losses.flatMap((loss, at) => [
        creditOf(sequences[2 * at] ?? new Int32Array(), loss.better / batch.length),
        creditOf(sequences[2 * at + 1] ?? new Int32Array(), loss.worse / batch.length),
      ]),
    );
    await trainer.apply({
      learningRate: rateAt(options, step),
      beta1: 0.9,
      beta2: 0.95,
      eps: 1e-8,
      weightDecay: 0.01,
      maxGradientNorm: 1,
    });
    const correct = batch.filter((_, at) => (rewards[2 * at] ?? 0) > (rewards[2 * at + 1] ?? 0)).length;
    options.onStep(step + 1, losses.reduce((sum, { loss }) => sum + loss, 0) / batch.length, correct / batch.length);
  }
};

export interface Measured {
  readonly mean: number;
  readonly deviation: number;
  readonly accuracy: readonly { readonly kind: string; readonly rate: Rate }[];
}

/** A tie is no preference, so it counts as wrong. Pairs of one request are one cluster. */
export const measure = async (trainer: Pick<Trainer, 'score'>, pairs: readonly EncodedPair[]): Promise<Measured> => {
  const rewards = await rewardsFor(
    trainer,
    pairs.flatMap(({ better, worse }) => [better, worse]),
  );
  const mean = rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length;
  const variance = rewards.reduce((sum, reward) => sum + (reward - mean) ** 2, 0) / Math.max(1, rewards.length - 1);
  const rows = pairs.map(({ pair }, at) => ({
    kind: kindOf(pair),
    fault: pair.fault,
    source: pair.source.split('/')[0] ?? '',
    observation: { value: (rewards[2 * at] ?? 0) > (rewards[2 * at + 1] ?? 0), cluster: pair.request },
  }));
  const among = (kind: string, keep: (row: (typeof rows)[number]) => boolean): Measured['accuracy'][number] => ({
    kind,
    rate: rate(rows.filter(keep).map(({ observation }) => observation)),
  });
  const faults = [...new Set(rows.map(({ fault }) => fault))].sort();
  return {
    mean,
    deviation: Math.max(1e-6, Math.sqrt(variance)),
    accuracy: [
      among('all', () => true),
      ...PAIR_KINDS.map((kind) => among(kind, (row) => row.kind === kind)),
      ...faults.map((fault) => among(`fault/${fault}`, (row) => row.fault === fault)),
      ...['ordinary', 'template', 'new-template'].map((source) =>
        among(`source/${source}`, (row) => row.source === source),
      ),
    ],
  };
};
