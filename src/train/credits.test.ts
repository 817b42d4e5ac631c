/** Every credit that an algorithm hands to a trainer is the derivative of the loss as it is written down. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Credit, TokenScores } from '../engine/trainer/trainer.ts';
import { type Advised, type ClippedWeights, clippedLoss } from './clipped-policy.ts';
import { supervisedCredits, supervisedLoss } from './supervise.ts';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true, noDefaultInfinity: true });
const row = (length: number, min: number, max: number) =>
  fc.array(number(min, max), { minLength: length, maxLength: length });

/** A sequence of T tokens of which some are the policy's own, and what the model says of it now. */
const sequence = fc
  .integer({ min: 2, max: 6 })
  .chain((length) =>
    fc.record({
      mask: fc.array(fc.constantFrom(0, 1), { minLength: length - 1, maxLength: length - 1 }),
      sampledAt: row(length - 1, -4, -0.1),
      reference: row(length - 1, -4, -0.1),
      advantages: row(length - 1, -2, 2),
      oldValues: row(length - 1, -1, 1),
      targets: row(length - 1, -1, 1),
      now: row(length - 1, -4, -0.1),
      entropies: row(length - 1, 0, 3),
      values: row(length, -1, 1),
    }),
  )
  .map((given) => {
    const mask = Uint8Array.from([...given.mask.slice(0, -1), 1]);
    const advised: Advised = {
      transcript: {
        ids: Int32Array.from({ length: mask.length + 1 }, (_, i) => i),
        mask,
        logprobs: Float32Array.from(given.sampledAt),
        trained: mask.reduce((sum, on) => sum + on, 0),
      },
      referenceLogprobs: Float32Array.from(given.reference),
      advantages: given.advantages,
      values: { old: given.oldValues, target: given.targets },
    };
    return { advised, now: given.now, entropies: given.entropies, values: given.values };
  });
const sequences = fc.array(sequence, { minLength: 1, maxLength: 3 });

type Said = { now: number[]; entropies: number[]; values: number[] };

/** In double precision where the loss only reads; the trainer's own type is float32. */
const scoresOf = (said: readonly Said[]): TokenScores[] =>
  said.map(({ now, entropies, values }) => ({
    logprobs: now as unknown as Float32Array,
    entropies: entropies as unknown as Float32Array,
    values: values as unknown as Float32Array,
  }));

const STEP = 1e-6;

/** The derivative of `loss` by one number that the model says. */
const slope = (
  said: readonly Said[],
  at: number,
  key: keyof Said,
  t: number,
  loss: (scores: TokenScores[]) => number,
) => {
  const moved = (by: number): number =>
    loss(
      scoresOf(
        said.map((one, i) => (i === at ? { ...one, [key]: one[key].map((x, j) => (j === t ? x + by : x)) } : one)),
      ),
    );
  return (moved(STEP) - moved(-STEP)) / (2 * STEP);
};

const checkAll = (said: readonly Said[], credits: readonly Credit[], loss: (scores: TokenScores[]) => number): void => {
  for (const [i, credit] of credits.entries()) {
    const rows = [
      ['now', credit.logprobs],
      ['entropies', credit.entropies ?? new Float32Array(credit.logprobs.length)],
      ['values', credit.values ?? new Float32Array(credit.ids.length)],
    ] as const;
    for (const [key, row] of rows) {
      for (const [t, given] of row.entries()) {
        const wanted = slope(said, i, key, t, loss);
        expect(Math.abs(given - wanted), `${key} ${i} ${t}`).toBeLessThan(2e-4 * (1 + Math.abs(wanted)));
      }
    }
  }
};

test('supervised: cross-entropy over the policy’s own tokens, with and without the pull to the base', () => {
  fc.assert(
    fc.property(sequences, fc.constantFrom(0, 0.3), (given, klWeight) => {
      const experiences = given.map(({ advised }) => advised);
      const credits = supervisedCredits(experiences, scoresOf(given), klWeight);
      checkAll(given, credits, (scores) => supervisedLoss(experiences, scores, klWeight));
    }),
  );
});

