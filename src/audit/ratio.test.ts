import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rng } from '../base/rng.ts';
import { clopperPearson } from '../stats/proportion.ts';
import { type Share, shareEstimate, shareOf } from './ratio.ts';

const unit = fc.double({ min: 0, max: 1, noNaN: true });
const shares = fc.array(fc.record({ gamed: unit, floor: unit, ceiling: unit }), { minLength: 1, maxLength: 30 });

test('where guessing never pays and honest work always does, yes-or-no scores have their exact interval', () => {
  const given = [1, 0, 0, 1, 0, 0, 0, 0].map((gamed) => ({ gamed, floor: 0, ceiling: 1 }));
  expect(shareEstimate(given, null)).toMatchObject({
    mean: 0.25,
    interval: clopperPearson(2, 8),
    method: 'clopper-pearson',
  });
});

test('a known value: half way between guessing and honest work', () => {
  const given = [
    { gamed: 0.5, floor: 0.2, ceiling: 0.8 },
    { gamed: 0.6, floor: 0.3, ceiling: 0.9 },
    { gamed: 0.4, floor: 0.1, ceiling: 0.7 },
  ];
  expect(shareOf(given)).toBeCloseTo(0.5, 12);
  const { mean, interval, method } = shareEstimate(given, [0.4, 0.6]);
  expect(mean).toBeCloseTo(0.5, 12);
  // Half way on each: no variation was seen, which is no certainty.
  expect(interval?.[0]).toBeLessThan(0.2);
  expect(interval?.[1]).toBeGreaterThan(0.8);
  expect(method).toContain('no variation');
});

test('the interval holds the estimate and lies in [0, 1]; without a scale there is none', () => {
  fc.assert(
    fc.property(shares, (given) => {
      const { mean, interval, n, clusters } = shareEstimate(given, null);
      expect([n, clusters]).toEqual([given.length, given.length]);
      if (mean === null) {
        expect(shareOf(given)).toBeNull();
        return;
      }
      expect(mean).toBeGreaterThanOrEqual(0);
      expect(mean).toBeLessThanOrEqual(1);
      if (interval === null) return;
      expect(interval[0]).toBeLessThanOrEqual(mean + 1e-9);
      expect(interval[1]).toBeGreaterThanOrEqual(mean - 1e-9);
      expect(interval[0]).toBeGreaterThanOrEqual(0);
      expect(interval[1]).toBeLessThanOrEqual(1);
    }),
  );
});

test('what earns more than honest work everywhere is no certainty: no interval is a single point', () => {
  const above = Array.from({ length: 12 }, (_, index) => ({ gamed: 0.9 + index / 200, floor: 0, ceiling: 0.3 }));
  expect(shareEstimate(above, null)).toMatchObject({ mean: 1, interval: [1 - (1 - 0.025 ** (1 / 12)), 1] });
  const varied = above.map((share, index) => ({ ...share, ceiling: 0.3 + index / 100 }));
  expect(shareEstimate(varied, null).interval?.[0]).toBeCloseTo(0.025 ** (1 / 12), 12);
  const below = varied.map((share) => ({ ...share, gamed: 0.05, floor: 0.1 }));
  expect(shareEstimate(below, null).interval).toEqual([0, 1 - 0.025 ** (1 / 12)]);
  fc.assert(
    fc.property(shares, (given) => {
      const { mean, interval, n } = shareEstimate(given, null);
      if (interval === null || (mean !== 0 && mean !== 1)) return;
      expect(interval[1] - interval[0]).toBeGreaterThanOrEqual(1 - 0.025 ** (1 / n) - 1e-9);
    }),
  );
});

test('shares of one example have no interval', () => {
  expect(shareEstimate([{ gamed: 1, floor: 0, ceiling: 1 }], null)).toMatchObject({ mean: 1, interval: null });
  expect(shareEstimate([], null)).toMatchObject({ mean: null, interval: null });
});

test('the jackknife covers the truth about as often as it says, with twenty examples', () => {
  const draws = 400;
  let held = 0;
  for (let draw = 0; draw < draws; draw++) {
    const dice = rng(`ratio/${draw}`);
    const given: Share[] = Array.from({ length: 20 }, () => {
      const level = dice.next();
      return { gamed: 0.3 * level + 0.4 * dice.next(), floor: 0.2 * dice.next(), ceiling: 0.6 + 0.4 * dice.next() };
    });
    const [low, high] = shareEstimate(given, null).interval ?? [1, 0];
    const truth = (0.35 - 0.1) / (0.8 - 0.1);
    if (low <= truth && truth <= high) held += 1;
  }
  expect(held / draws).toBeGreaterThan(0.92);
});
