import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rng } from '../base/rng.ts';
import { addRow, noSums, solve } from './normal-equations.ts';
import { type SlopeRow, testedSlopesOf } from './slopes.ts';

const slopesOf = (rows: readonly SlopeRow[]) => testedSlopesOf(rows).map(({ effect }) => effect);

const row = (cluster: string, value: number | null, ...features: number[]): SlopeRow => ({
  cluster,
  value,
  range: [0, 1],
  features,
});

test('normal equations are solved: what a known line made is found again', () => {
  const point = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }));
  fc.assert(
    fc.property(fc.array(point, { minLength: 3, maxLength: 20 }), fc.integer(), fc.integer(), (points, a, b) => {
      const [slopeA, slopeB] = [(a % 100) / 10, (b % 100) / 10];
      const sums = noSums(2);
      for (const [x1, x2] of points) addRow(sums, [x1, x2], slopeA * x1 + slopeB * x2);
      const found = solve(sums.xx, sums.xy);
      if (found === null) return;
      for (const [x1, x2] of points) {
        expect((found[0] ?? 0) * x1 + (found[1] ?? 0) * x2).toBeCloseTo(slopeA * x1 + slopeB * x2, 3);
      }
    }),
  );
});

test('a column that another makes up is refused', () => {
  const sums = noSums(2);
  for (const x of [1, 2, 3]) addRow(sums, [x, 2 * x], x);
  expect(solve(sums.xx, sums.xy)).toBeNull();
});

test('the input is a fixed effect: how generous a judge is on one does not matter', () => {
  const rows = Array.from({ length: 10 }, (_, index) => [
    row(`q${index}`, index, 0, 0),
    row(`q${index}`, index + 3, 1, 0),
  ]).flat();
  const [slope, flat] = slopesOf(rows);
  // One standard deviation of ten zeros and ten ones.
  expect(slope?.mean).toBeCloseTo(3 * Math.sqrt(20 / 19 / 4), 9);
  // A line without residuals is no certainty about other inputs.
  expect(slope).toMatchObject({ interval: null, method: 'no interval: no variation seen' });
  expect(flat?.mean).toBeNull();
});

test('the test goes with the interval: below 0.05 exactly where that leaves 0 out', () => {
  const value = fc.integer({ min: 0, max: 8 });
  const pairs = fc.array(fc.tuple(value, value, fc.boolean()), { minLength: 8, maxLength: 24 });
  fc.assert(
    fc.property(pairs, (answers) => {
      const rows = answers.flatMap(([a, b, first], index) => [
        row(`q${index}`, a / 8, first ? 1 : 0),
        row(`q${index}`, b / 8, first ? 0 : 1),
      ]);
      for (const { effect, p } of testedSlopesOf(rows)) {
        expect(p === null).toBe(effect.interval === null);
        if (p === null || effect.interval === null) continue;
        expect(p < 0.05).toBe(effect.interval[0] > 0 || effect.interval[1] < 0);
      }
    }),
  );
});

test('bounds put every answer without a score where it would matter most', () => {
  const rows = Array.from({ length: 10 }, (_, index) => [
    row(`q${index}`, 0, 0),
    row(`q${index}`, index === 0 ? null : 0.5, 1),
  ]).flat();
  const [slope] = slopesOf(rows);
  const deviation = Math.sqrt(20 / 19 / 4);
  expect(slope?.mean).toBeCloseTo(0.5 * deviation, 9);
  expect(slope?.bounds?.[0]).toBeCloseTo(0.45 * deviation, 9);
  expect(slope?.bounds?.[1]).toBeCloseTo(0.55 * deviation, 9);
  expect(slope?.clusters).toBe(9);
});

test('the interval covers a true slope about as often as it says', () => {
  const dice = rng('coverage');
  const normal = (): number => Array.from({ length: 12 }, () => dice.next()).reduce((sum, value) => sum + value, -6);
  let covered = 0;
  const runs = 300;
  for (let run = 0; run < runs; run++) {
    const rows: SlopeRow[] = [];
    for (let input = 0; input < 16; input++) {
      const generous = normal();
      // Errors grow with the feature, which the classical interval would not survive.
      for (let answer = 0; answer < 3; answer++) {
        const x = normal();
        rows.push(row(`q${input}`, generous + 0.5 * x + Math.abs(x) * normal(), x, normal()));
      }
    }
    const deviation = standardDeviation(rows.map(({ features }) => features[0] ?? 0));
    const interval = slopesOf(rows)[0]?.interval;
    if (interval !== null && interval !== undefined && interval[0] <= 0.5 * deviation && 0.5 * deviation <= interval[1])
      covered += 1;
  }
  expect(covered / runs).toBeGreaterThan(0.92);
  expect(covered / runs).toBeLessThan(0.995);
});

const standardDeviation = (values: readonly number[]): number => {
  const average = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - average) ** 2, 0) / (values.length - 1));
};