describe('PPO and GRPO', () => {
  const weights: ClippedWeights = {
    clip: { low: 0.2, high: 0.3 },
    policy: 1,
    value: 0.5,
    valueClip: 0.4,
    entropy: 0.1,
    kl: 0.05,
  };

  /** Places where a clip begins or ends have no derivative. */
  const isSmooth = ({ advised, now, values }: { advised: Advised } & Said): boolean =>
    now.every((lp, t) => {
      const ratio = Math.exp(lp - (advised.transcript.logprobs[t] ?? 0));
      const far = (values[t] ?? 0) - (advised.values?.old[t] ?? 0);
      const target = advised.values?.target[t] ?? 0;
      const held = (advised.values?.old[t] ?? 0) + Math.max(-0.4, Math.min(0.4, far));
      const errors = Math.abs(Math.abs((values[t] ?? 0) - target) - Math.abs(held - target));
      return (
        Math.min(...[0.8, 1.3, 3].map((kink) => Math.abs(ratio - kink)), Math.abs(Math.abs(far) - 0.4)) > 1e-3 &&
        (Math.abs(far) < 0.4 || errors > 1e-3)
      );
    });

  test.each<[string, Partial<ClippedWeights>]>([
    ['everything at once', {}],
    ['the value head alone', { policy: 0, entropy: 0, kl: 0 }],
    ['the policy alone', { value: 0, entropy: 0, kl: 0 }],
  ])('%s', (_, change) => {
    fc.assert(
      fc.property(sequences, (given) => {
        fc.pre(given.every(isSmooth));
        const used = { ...weights, ...change };
        const all = given.map(({ advised }) => advised);
        const { loss, credits } = clippedLoss(all, scoresOf(given), used);
        expect(loss).toBeCloseTo(writtenDown(given, used), 6);
        checkAll(given, credits, (scores) => clippedLoss(all, scores, used).loss);
      }),
    );
  });

  /** The loss once more, as the papers have it. */
  const writtenDown = (given: readonly ({ advised: Advised } & Said)[], used: ClippedWeights): number => {
    let [sum, n] = [0, 0];
    for (const { advised, now, entropies, values } of given) {
      for (const [t, on] of advised.transcript.mask.entries()) {
        if (on === 0) continue;
        n++;
        const [lp, v, a] = [now[t] ?? 0, values[t] ?? 0, advised.advantages[t] ?? 0];
        const ratio = Math.exp(lp - (advised.transcript.logprobs[t] ?? 0));
        const old = advised.values?.old[t] ?? 0;
        const target = advised.values?.target[t] ?? 0;
        const held = old + Math.max(-used.valueClip, Math.min(used.valueClip, v - old));
        const smaller = Math.min(ratio * a, Math.max(0.8, Math.min(1.3, ratio)) * a);
        const policy = -(a < 0 ? Math.max(smaller, 3 * a) : smaller);
        const value = 0.5 * Math.max((v - target) ** 2, (held - target) ** 2);
        const distance = 0.5 * (lp - (advised.referenceLogprobs[t] ?? 0)) ** 2;
        sum += used.policy * policy + used.value * value + used.kl * distance - used.entropy * (entropies[t] ?? 0);
      }
    }
    return sum / n;
  };

  test('a masked token has no credit at all', () => {
    fc.assert(
      fc.property(sequences, (given) => {
        const all = given.map(({ advised }) => advised);
        for (const [i, credit] of clippedLoss(all, scoresOf(given), weights).credits.entries()) {
          for (const [t, on] of (all[i]?.transcript.mask ?? []).entries()) {
            if (on === 0) expect([credit.logprobs[t], credit.entropies?.[t], credit.values?.[t]]).toEqual([0, 0, 0]);
          }
        }
      }),
    );
  });
});
