import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rng } from '../base/rng.ts';
import { confidenceSequence, SEQUENCE_METHOD, sequentialMean, sequentialRate } from './confidence-sequence.ts';
import { holds } from './coverage.ts';
import { rate } from './rate.ts';

const known = (values: readonly number[]) => values.map((value) => ({ low: value, high: value }));
const unit = fc.double({ min: 0, max: 1, noNaN: true });
const units = fc.array(unit, { maxLength: 40 });

describe('confidenceSequence', () => {
  test('is a range within [0, 1], and mirrors where yes and no change places', () => {
    fc.assert(
      fc.property(units, (values) => {
        const [low, high] = confidenceSequence(known(values));
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        const [otherLow, otherHigh] = confidenceSequence(known(values.map((value) => 1 - value)));
        expect(otherLow).toBeCloseTo(1 - high, 8);
        expect(otherHigh).toBeCloseTo(1 - low, 8);
      }),
      { numRuns: 60 },
    );
  });

  test('what is not known only widens it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(unit, fc.boolean()), { maxLength: 30 }), (pairs) => {
        const settled = (lost: number) => known(pairs.map(([value, isLost]) => (isLost ? lost : Math.round(value))));
        const vague = confidenceSequence(
          pairs.map(([value, isLost]) => {
            const whole = Math.round(value);
            return isLost ? { low: 0, high: 1 } : { low: whole, high: whole };
          }),
        );
        expect(vague[0]).toBe(confidenceSequence(settled(0))[0]);
        expect(vague[1]).toBe(confidenceSequence(settled(1))[1]);
      }),
      { numRuns: 60 },
    );
    const half = (count: number) => Array.from({ length: count }, (_, index) => index % 2);
    const all = confidenceSequence(known(half(200)));
    const some = confidenceSequence(
      known(half(200)).map((one, index) => (index % 7 === 0 ? { low: 0, high: 1 } : one)),
    );
    expect(some[0]).toBeLessThan(all[0]);
    expect(some[1]).toBeGreaterThan(all[1]);
  });

  test('a stronger level is wider; more of the same is narrower', () => {
    const values = (count: number) => known(Array.from({ length: count }, (_, index) => (index % 4 === 0 ? 1 : 0)));
    const width = ([low, high]: readonly [number, number]): number => high - low;
    expect(width(confidenceSequence(values(100), 0.99))).toBeGreaterThan(width(confidenceSequence(values(100), 0.9)));
    expect(width(confidenceSequence(values(400)))).toBeLessThan(width(confidenceSequence(values(100))) / 1.6);
  });

  test('each limit is where the capital, multiplied out as the paper writes it, reaches 2 / alpha', () => {
    const variance = (before: readonly number[]): number => {
      const means = before.map((_, i) => (0.5 + before.slice(0, i + 1).reduce((sum, x) => sum + x, 0)) / (i + 2));
      const squares = before.reduce((sum, x, i) => sum + (x - (means[i] ?? 0)) ** 2, 0.25);
      return squares / (before.length + 1);
    };
    const capital = (values: readonly number[], mean: number): number => {
      const purses = [64, 512, 4_096, 32_768].map((horizon) =>
        values.reduce((money, value, t) => {
          const bet = Math.sqrt((2 * Math.log(2 / 0.05)) / (variance(values.slice(0, t)) * horizon));
          return money * (1 + Math.min(bet, 0.75 / mean) * (value - mean));
        }, 1),
      );
      return purses.reduce((sum, money) => sum + money, 0) / purses.length;
    };
    const values = Array.from({ length: 40 }, (_, index) => (index % 3 === 0 ? 0.1 : 0.9));
    const [low, high] = confidenceSequence(known(values));
    expect(low).toBeGreaterThan(0.2);
    expect(high).toBeLessThan(0.95);
    expect(capital(values, low) * 0.05).toBeCloseTo(2, 6);
    expect(
      capital(
        values.map((value) => 1 - value),
        1 - high,
      ) * 0.05,
    ).toBeCloseTo(2, 6);
  });

  test('it holds at every look at once; the interval of a fixed n does not', () => {
    const RUNS = 120;
    const LOOKS = [8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256];
    let sequence = 0;
    let fixed = 0;
    for (let run = 0; run < RUNS; run++) {
      const dice = rng(`peek/${run}`);
      const values = Array.from({ length: 256 }, () => (dice.next() < 0.3 ? 1 : 0));
      const peeks = LOOKS.map((look) => values.slice(0, look));
      if (peeks.every((seen) => holds(confidenceSequence(known(seen)), 0.3))) sequence++;
      const exact = (seen: readonly number[]) =>
        rate(seen.map((value, index) => ({ value: value === 1, cluster: String(index) }))).interval ?? [0, 1];
      if (peeks.every((seen) => holds(exact(seen), 0.3))) fixed++;
    }
    expect(sequence / RUNS).toBeGreaterThanOrEqual(0.95);
    expect(fixed / RUNS).toBeLessThan(0.93);
  });

  test.each([[[{ low: 0.5, high: 0.4 }]], [[{ low: -0.1, high: 0 }]], [[{ low: 0, high: Number.NaN }]]])(
    'bad units %j are refused',
    (bad) => {
      expect(() => confidenceSequence(bad)).toThrow(/scale|range/);
    },
  );
});

describe('as estimates', () => {
  const answers = [true, false, false, null, true, false, false, false];
  const observations = answers.map((value, index) => ({ value, cluster: `t${Math.floor(index / 2)}` }));

  test('everything but the interval is that of a rate', () => {
    const { interval, method, ...rest } = sequentialRate(observations);
    const { interval: _fixed, method: _how, ...fixed } = rate(observations);
    expect(rest).toEqual(fixed);
    expect(method).toBe(SEQUENCE_METHOD);
    expect(interval?.[0]).toBeLessThanOrEqual(rest.mean ?? -1);
    expect(interval?.[1]).toBeGreaterThanOrEqual(rest.mean ?? 2);
  });

  test('nothing scored or a single cluster: no interval', () => {
    expect(sequentialRate([])).toMatchObject({ mean: null, interval: null, bounds: null, n: 0 });
    expect(sequentialRate([{ value: null, cluster: 'a' }])).toMatchObject({
      mean: null,
      interval: null,
      bounds: [0, 1],
    });
    expect(sequentialRate([{ value: true, cluster: 'a' }])).toMatchObject({ mean: 1, interval: null });
  });

  test('a mean on another scale is the same, moved', () => {
    const values = [0.2, 0.4, 0.9, 0.1, 0.5, 0.3];
    const narrow = sequentialMean(values.map((value, index) => ({ value, cluster: String(index) })));
    const wide = sequentialMean(
      values.map((value, index) => ({ value: 2 * value - 1, cluster: String(index) })),
      [-1, 1],
    );
    expect(wide.mean).toBeCloseTo(2 * (narrow.mean ?? 0) - 1, 10);
    expect(wide.interval?.[0]).toBeCloseTo(2 * (narrow.interval?.[0] ?? 0) - 1, 8);
    expect(wide.interval?.[1]).toBeCloseTo(2 * (narrow.interval?.[1] ?? 0) - 1, 8);
  });
});
