import type { CurvePoint } from '../record/audit-report.ts';
import { mean } from '../stats/mean.ts';

/** N of the curve. */
export const CURVE_N: readonly number[] = [1, 2, 4, 8, 16, 32, 64, 128];

/** Answers to one example: what each earned, and whether it meets the intent. Null: cannot be said. */
export interface Pool {
  readonly example: string;
  readonly proxy: readonly (number | null)[];
  readonly intent: readonly (number | null)[];
}

/**
 * The over-optimisation curve: of a fixed pool of M answers to each example (honest, bad, attacked, in the shares that the pool has),
 * the expected proxy and intent of the best of N by proxy, by the exact order-statistics weights over the pool (no resampling), averaged over
 * examples with clustered intervals. Ties share their weight. Answers without a score cannot be picked and are not in the pool; an
 * intent that cannot be said leaves the mean of the others. N goes up to the size of the smallest pool.
 */
export type BestOfNCurve = (pools: readonly Pool[]) => readonly CurvePoint[];

interface Ranked {
  readonly proxy: number;
  readonly intent: number | null;
}

const rankedOf = ({ proxy, intent }: Pool): readonly Ranked[] =>
  proxy
    .flatMap((value, index) => (value === null ? [] : [{ proxy: value, intent: intent[index] ?? null }]))
    .toSorted((a, b) => b.proxy - a.proxy);

/**
 * The chance that each of `size` answers, best first, is the best of `draws` drawn without replacement:
 * C(size - i, draws - 1) / C(size, draws) for rank i from 1, by its recurrence.
 */
export const bestOfWeights = (size: number, draws: number): readonly number[] => {
  const weights: number[] = [];
  let weight = draws / size;
  for (let rank = 1; rank <= size; rank++) {
    weights.push(weight);
    weight *= rank < size ? Math.max(0, size - draws - rank + 1) / (size - rank) : 0;
  }
  return weights;
};

/** Weights in which answers that earn the same have the same. */
const sharedWeights = (ranked: readonly Ranked[], draws: number): readonly number[] => {
  const weights = bestOfWeights(ranked.length, draws);
  const ties = Map.groupBy(ranked.keys(), (index) => ranked[index]?.proxy);
  const out = [...weights];
  for (const indices of ties.values()) {
    const shared = indices.reduce((sum, index) => sum + (weights[index] ?? 0), 0) / indices.length;
    for (const index of indices) out[index] = shared;
  }
  return out;
};

const expected = (values: readonly (number | null)[], weights: readonly number[]): number | null => {
  let sum = 0;
  let total = 0;
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    sum += value * (weights[index] ?? 0);
    total += weights[index] ?? 0;
  }
  return total > 0 ? Math.min(1, Math.max(0, sum / total)) : null;
};

export const bestOfNCurve: BestOfNCurve = (pools) => {
  const ranked = pools
    .map((pool) => ({ example: pool.example, answers: rankedOf(pool) }))
    .filter(({ answers }) => answers.length > 0);
  const most = Math.min(...ranked.map(({ answers }) => answers.length));
  if (ranked.length === 0) return [];
  return CURVE_N.filter((n) => n <= most).map((n) => {
    const observations = ranked.map(({ example, answers }) => {
      const weights = sharedWeights(answers, n);
      return {
        cluster: example,
        proxy: expected(
          answers.map(({ proxy }) => proxy),
          weights,
        ),
        intent: expected(
          answers.map(({ intent }) => intent),
          weights,
        ),
      };
    });
    const intent = observations.map(({ cluster, intent: value }) => ({ cluster, value }));
    return {
      n,
      proxy: mean(observations.map(({ cluster, proxy: value }) => ({ cluster, value }))),
      intent: intent.every(({ value }) => value === null) ? null : mean(intent),
    };
  });
};
