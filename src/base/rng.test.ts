import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rng } from './rng.ts';

test('the same name gives the same stream, another name another', () => {
  const draw = (seed: string): number[] => {
    const dice = rng(seed);
    return Array.from({ length: 8 }, () => dice.next());
  };
  expect(draw('a')).toEqual(draw('a'));
  expect(draw('a')).not.toEqual(draw('b'));
});

test('a fork does not depend on what was drawn before it', () => {
  const fresh = rng(7).fork('rollout/12').next();
  const used = rng(7);
  for (let i = 0; i < 100; i++) used.next();
  expect(used.fork('rollout/12').next()).toBe(fresh);
});

test('forks with neighbouring names are independent: a chi-square over 16 bins of the first draw', () => {
  const counts = new Array<number>(16).fill(0);
  const streams = 16_000;
  for (let i = 0; i < streams; i++) {
    const bin = rng('run').fork(`rollout/${i}`).int(16);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const expected = streams / 16;
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  // 99.9 % quantile of chi-square with 15 degrees of freedom.
  expect(chiSquare).toBeLessThan(37.7);
});

test('int stays in range, shuffle keeps every item, seeds fit 31 bits', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 1_000 }), fc.array(fc.integer()), (seed, below, items) => {
      const dice = rng(seed);
      const drawn = dice.int(below);
      expect(drawn).toBeGreaterThanOrEqual(0);
      expect(drawn).toBeLessThan(below);
      const ascending = (a: number, b: number): number => a - b;
      expect(dice.shuffle(items).toSorted(ascending)).toEqual(items.toSorted(ascending));
      expect(dice.seed31()).toBeLessThan(2 ** 31);
    }),
  );
});

test('refuses to draw from nothing', () => {
  expect(() => rng(1).int(0)).toThrow('int(below) needs an integer >= 1, got 0');
  expect(() => rng(1).pick([])).toThrow('nothing to pick');
});
