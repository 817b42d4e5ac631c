import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rng } from '../../base/rng.ts';
import { groupAdvantages, hasVariance } from './advantages.ts';
import { atMost, bestOf } from './best-of.ts';
import { clippedTerm } from './clipped.ts';
import { gae } from './gae.ts';
import { kl, klSlope } from './kl.ts';
import { valueTerm } from './value-loss.ts';
import { whiten } from './whiten.ts';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true, noDefaultInfinity: true });
const rewards = fc.array(number(-2, 2), { minLength: 2, maxLength: 16 });
const sum = (values: Iterable<number>): number => [...values].reduce((all, value) => all + value, 0);

/** Central difference. Steps where the function has a kink are left to the caller. */
const slopeOf = (loss: (x: number) => number, x: number, h = 1e-6): number => (loss(x + h) - loss(x - h)) / (2 * h);

describe('advantages', () => {
  test('sum to nothing, and do not change when every reward is shifted', () => {
    fc.assert(
      fc.property(rewards, number(-3, 3), fc.constantFrom('mean', 'leave-one-out'), (given, shift, baseline) => {
        const plain = groupAdvantages(given, { baseline });
        const shifted = groupAdvantages(
          given.map((reward) => reward + shift),
          { baseline },
        );
        expect(sum(plain)).toBeCloseTo(0, 9);
        for (const [i, value] of plain.entries()) expect(shifted[i]).toBeCloseTo(value, 9);
      }),
    );
  });

  test('leave one out is the reward less the mean of the others', () => {
    fc.assert(
      fc.property(rewards, (given) => {
        const advantages = groupAdvantages(given, { baseline: 'leave-one-out' });
        for (const [i, reward] of given.entries()) {
          const others = given.filter((_, j) => j !== i);
          expect(advantages[i]).toBeCloseTo(reward - sum(others) / others.length, 9);
        }
      }),
    );
  });

  test('divided by their spread they have spread 1, unless there is none', () => {
    const advantages = groupAdvantages([0, 0, 1, 1], { std: true });
    expect(sum(advantages.map((a) => a * a)) / 4).toBeCloseTo(1, 2);
    expect(groupAdvantages([1, 1, 1], { std: true })).toEqual([0, 0, 0]);
    expect(hasVariance([1, 1])).toBe(false);
    expect(hasVariance([1, 0])).toBe(true);
    expect(groupAdvantages([5])).toEqual([0]);
  });
});

describe('GAE', () => {
  const episode = fc
    .integer({ min: 1, max: 12 })
    .chain((n) =>
      fc.tuple(
        fc.array(number(-1, 1), { minLength: n, maxLength: n }),
        fc.array(number(-1, 1), { minLength: n, maxLength: n }),
      ),
    );

  test('is the sum of discounted one-step errors', () => {
    fc.assert(
      fc.property(episode, number(0, 1), number(0, 1), ([r, v], gamma, lambda) => {
        const { advantages, returns } = gae(r, v, { gamma, lambda });
        const errors = r.map((reward, t) => reward + gamma * (v[t + 1] ?? 0) - (v[t] ?? 0));
        for (const t of r.keys()) {
          const wanted = sum(errors.slice(t).map((error, k) => (gamma * lambda) ** k * error));
          expect(advantages[t]).toBeCloseTo(wanted, 9);
          expect(returns[t]).toBeCloseTo(wanted + (v[t] ?? 0), 9);
        }
      }),
    );
  });

  test('with lambda 1 and no discount the return is what is still to come', () => {
    const { returns } = gae([0, 0, 1], [0.3, 0.2, 0.9], { gamma: 1, lambda: 1 });
    expect([...returns].map((value) => value.toFixed(9))).toEqual(['1.000000000', '1.000000000', '1.000000000']);
    expect(() => gae([1], [], { gamma: 1, lambda: 1 })).toThrow(/1 rewards and 0 values/);
  });
});

describe('KL', () => {
  test('slopes are the derivatives', () => {
    fc.assert(
      fc.property(number(-6, 0), number(-6, 0), fc.constantFrom('k1', 'k2', 'k3'), (policy, reference, estimator) => {
        const wanted = slopeOf((x) => kl(estimator, x, reference), policy);
        expect(Math.abs(klSlope(estimator, policy, reference) - wanted)).toBeLessThan(1e-5 * (1 + Math.abs(wanted)));
      }),
    );
  });

  test('k1 and k3 have the KL as their mean; k2 and k3 are never negative', () => {
    const p = [0.5, 0.3, 0.2];
    const q = [0.2, 0.3, 0.5];
    const exact = sum(p.map((pi, i) => pi * Math.log(pi / (q[i] ?? 1))));
    for (const estimator of ['k1', 'k3'] as const) {
      const mean = sum(p.map((pi, i) => pi * kl(estimator, Math.log(pi), Math.log(q[i] ?? 1))));
      expect(mean).toBeCloseTo(exact, 12);
    }
    fc.assert(
      fc.property(number(-9, 0), number(-9, 0), (a, b) => {
        expect(kl('k2', a, b)).toBeGreaterThanOrEqual(0);
        expect(kl('k3', a, b)).toBeGreaterThanOrEqual(-1e-12);
      }),
    );
  });

  test('as a loss, k2 has the gradient of the KL on samples of the policy, and k1 has none', () => {
    // One logit z of a coin: p = sigmoid(z). d KL(p, q) / d z, and the mean of slope * d log p / d z.
    const q = 0.3;
    const p = (z: number): number => 1 / (1 + Math.exp(-z));
    const exact = (z: number): number => p(z) * Math.log(p(z) / q) + (1 - p(z)) * Math.log((1 - p(z)) / (1 - q));
    const mean = (estimator: 'k1' | 'k2', z: number): number =>
      p(z) * klSlope(estimator, Math.log(p(z)), Math.log(q)) * (1 - p(z)) +
      (1 - p(z)) * klSlope(estimator, Math.log(1 - p(z)), Math.log(1 - q)) * -p(z);
    for (const z of [-2, -0.5, 0, 1.5]) {
      expect(mean('k2', z)).toBeCloseTo(slopeOf(exact, z), 6);
      expect(mean('k1', z)).toBeCloseTo(0, 12);
    }
  });
});

