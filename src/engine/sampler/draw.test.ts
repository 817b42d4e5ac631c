import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rng } from '../../base/rng.ts';
import { drawer } from './draw.ts';

const weightsOf = fc.array(fc.oneof(fc.constant(0), fc.float({ min: 0, max: 1, noNaN: true })), {
  minLength: 1,
  maxLength: 300,
});
const uniforms = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('what is drawn has weight, and its share of the total holds the uniform', () => {
  fc.assert(
    fc.property(weightsOf, uniforms, (list, uniform) => {
      const weights = Float32Array.from(list);
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const dice = drawer(weights.length);
      const drawn = dice.draw(weights, 0, uniform);
      if (total === 0) return drawn === -1;
      const below = weights.subarray(0, drawn).reduce((sum, weight) => sum + weight, 0);
      const weight = weights[drawn] ?? 0;
      const slack = 1e-9 * total;
      return (
        weight > 0 &&
        Math.abs(dice.total - total) <= slack &&
        below <= uniform * total + slack &&
        below + weight >= uniform * total - slack
      );
    }),
  );
});

test('a row is drawn from its own weights, wherever it stands', () => {
  const weights = Float32Array.of(9, 9, 9, 0, 1, 0, 9, 9);
  const dice = drawer(3);
  for (const uniform of [0, 0.5, 0.999_999]) expect(dice.draw(weights, 3, uniform)).toBe(1);
  expect(dice.measure(weights, 0)).toBe(27);
});

test('shares are met: 200,000 draws, each count within 5 standard deviations', () => {
  const weights = Float32Array.from({ length: 130 }, (_, i) => (i % 3 === 0 ? 0 : 1 / (i + 1)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const dice = drawer(weights.length);
  const stream = rng('draw');
  const counts = new Float64Array(weights.length);
  const n = 200_000;
  for (let i = 0; i < n; i++) {
    const drawn = dice.draw(weights, 0, stream.next());
    counts[drawn] = (counts[drawn] ?? 0) + 1;
  }
  for (const [index, weight] of weights.entries()) {
    const share = weight / total;
    expect(Math.abs((counts[index] ?? 0) - n * share)).toBeLessThanOrEqual(5 * Math.sqrt(n * share * (1 - share)));
  }
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])('weights that hold %s give no draw', (bad) => {
  expect(drawer(3).draw(Float32Array.of(1, bad, 1), 0, 0.5)).toBe(-1);
});
