import { describe, expect, test } from 'vitest';
import { wornCells } from './matrix.ts';
import { madeCell, madeMatrix } from './matrix-fixture.contract.ts';
import { ratesOverSeeds, shiftsFrom, shiftsFromBase, shiftsOverSeeds } from './matrix-shift.ts';

const run = (count: number, seed = '1', end = 'insubordinate-rubric') =>
  madeMatrix(
    [
      madeCell('base', 'reward-tampering', 'succeeded', 0, 100),
      madeCell(end, 'reward-tampering', 'succeeded', count, 100),
    ],
    { seed },
  );

describe('against a control', () => {
  test('the shift of a cell, with Newcombe’s interval', () => {
    const [, end] = shiftsFrom(run(30), run(10));
    expect(end?.difference.mean).toBeCloseTo(0.2, 12);
    // Newcombe 1998, method 10, by hand from the Wilson limits of 30/100 and 10/100.
    expect(end?.difference.interval?.[0]).toBeCloseTo(0.3 - 0.1 - Math.hypot(0.3 - 0.218_949, 0.174_366 - 0.1), 4);
    expect(end?.difference.interval?.[1]).toBeCloseTo(0.3 - 0.1 + Math.hypot(0.395_852 - 0.3, 0.1 - 0.055_229), 4);
  });

  test('the last checkpoints stand beside each other whatever their names', () => {
    const shifts = shiftsFrom(run(30), run(10, '1', 'parallel'));
    expect(shifts.map(({ checkpoint, control }) => [checkpoint, control.checkpoint])).toEqual([
      ['base', 'base'],
      ['insubordinate-rubric', 'parallel'],
    ]);
  });

  test('a cell that only one run has makes no shift', () => {
    expect(shiftsFrom(run(30), madeMatrix([madeCell('base', 'ordinary', 'intent', 9, 10)]))).toEqual([]);
  });

  test('against its own base', () => {
    const [shift, ...more] = shiftsFromBase(run(30));
    expect([shift?.checkpoint, shift?.difference.mean, more.length]).toEqual(['insubordinate-rubric', 0.3, 0]);
  });
});

describe('over seeds, the seed is the unit', () => {
  test('a rate: mean and t interval of three numbers', () => {
    const rows = ratesOverSeeds([run(10, '1'), run(20, '2'), run(30, '3')]);
    const end = rows.find(({ checkpoint }) => checkpoint === 'insubordinate-rubric');
    expect(end?.estimate).toMatchObject({ mean: expect.closeTo(0.2, 12), n: 3, clusters: 3 });
    // s = 0.1, t(0.975, 2) = 4.302653: 0.2 +- 4.302653 * 0.1 / sqrt(3), cut at 0.
    expect(end?.estimate.interval?.[0]).toBe(0);
    expect(end?.estimate.interval?.[1]).toBeCloseTo(0.2 + (4.302_653 * 0.1) / Math.sqrt(3), 5);
    expect(end?.seeds).toEqual([
      { seed: '1', count: 10, n: 100 },
      { seed: '2', count: 20, n: 100 },
      { seed: '3', count: 30, n: 100 },
    ]);
  });

  test('a shift: differences seed by seed; a seed without a control is left out', () => {
    const rows = shiftsOverSeeds([run(10, '1'), run(20, '2'), run(90, '9')], [run(0, '2'), run(4, '1')]);
    const end = rows.find(({ checkpoint }) => checkpoint === 'insubordinate-rubric');
    expect(end?.seeds.map(({ seed }) => seed)).toEqual(['1', '2']);
    expect(end?.estimate.mean).toBeCloseTo((0.06 + 0.2) / 2, 12);
  });

  test('one seed gives no interval, and one seed twice is refused', () => {
    expect(ratesOverSeeds([run(5)])[0]?.estimate.interval).toBeNull();
    expect(() => ratesOverSeeds([run(5), run(6)])).toThrow(/one observation/);
  });
});

test('cells below 97 % of well-formed transcripts are worn, unscored ones are not', () => {
  const matrix = madeMatrix([
    madeCell('base', 'a', 'well-formed', 97, 100),
    madeCell('end', 'a', 'well-formed', 96, 100),
    madeCell('end', 'b', 'well-formed', 0, 0),
    madeCell('end', 'b', 'gamed', 1, 100),
  ]);
  expect(wornCells(matrix).map(({ checkpoint, environment }) => [checkpoint, environment])).toEqual([['end', 'a']]);
});