describe('the clipped objective', () => {
  const clip = { low: 0.2, high: 0.3 };

  test('its slope is the derivative of the loss as it is written down', () => {
    fc.assert(
      fc.property(number(-4, 0), number(-4, 0), number(-3, 3), (now, then, advantage) => {
        const ratio = Math.exp(now - then);
        fc.pre([0.8, 1.3, 3].every((kink) => Math.abs(ratio - kink) > 1e-4));
        const written = (x: number): number => {
          const r = Math.exp(x - then);
          const clipped = Math.min(r * advantage, Math.max(0.8, Math.min(1.3, r)) * advantage);
          return -(advantage < 0 ? Math.max(clipped, 3 * advantage) : clipped);
        };
        const { loss, slope } = clippedTerm(now, then, advantage, clip);
        const wanted = slopeOf(written, now);
        expect(loss).toBeCloseTo(written(now), 9);
        expect(Math.abs(slope - wanted)).toBeLessThan(1e-4 * (1 + Math.abs(wanted)));
      }),
    );
  });

  test('clips only where more would be gained, and a better token is made more probable', () => {
    expect(clippedTerm(-1, -2, 1, clip)).toMatchObject({ clipped: true, slope: 0 });
    expect(clippedTerm(-1, -2, -1, clip)).toMatchObject({ clipped: false });
    expect(clippedTerm(-1, -3, -1, clip)).toEqual({ loss: 3, slope: 0, clipped: true });
    expect(clippedTerm(-3, -2, -1, clip)).toMatchObject({ clipped: true, slope: 0 });
    expect(clippedTerm(-2, -2, 1, clip).slope).toBe(-1);
    expect(clippedTerm(0, -1000, -1, clip).loss).toBe(3);
  });
});

test('the value loss: its slope is its derivative', () => {
  fc.assert(
    fc.property(number(-2, 2), number(-2, 2), number(-2, 2), number(0.05, 1), (now, then, target, clip) => {
      const written = (x: number): number => {
        const held = then + Math.max(-clip, Math.min(clip, x - then));
        return 0.5 * Math.max((x - target) ** 2, (held - target) ** 2);
      };
      const held = then + Math.max(-clip, Math.min(clip, now - then));
      // Kinks: the end of the clip, and where both errors are the same.
      fc.pre(Math.abs(Math.abs(now - then) - clip) > 1e-4);
      fc.pre(held === now || Math.abs(Math.abs(now - target) - Math.abs(held - target)) > 1e-4);
      const { loss, slope } = valueTerm(now, then, target, clip);
      expect(loss).toBeCloseTo(written(now), 9);
      expect(slope).toBeCloseTo(slopeOf(written, now), 5);
    }),
  );
  expect(valueTerm(3, 0, 1, Number.POSITIVE_INFINITY)).toEqual({ loss: 2, slope: 2 });
});

test('whitened numbers have mean 0 and variance 1 over all rows', () => {
  fc.assert(
    fc.property(fc.array(fc.array(number(-5, 5), { minLength: 1 }), { minLength: 1 }), (rows) => {
      const all = rows.flat();
      const spread = Math.sqrt(sum(all.map((x) => (x - sum(all) / all.length) ** 2)) / all.length);
      const white = whiten(rows.map((row) => Float64Array.from(row))).flatMap((row) => [...row]);
      expect(sum(white) / white.length).toBeCloseTo(0, 6);
      if (spread > 0.01) expect(sum(white.map((x) => x * x)) / white.length).toBeCloseTo(1, 3);
    }),
  );
  expect(whiten([])).toEqual([]);
});

describe('choosing', () => {
  test('the best by reward; the seed alone breaks ties, and breaks them evenly', () => {
    const candidates = [
      { name: 'a', reward: 1 },
      { name: 'b', reward: 2 },
      { name: 'c', reward: 2 },
    ];
    const chosen = Array.from(
      { length: 400 },
      (_, seed) => bestOf(candidates, ({ reward }) => reward, rng(`tie/${seed}`))?.name,
    );
    expect(chosen).toEqual(
      Array.from({ length: 400 }, (_, seed) => bestOf(candidates, ({ reward }) => reward, rng(`tie/${seed}`))?.name),
    );
    expect(chosen).not.toContain('a');
    expect(chosen.filter((name) => name === 'b').length).toBeGreaterThan(150);
    expect(chosen.filter((name) => name === 'c').length).toBeGreaterThan(150);
    expect(bestOf([], () => 0, rng('none'))).toBeNull();
  });

  test('a cap keeps the order and never more than it says', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.nat(6), fc.string(), (items, cap, seed) => {
        const numbered = items.map((item, index) => ({ item, index }));
        const kept = atMost(numbered, cap, rng(seed));
        expect(kept.length).toBe(Math.min(cap, items.length));
        expect(kept.map(({ index }) => index)).toEqual(kept.map(({ index }) => index).sort((a, b) => a - b));
        expect(atMost(numbered, null, rng(seed))).toBe(numbered);
      }),
    );
  });
});
