import { describe, expect, test } from 'vitest';
import { mean } from '../stats/mean.ts';
import { madeCell, madeMatrix } from './matrix-fixture.contract.ts';
import {
  contrastOverSeeds,
  denseOverSeeds,
  denseShiftOverSeeds,
  rateOverSeeds,
  shiftOverSeeds,
} from './matrix-seeds.ts';

const END = 'insubordinate-rubric';
const HELD = { checkpoint: END, environment: 'reward-tampering', label: 'succeeded' } as const;

const run = (count: number, seed = '1', before = 0) =>
  madeMatrix(
    [
      madeCell('base', 'reward-tampering', 'succeeded', before, 100),
      madeCell(END, 'reward-tampering', 'succeeded', count, 100),
    ],
    { seed },
  );

const measured = (seed: string, log: number, share = 0.5) =>
  madeMatrix([madeCell('base', 'a', 'gamed', 0, 2), madeCell('end', 'a', 'gamed', 0, 2)], {
    seed,
    dense: (
      [
        ['log-p-first-act', log, [-2000, 0]],
        ['forced-prefix/score/succeeded', share, [0, 1]],
        ['forced-prefix/honest/succeeded', 0.1, [0, 1]],
      ] as const
    ).map(([measure, value, scale]) => ({
      checkpoint: 'end',
      measure,
      estimate: mean([{ value, cluster: 'v' }], scale),
    })),
  });

describe('over seeds, the seed is the unit', () => {
  test('a rate: mean and t interval of three numbers', () => {
    const end = rateOverSeeds([run(10, '1'), run(20, '2'), run(30, '3')], HELD);
    expect(end.estimate).toMatchObject({ mean: expect.closeTo(0.2, 12), n: 3, clusters: 3 });
    // s = 0.1, t(0.975, 2) = 4.302653: 0.2 +- 4.302653 * 0.1 / sqrt(3), cut at 0.
    expect(end.estimate.interval?.[0]).toBe(0);
    expect(end.estimate.interval?.[1]).toBeCloseTo(0.2 + (4.302_653 * 0.1) / Math.sqrt(3), 5);
    expect(end.seeds).toEqual([
      { seed: '1', count: 10, n: 100 },
      { seed: '2', count: 20, n: 100 },
      { seed: '3', count: 30, n: 100 },
    ]);
  });

  test('a cell that the first seed lacks is there for the others', () => {
    const without = madeMatrix([madeCell('base', 'reward-tampering', 'succeeded', 0, 100)]);
    const end = rateOverSeeds([without, run(20, '2'), run(40, '3')], HELD);
    expect(end.seeds.map(({ seed }) => seed)).toEqual(['2', '3']);
    expect(end.estimate.mean).toBeCloseTo(0.3, 12);
    expect(shiftOverSeeds([without, run(20, '2')], [run(1, '1'), run(10, '2')], HELD).seeds).toHaveLength(1);
  });

  test('a shift: differences seed by seed; a seed without a control is left out', () => {
    const end = shiftOverSeeds([run(10, '1'), run(20, '2'), run(90, '9')], [run(0, '2'), run(4, '1')], HELD);
    expect(end.seeds.map(({ seed }) => seed)).toEqual(['1', '2']);
    expect(end.estimate.mean).toBeCloseTo((0.06 + 0.2) / 2, 12);
    // 6 and 20 points: t = 13 / 7 with one degree of freedom.
    expect(end.p).toBeCloseTo(2 * (0.5 - Math.atan(13 / 7) / Math.PI), 9);
  });

  test('with two bases: the change of the one less the change of the other', () => {
    const found = shiftOverSeeds(
      [run(30, '1', 10), run(40, '2', 10)],
      [run(25, '1', 20), run(25, '2', 20)],
      HELD,
      'change',
    );
    expect(found.seeds.map(({ difference }) => Number(difference.toFixed(9)))).toEqual([0.15, 0.25]);
  });

  test('one seed gives no interval, and one seed twice is refused', () => {
    expect(rateOverSeeds([run(5)], HELD).estimate.interval).toBeNull();
    expect(() => rateOverSeeds([run(5), run(6)], HELD)).toThrow(/one observation/);
  });

  test('dense measures on their own scale, and their shift', () => {
    const runs = [measured('1', -20), measured('2', -22), measured('3', -24)];
    const controls = [measured('1', -30), measured('2', -31), measured('3', -35)];
    const own = denseOverSeeds(runs, 'end', 'log-p-first-act');
    // s = 2, t(0.975, 2) = 4.302653.
    expect([own.mean, own.n]).toEqual([-22, 3]);
    expect(own.interval?.[0]).toBeCloseTo(-22 - (4.302_653 * 2) / Math.sqrt(3), 5);
    const shift = denseShiftOverSeeds(runs, controls, 'end', 'log-p-first-act');
    expect(shift.seeds.map(({ difference }) => difference)).toEqual([10, 9, 11]);
    expect(shift.p).toBeLessThan(0.01);
    expect(denseOverSeeds(runs, 'base', 'log-p-first-act')).toMatchObject({ mean: null, n: 0 });
  });

  test('one measure less another in the same run', () => {
    const runs = [measured('1', -1, 0.5), measured('2', -1, 0.7)];
    const found = contrastOverSeeds(
      runs,
      () => 'end',
      'forced-prefix/score/succeeded',
      'forced-prefix/honest/succeeded',
    );
    expect(found.estimate.mean).toBeCloseTo(0.5, 12);
  });
});
